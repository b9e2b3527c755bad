import type { ConnectorSettings } from '../../../support/services/connector/settings'

/** What the app of this folder calls its checks, and what else only it promises. */
export const settings: ConnectorSettings = {
  variables: ['HOST', 'PORT', 'USERNAME', 'PASSWORD', 'DATABASE'],
  credentials: { authType: 'basic', extra: { database: '{database}' } },
  checks: { names: 'databaseSchemaCheck', tables: 'tablesCheck', version: 'versionCheck' },
  runsSingleChecks: true,
  verdicts: { problem: ['partial', 'not_ready'], refusedLogin: ['not_ready'] },
  hasManifest: true,
  hasForms: true,
  forms: ['atlan-connectors-postgres', 'postgres'],
  entrypoints: { queries: 'mine-queries' },
  baseline: 'shop.json',
}

import type { ConnectorSettings } from '../../../support/services/connector/settings'

/** What the app of this folder calls its checks, and what else only it promises. */
export const settings: ConnectorSettings = {
  variables: ['HOST', 'PORT', 'USERNAME', 'PASSWORD', 'DATABASE'],
  credentials: { authType: 'basic', extra: { database: '{database}' } },
  checks: { names: 'databaseSchemaCheck', tables: 'tablesCheck', version: 'versionCheck' },
  runsSingleChecks: true,
  verdicts: { problem: ['partial', 'not_ready'], refusedLogin: ['not_ready'] },
  refusals: {
    'the password is wrong': 'password authentication failed',
    'the user may not log in': 'password authentication failed|may not log in|not permitted',
    'the database does not exist': 'database .* does not exist',
    'the host is not found': 'host .*not found|could not translate|not known',
    'the connection is refused': 'refused',
    'a credential is missing': 'missing|required',
    'the authentication type is not supported': 'authentication type|auth ?type',
  },
  hasManifest: true,
  hasForms: true,
  forms: ['atlan-connectors-postgres', 'postgres'],
  entrypoints: { queries: 'mine-queries' },
  baseline: 'shop.json',
}

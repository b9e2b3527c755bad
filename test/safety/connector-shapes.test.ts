import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import type { Shape } from '../../sandbox/connector/postgres/shape'
import { startConnector } from '../../sandbox/connector/server'
import type { ConnectorSettings } from '../../support/services/connector/settings'
import { ROOT } from '../support/runner'
import { SuiteCopy } from '../support/suite-copy'

const BASE: ConnectorSettings = {
  variables: ['HOST', 'PORT', 'USERNAME', 'PASSWORD', 'DATABASE'],
  credentials: { authType: 'basic', extra: { database: '{database}' } },
  baseline: 'shop.json',
}

/** An app that says why it refuses a login does so in words of its own. */
const REFUSALS = {
  'the password is wrong': 'password',
  'the host is not found': 'not found',
  'a credential is missing': 'missing',
}

/** Apps that differ as real ones do, with the settings of their folders. */
const SHAPES: [what: string, shape: Shape, settings: ConnectorSettings][] = [
  [
    'one check that is not measured, no manifest, its own run alone, no identities and no reasons',
    {
      checks: { names: 'connectivity' },
      entrypoints: 'run',
      hasManifest: false,
      hasForms: false,
      givesReasons: false,
      namesIdentities: false,
      measuresChecks: false,
      selectsChecks: false,
    },
    { checks: { names: 'connectivity' } },
  ],
  [
    'ready although an advisory check failed, one entrypoint',
    { checks: { names: 'permissions', version: 'auth' }, entrypoints: 'extraction', failedVerdict: 'ready' },
    {
      checks: { names: 'permissions', version: 'auth' },
      runsSingleChecks: true,
      hasManifest: true,
      hasForms: true,
      verdicts: { problem: ['ready'], refusedLogin: ['not_ready'] },
      refusals: REFUSALS,
    },
  ],
  [
    'errors that are raised, the queries first',
    { refuses: 'raises', entrypoints: 'queries first', failedVerdict: 'not_ready', hasForms: false },
    {
      checks: { names: 'databaseSchemaCheck', tables: 'tablesCheck', version: 'versionCheck' },
      runsSingleChecks: true,
      hasManifest: true,
      entrypoint: 'extract-metadata',
      workflowEndpoint: '/start',
      entrypoints: { queries: 'mine-queries' },
      refusals: REFUSALS,
    },
  ],
  [
    'a deployment with neither a workflow engine nor an object store',
    { hasEngine: false, hasStore: false },
    { refusals: REFUSALS },
  ],
  ['an app of which nothing is known', { checks: { tables: 'tables_visible' }, failedVerdict: 'partial' }, {}],
]

/** Scenarios about what every app on the SDK promises, whatever its folder's settings; half of them need an engine or a store. */
const LEAST_PASSED = 40
const LEAST_WITHOUT_ENGINE = 20

describe('the features against apps of other shapes', () => {
  for (const [what, shape, settings] of SHAPES) {
    test(`${what}: all pass or are skipped for a reason`, async (context) => {
      const suite = new SuiteCopy({})
      cpSync(join(ROOT, 'features', 'connector'), join(suite.folder, 'features', 'connector'), { recursive: true })
      suite.write(
        'features/connector/postgres/settings.ts',
        `export const settings = ${JSON.stringify({ ...BASE, ...settings })}\n`,
      )
      const app = await startConnector({ shape })
      after(() => app.stop())
      after(() => suite.remove())
      const { code, stdout, stderr } = await suite.run(['--name', '^(?!The endpoint of a scenario overrides)'], {
        ...app.variables,
      })
      expect(code, stdout + stderr).to.equal(0)
      const [summary, passed] = /\d+ scenarios \((\d+) passed, \d+ skipped\)/.exec(stdout) ?? [stdout, '0']
      context.diagnostic(`${what}: ${summary}`)
      expect(Number(passed), summary).to.be.at.least(shape.hasEngine === false ? LEAST_WITHOUT_ENGINE : LEAST_PASSED)
    })
  }
})

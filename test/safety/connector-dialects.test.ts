import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { startConnector } from '../../sandbox/connector/server'
import { ROOT } from '../support/runner'
import { SuiteCopy } from '../support/suite-copy'

const suite = new SuiteCopy({})
cpSync(join(ROOT, 'features', 'connector'), join(suite.folder, 'features', 'connector'), { recursive: true })
after(() => suite.remove())
const older = readFileSync(join(ROOT, 'features/connector/postgres/settings.ts'), 'utf8').replace(
  '  hasForms',
  "  sdkVersion: '3.28.3',\n  hasForms",
)

describe('the features against an app that is served apart, which makes them live', () => {
  for (const dialect of ['3.52.0', '3.28.3', 'doc'] as const) {
    test(`${dialect}: all pass or are skipped with a reason, and nothing is left`, async () => {
      const app = await startConnector({ dialect })
      after(() => app.stop())
      if (dialect !== '3.52.0') suite.write('features/connector/postgres/settings.ts', older)
      const { code, stdout, stderr } = await suite.run([], { ...app.variables })
      expect(code, stdout + stderr).to.equal(0)
      expect(stdout).to.match(/\d+ scenarios \(\d+ passed, \d+ skipped\)/)
      expect(stdout).to.contain('live: 1 of 1 (connector)')
      const [mark] = /\d{10}-[0-9a-f]{6}/.exec(stdout) ?? []
      const left = (await (await fetch(`${app.control}/existing?runId=${mark}`)).json()) as { existing: unknown[] }
      expect(suite.journals()).to.deep.equal([])
      expect(left.existing, 'left behind').to.deep.equal([])
      for (const name of ['E2E_POSTGRES_PASSWORD', 'CONNECTOR_POSTGRES_READ_ONLY_PASSWORD']) {
        expect(`${stdout}${stderr}`, name).to.not.contain(app.variables[name])
      }
    })
  }

  test('a source with incomplete variables is not used: scenarios without a source run, and nothing is left', async () => {
    const app = await startConnector()
    after(() => app.stop())
    const { E2E_POSTGRES_HOST: _none, ...half } = app.variables
    const { code, stdout } = await suite.run([], half)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.match(/\d+ scenarios \(\d+ passed, \d+ skipped\)/)
    expect(stdout).to.contain('it needs a source for postgres; to run it: E2E_POSTGRES_HOST')
    expect(stdout).to.not.contain('left behind')
    expect(suite.journals()).to.deep.equal([])
  })

  test('a source that accepts no login is reported as such, and nothing is listed as left behind', async () => {
    const app = await startConnector()
    after(() => app.stop())
    const wrong = { ...app.variables, E2E_POSTGRES_PASSWORD: 'not-the-password' }
    const { code, stdout } = await suite.run(['--name', 'A filter may be a regular expression'], wrong)
    expect(code, stdout).to.equal(1)
    expect(stdout).to.contain('No login to the source of postgres: password authentication failed for user')
    expect(stdout).to.not.contain('left behind').and.not.contain('not-the-password')
    expect(suite.journals()).to.deep.equal([])
  })

  test('a vault that is closed is named where a run fails for want of it', async () => {
    const app = await startConnector({ deployment: 'production' })
    after(() => app.stop())
    const { code, stdout } = await suite.run(['--name', 'A filter may be a regular expression'], { ...app.variables })
    expect(code, stdout).to.equal(1)
    expect(stdout).to.contain('did not complete successfully (it had no credentials: the app’s local vault')
    expect(suite.journals()).to.deep.equal([])
  })
})

import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { startConnector } from '../../sandbox/connector/server'
import { ROOT } from '../support/runner'
import { SuiteCopy } from '../support/suite-copy'

const suite = new SuiteCopy({})
cpSync(join(ROOT, 'features', 'connector'), join(suite.folder, 'features', 'connector'), { recursive: true })
after(() => suite.remove())

describe('the features against an app that is served apart, which makes them live', () => {
  for (const dialect of ['sdk', 'doc'] as const) {
    test(`${dialect}: all pass or are skipped for a reason, and nothing is left`, async () => {
      const app = await startConnector({ dialect })
      after(() => app.stop())
      const { code, stdout, stderr } = await suite.run([], { ...app.variables })
      expect(code, stdout + stderr).to.equal(0)
      expect(stdout).to.match(/\d+ scenarios \(\d+ passed, 4 skipped\)/)
      expect(stdout).to.contain('live: 1 of 1 (connector)')
      const [mark] = /\d{10}-[0-9a-f]{6}/.exec(stdout) ?? []
      const left = (await (await fetch(`${app.control}/existing?runId=${mark}`)).json()) as { existing: unknown[] }
      expect(suite.journals()).to.deep.equal([])
      expect(left.existing, 'left behind').to.deep.equal([])
      for (const name of ['E2E_POSTGRES_PASSWORD', 'E2E_POSTGRES_READ_ONLY_PASSWORD']) {
        expect(`${stdout}${stderr}`, name).to.not.contain(app.variables[name])
      }
    })
  }

  test('a source that is half described is left alone: what needs none runs, and nothing is left', async () => {
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

  test('a source that takes no login is named as such, and nothing is left of what never was', async () => {
    const app = await startConnector()
    after(() => app.stop())
    const wrong = { ...app.variables, E2E_POSTGRES_PASSWORD: 'not-the-password' }
    const { code, stdout } = await suite.run(['--name', 'Filters that come as text'], wrong)
    expect(code, stdout).to.equal(1)
    expect(stdout).to.contain('No login to the source of postgres: password authentication failed for user')
    expect(stdout).to.not.contain('left behind').and.not.contain('not-the-password')
    expect(suite.journals()).to.deep.equal([])
  })

  test('a vault that is closed is named where a run fails for want of it', async () => {
    const app = await startConnector({ deployment: 'production' })
    after(() => app.stop())
    const { code, stdout } = await suite.run(['--name', 'Filters that come as text'], { ...app.variables })
    expect(code, stdout).to.equal(1)
    expect(stdout).to.contain('did not complete successfully (it had no credentials: the app’s local vault')
    expect(suite.journals()).to.deep.equal([])
  })
})

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { SuiteCopy } from '../../../support/suite-copy'

const suite = new SuiteCopy({})
after(() => suite.remove())

describe('npm run new', () => {
  // CON-005
  test('creates a connector from the template, which passes at once and has its own variables', async () => {
    const made = await suite.tool('new', ['connector', 'my-db'])
    expect(made.code, made.stderr).to.equal(0)
    expect(made.stdout).to.contain('E2E_MY_DB_HOST')
    expect(readdirSync(join(suite.folder, 'features', 'connector', 'my-db')).sort()).to.deep.equal([
      'extraction.feature',
      'hooks.ts',
      'login.feature',
      'preflight.feature',
      'settings.ts',
    ])
    const run = await suite.run(['--profile', 'sandbox'])
    expect(run.code, run.stdout + run.stderr).to.equal(0)
    expect(run.stdout).to.match(/10 scenarios \(7 passed, 3 skipped\)/)
  })

  test('refuses invalid names, existing ones, and unknown kinds; nothing is left behind', async () => {
    for (const [args, says] of [
      [['connector', '../x'], 'lower-case words'],
      [['connector', 'My_DB'], 'lower-case words'],
      [['connector', 'my-db'], 'already exists'],
      [['service', 'x'], 'cannot be the name of a service'],
      [['flavour', 'x'], 'No kind is called flavour. There are connector, service.'],
      [[], "Missing required argument 'kind'"],
      [['connector', 'a', 'b'], 'A connector takes only a name'],
    ] as const) {
      const { code, stderr } = await suite.tool('new', args)
      expect(code, args.join(' ')).to.equal(2)
      expect(stderr).to.contain(says)
    }
    expect(readdirSync(join(suite.folder, 'features', 'connector'))).to.deep.equal(['my-db'])
    expect(existsSync(join(suite.folder, 'features', 'service'))).to.equal(false)
  })
})

import { spawn, spawnSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { filesBelow, ROOT } from '../support/runner'
import { SuiteCopy } from '../support/suite-copy'

/** A user id without an account, as OpenShift, Jenkins and `docker run -u` give. */
const UNKNOWN_USER = 12_345
const CUCUMBER = join(ROOT, 'node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js')
const AS_UNKNOWN = ['--reuid', String(UNKNOWN_USER), '--regid', '0', '--clear-groups']
/** Whether that user can reach the suite and Node: a checkout below a private folder is closed to all others. */
const canReach = spawnSync('setpriv', [
  ...AS_UNKNOWN,
  process.execPath,
  '-e',
  `require(${JSON.stringify(join(ROOT, 'package.json'))})`,
])
const cannot = canReach.status === 0 ? false : 'only root can run it as another user, with setpriv, in a folder open to all'

describe('a user id without an account and without a home', () => {
  const suite = new SuiteCopy({
    'colony/polls.feature': filesBelow(`${ROOT}/features/colony`)['polls.feature'] ?? '',
    'orbital/login.feature': filesBelow(`${ROOT}/features/orbital`)['login.feature'] ?? '',
  })
  after(() => suite.remove())

  test('can run a service without servers, and one that needs PostgreSQL', { skip: cannot }, async () => {
    chownSync(suite.folder, UNKNOWN_USER, 0)
    const child = spawn('setpriv', [...AS_UNKNOWN, process.execPath, CUCUMBER, '--profile', 'sandbox'], {
      cwd: suite.folder,
      env: { PATH: process.env.PATH, HOME: '/nonexistent', TS_NODE_PROJECT: join(ROOT, 'tsconfig.json') },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const note = (more: Buffer): void => {
      output += more.toString()
    }
    child.stdout.on('data', note)
    child.stderr.on('data', note)
    const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
    expect(code, output).to.equal(0)
    expect(output).to.match(/^13 scenarios \(13 passed\)$/m)
  })
})

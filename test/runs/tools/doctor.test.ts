import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, type Wire } from '../../../sandbox/colony/test/support/server'
import { colony } from '../../../support/services/colony/service'
import { orbital } from '../../../support/services/orbital/service'
import { examine, type Report } from '../../../tools/doctor/examine'
import { filesBelow, ROOT, startNode } from '../../support/runner'
import { SuiteCopy } from '../../support/suite-copy'

const UNKNOWN = 'col_a-key-without-account'

async function withPath<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.PATH
  process.env.PATH = path
  try {
    return await work()
  } finally {
    process.env.PATH = before
  }
}

describe('the doctor', () => {
  let sandbox: Wire
  let page: Server
  before(async () => {
    sandbox = await bareColony({ Ada: { karma: 12 }, Ben: {}, Cleo: { karma: 4 } })
    page = createServer((_request, answer) => answer.writeHead(502, { 'content-type': 'text/html' }).end('<html>no</html>'))
    await new Promise<void>((done) => page.listen(0, '127.0.0.1', done))
  })
  after(async () => {
    page.close()
    await sandbox.stop()
  })

  const key = (name: string): string => sandbox.people[name]?.apiKey ?? ''
  const look = (environment: Record<string, string>): Promise<Report> =>
    examine(colony, { COLONY_BASE_URL: sandbox.address, ...environment })
  const said = ({ lines }: Report): string =>
    lines.map(({ ok, says, toDo }) => `${ok ? '+' : '-'} ${says} ${toDo ?? ''}`).join('\n')

  test('nothing set: the sandbox is used, which is no error', async () => {
    const report = await look({})
    expect(report.broken).to.equal(false)
    expect(said(report))
      .to.match(/not configured to run live: set COLONY_TEST_API_KEY/)
      .and.to.match(/(\d+) of \1 scenarios will run on the sandbox/)
    expect(report.setup).to.equal('docs/setup/colony.md')
  })

  test('incomplete: the missing variables', async () => {
    const report = await look({ COLONY_TEST_API_KEY_2: key('Ben') })
    expect(report.broken).to.equal(true)
    expect(said(report)).to.match(/^- The Colony is half configured: set COLONY_TEST_API_KEY/)
  })

  test('a wrong key', async () => {
    const report = await look({ COLONY_TEST_API_KEY: UNKNOWN })
    expect(report.broken).to.equal(true)
    expect(said(report)).to.contain('does not take COLONY_TEST_API_KEY (AUTH_INVALID_KEY)').and.to.not.contain(UNKNOWN)
  })

  test('a host that cannot be reached', async () => {
    const report = await look({ COLONY_TEST_API_KEY: key('Ada'), COLONY_BASE_URL: 'http://127.0.0.1:9/api/v1' })
    expect([report.broken, said(report)]).to.satisfy(
      ([broken, text]: [boolean, string]) => broken && text.includes('ECONNREFUSED'),
    )
  })

  test('an address that responds with a page', async () => {
    const { port } = page.address() as AddressInfo
    const report = await look({ COLONY_TEST_API_KEY: key('Ada'), COLONY_BASE_URL: `http://127.0.0.1:${port}/api/v1` })
    expect(report.broken).to.equal(true)
    expect(said(report)).to.contain('returned 502: no')
  })

  test('an account that lacks a permission', async () => {
    const report = await look({ COLONY_TEST_API_KEY: key('Cleo') })
    expect(report.broken).to.equal(true)
    expect(said(report)).to.contain('- Ada has 4 karma, too little to write direct messages')
  })

  test('no problem: account, address, remaining budget, and skipped scenarios with reasons', async () => {
    const report = await look({ COLONY_TEST_API_KEY: key('Ada') })
    expect(report.broken, said(report)).to.equal(false)
    const text = said(report)
    expect(text).to.contain(`reachable at ${sandbox.address}`).and.to.contain('the clocks agree')
    expect(text).to.contain(`Ada is Ada (@${sandbox.people.Ada?.username}), a Member`)
    expect(text)
      .to.match(/\d+ of 120 calls are left/)
      .and.to.match(/\d+ skipped: it needs a second account; to run it: COLONY_TEST_API_KEY_2/)
  })

  test('a second key that is none, or the first one’s twin', async () => {
    const one = await look({ COLONY_TEST_API_KEY: key('Ada'), COLONY_TEST_API_KEY_2: UNKNOWN })
    expect(said(one)).to.contain('does not take COLONY_TEST_API_KEY_2 (AUTH_INVALID_KEY)')
    const other = await look({ COLONY_TEST_API_KEY: key('Ada'), COLONY_TEST_API_KEY_2: key('Ada') })
    expect(said(other)).to.contain('COLONY_TEST_API_KEY_2 is a key of Ada’s account')
  })

  test('a live run skips exactly the scenarios that it lists as skipped', async () => {
    const own = filesBelow(join(ROOT, 'features', 'colony'))
    const suite = new SuiteCopy(Object.fromEntries(Object.entries(own).map(([path, text]) => [`colony/${path}`, text])))
    try {
      const environment = { COLONY_TEST_API_KEY: key('Ada'), COLONY_BASE_URL: sandbox.address }
      const { stdout } = await suite.run(['--profile', 'live', '--tags', '@smoke or not @smoke'], environment)
      const [, opening = ''] = /Will be skipped:\n([\s\S]*?)\n\n/.exec(stdout) ?? []
      const planned = opening.split('\n').map((line) => line.trim().replace(/^(\d+) +/, '$1 skipped: '))
      const reported = (await look(environment)).lines.map(({ says }) => says).filter((says) => says.includes(' skipped: '))
      expect(planned).to.have.members(reported)
    } finally {
      suite.remove()
    }
  })

  test('lists missing optional things, also where nothing is configured', async () => {
    const { optional } = await look({})
    expect(optional.join('\n')).to.match(/a second account \(\d+ scenarios live\): set COLONY_TEST_API_KEY_2/)
    const asked = process.env.ACCEPTANCE_REAL
    delete process.env.ACCEPTANCE_REAL
    const bare = await withPath('/nowhere', () => examine(orbital, {}))
    if (asked !== undefined) process.env.ACCEPTANCE_REAL = asked
    expect(bare.optional.join('\n')).to.match(/RabbitMQ, emulated.*: apt-get install rabbitmq-server/)
    expect(bare.lines.map(({ says }) => says).join('\n')).to.match(/\d+ of \d+ scenarios will run on the sandbox/)
  })

  test('the command has an exit code, and reports unknown services', async () => {
    const run = (args: string[], environment: Record<string, string>) =>
      startNode(ROOT, ['--require', './support/run/typescript.js', 'tools/doctor.ts', ...args], environment).ended
    const [well, wrong, unknown] = await Promise.all([
      run(['colony'], { COLONY_TARGET: 'sandbox' }),
      run(['colony'], { COLONY_TEST_API_KEY: UNKNOWN, COLONY_BASE_URL: sandbox.address }),
      run(['colonie'], {}),
    ])
    expect([well.code, wrong.code, unknown.code]).to.deep.equal([0, 1, 2])
    expect(unknown.stderr).to.contain('No service is called colonie. Did you mean colony? There are colony')
  })
})

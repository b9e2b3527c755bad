import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startColony } from '../../sandbox/colony/server'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'
import { SuiteCopy } from '../support/suite-copy'

const FEATURE = `Feature: Posts
  Scenario: A post
    When Ada posts "One red glove"
    Then Ada can read "One red glove"
`
const KEY = 'col_a-key-that-nobody-has'
const CANNOT_START = 'The run cannot start:'

describe('what is wrong with the input is told in one clear line', () => {
  const suite = new SuiteCopy({ 'colony/posts.feature': FEATURE })
  const page = createServer((_request, answer) => {
    answer.writeHead(502, { 'content-type': 'text/html' }).end('<html>The proxy says no</html>')
  })
  let colony: RunningSandbox
  before(async () => {
    colony = await startColony()
    await new Promise<void>((done) => page.listen(0, '127.0.0.1', done))
  })
  after(async () => {
    page.close()
    await colony.stop()
    suite.remove()
  })

  /** The run fails, and says so in just these lines; neither a report nor a journal is left. */
  async function refused(environment: Record<string, string>, args: string[] = []): Promise<string> {
    const { code, stdout, stderr } = await suite.run(args, environment)
    expect(code, stdout + stderr).to.equal(1)
    expect(stderr).to.not.match(/\n\s+at /)
    expect(suite.journals()).to.deep.equal([])
    expect(Object.keys(suite.reports())).to.deep.equal([])
    return stderr.trim()
  }

  test('half-set', async () => {
    expect(await refused({ COLONY_TEST_API_KEY_2: KEY })).to.equal(
      `${CANNOT_START}\n  - The Colony is half configured: set COLONY_TEST_API_KEY, or COLONY_TARGET=sandbox to mean the sandbox`,
    )
  })

  test('malformed, several at once, by name and never by value', async () => {
    const said = await refused({ ACCEPTANCE_TARGET: 'lve', COLONY_TEST_POLL_ID: 'my-poll', ALOW_DESTRUCTIVE: 'all' })
    for (const name of ['ACCEPTANCE_TARGET must be', 'COLONY_TEST_POLL_ID must be', 'ALLOW_DESTRUCTIVE is'])
      expect(said).to.contain(name)
    expect(said).to.not.match(/lve|my-poll/)
  })

  test('contradictory', async () => {
    expect(await refused({ ACCEPTANCE_REQUIRE: 'colony', COLONY_TARGET: 'sandbox' })).to.contain(
      'ACCEPTANCE_REQUIRE asks for colony live and COLONY_TARGET=sandbox for its sandbox: drop one of them',
    )
  })

  test('an address without scheme', async () => {
    expect(await refused({ COLONY_BASE_URL: 'thecolony.cc/api/v1' })).to.contain('COLONY_BASE_URL must be a URL')
  })

  test('a host that cannot be reached', async () => {
    const said = await refused({ COLONY_TEST_API_KEY: KEY, COLONY_BASE_URL: 'http://127.0.0.1:9/api/v1' })
    expect(said).to.contain('got no response (ECONNREFUSED). Is colony reachable from here?')
  })

  test('a proxy that answers with a page', async () => {
    const { port } = page.address() as AddressInfo
    const said = await refused({ COLONY_TEST_API_KEY: KEY, COLONY_BASE_URL: `http://127.0.0.1:${port}/api/v1` })
    expect(said).to.match(/POST \/auth\/token returned 502: /)
  })

  test('a wrong key', async () => {
    const said = await refused({ COLONY_TEST_API_KEY: KEY, COLONY_BASE_URL: colony.address })
    expect(said).to.contain('does not take COLONY_TEST_API_KEY (AUTH_INVALID_KEY): set a valid key.')
    expect(said).to.not.contain(KEY)
  })

  test('a path without features, and a name or tag that nothing has', async () => {
    expect(await refused({}, ['features/nothing'])).to.equal('No feature file was found: check the path on the command line.')
    expect(await refused({}, ['--name', 'No such'])).to.contain('No scenario was selected: --name "No such" matches none')
    expect(await refused({}, ['--tags', 'not @destuctive'])).to.contain('@destuctive is no tag of support/run/tags.ts')
  })

  test('a journal that cannot be written', async () => {
    rmSync(join(suite.folder, '.acceptance'), { recursive: true, force: true })
    suite.write('.acceptance', 'a file where a folder should be')
    expect(await refused({})).to.match(
      /^The journal .* cannot be written \(.*\); nothing is created without it\. Free some space/,
    )
  })
})

describe('what is wrong with a feature', () => {
  const suite = new SuiteCopy({})
  after(() => suite.remove())

  const run = async (text: string, more: Record<string, string> = {}) => {
    for (const [path, content] of Object.entries({ 'features/colony/one.feature': text, ...more })) suite.write(path, content)
    return suite.run()
  }

  test('an unknown tag stops the run', async () => {
    const { code, stderr } = await run(FEATURE.replace('  Scenario', '  @importnat\n  Scenario'))
    expect([code, stderr.trim()]).to.deep.equal([1, `${CANNOT_START}\n  - @importnat is no tag of support/run/tags.ts`])
  })

  test('a feature in no service’s folder stops the run', async () => {
    const { code, stderr } = await run(FEATURE, { 'features/stray.feature': FEATURE })
    suite.write('features/stray.feature', '')
    expect(code).to.equal(1)
    expect(stderr).to.contain("features/stray.feature is not in a service's folder below features/")
  })

  test('an undefined step fails the run, and is named', async () => {
    const { code, stdout } = await run(FEATURE.replace('posts', 'whispers'))
    expect(code).to.equal(1)
    expect(stdout)
      .to.match(/Undefined.*|undefined/)
      .and.to.contain('whispers "One red glove"')
  })

  test('an ambiguous step fails the run, and both meanings are named', async () => {
    const second = "import { When } from '@cucumber/cucumber'\nWhen('Ada posts {string}', () => undefined)\n"
    const { code, stdout } = await run(FEATURE, { 'features/colony/hooks.ts': second })
    rmSync(join(suite.folder, 'features/colony/hooks.ts'))
    expect(code).to.equal(1)
    expect(stdout).to.contain('{person} posts {string}').and.to.contain('Ada posts {string}')
  })

  test('an undefined step fails a dry run, too', async () => {
    suite.write('features/colony/one.feature', FEATURE.replace('posts', 'whispers'))
    const { code } = await suite.run(['--dry-run'])
    expect(code).to.equal(1)
  })
})

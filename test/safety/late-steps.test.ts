import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startColony } from '../../sandbox/colony/server'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'
import { SlowProxy } from '../support/slow-proxy'
import { SuiteCopy } from '../support/suite-copy'

/** The second scenario keeps the run going until the first one's abandoned step has ended. */
const FEATURE = `
Feature: Posts
  Scenario: The step runs out of time
    When Ada posts "One red glove" within 400 ms, after WHAT
  Scenario: The run goes on
    Then the step that ran out of time has ended
`
const WAITED_FOR = `
Feature: Posts
  Scenario: The step runs out of time
    When Ada posts "One red glove" within 400 ms, after nothing
`
const STEPS = `
import { appendFileSync } from 'node:fs'
import { Then, When } from '@cucumber/cucumber'
import { ColonyState } from '../../support/services/colony/state'
import { publish } from '../../support/services/colony/tasks/posts'

let late = Promise.resolve('')
const post = async (state, title, what) => {
  const { people } = await state.as('Ada')
  if (what !== 'nothing') await people.colonies(1)
  return publish(state, 'Ada', title)
}
When('Ada posts {string} within 400 ms, after {}', { timeout: 400 }, function (title, what) {
  const posting = post(this.state(ColonyState), title, what)
  late = posting.then(() => 'posted', (error) => error.name)
  return posting
})
Then('the step that ran out of time has ended', async () => appendFileSync('late.txt', await late))
`

describe('a step that runs out of time while it creates something', () => {
  const suites: SuiteCopy[] = []
  let sandbox: RunningSandbox
  let proxy: SlowProxy
  let live: Record<string, string>

  before(async () => {
    sandbox = await startColony()
    proxy = new SlowProxy(new URL(sandbox.address).origin)
    live = { ...sandbox.variables, COLONY_BASE_URL: `${await proxy.start()}/api/v1` }
  })
  after(async () => {
    proxy.stop()
    await sandbox.stop()
    for (const suite of suites) suite.remove()
  })

  /** Delays only the first such call: later calls that search its result get a response at once. */
  const slow = (call: RegExp, milliseconds: number): ((seen: string) => number) => {
    let delayed = ''
    return (seen) => {
      if (delayed === '' && call.test(seen)) delayed = seen
      return seen === delayed ? milliseconds : 0
    }
  }
  const COLONIES = /^GET \S+\/colonies\?/
  const POSTS = /^POST \S+\/posts /

  /** Runs a feature to its end. @returns how the abandoned step ended */
  async function run(feature: string): Promise<string> {
    const suite = new SuiteCopy({ 'colony/posts.feature': feature, 'colony/hooks.ts': STEPS })
    suites.push(suite)
    const { code, stdout, stderr } = await suite.run([], live)
    const output = stdout + stderr
    expect(code, output).to.equal(1)
    expect(output)
      .to.contain('timed out')
      .and.to.not.match(/left behind|not found \(yet\)|was not seen/)
    expect(suite.journals(), output).to.deep.equal([])
    const [, runId = ''] = /Acceptance run (\S+)/.exec(stdout) ?? []
    const existing = await (await fetch(`${sandbox.control}/existing?runId=${runId}`)).json()
    expect(existing, output).to.deep.equal({ existing: [] })
    return feature === WAITED_FOR ? '' : readFileSync(join(suite.folder, 'late.txt'), 'utf8')
  }

  const posts = (): number => proxy.calls.filter((call) => POSTS.test(call)).length

  test('its creation is refused once the scenario is over: nothing is sent', async () => {
    proxy.delays = { going: () => 0, coming: slow(COLONIES, 2_000) }
    const before = posts()
    expect(await run(FEATURE.replace('WHAT', 'a slow call'))).to.equal('ScenarioOver')
    expect(posts() - before, 'calls that create a post').to.equal(0)
  })

  test('its creation under way is waited for and undone', async () => {
    proxy.delays = { going: () => 0, coming: slow(POSTS, 2_000) }
    expect(await run(FEATURE.replace('WHAT', 'nothing'))).to.equal('posted')
    proxy.delays = { going: slow(POSTS, 2_000), coming: () => 0 }
    await run(WAITED_FOR)
  })

  test('its creation whose response arrives after the scenario’s timeout is undone at the end of the run', async () => {
    proxy.delays = { going: () => 0, coming: slow(POSTS, 12_000) }
    expect(await run(FEATURE.replace('WHAT', 'nothing'))).to.equal('posted')
  })

  test('its creation without a response by the end of the run is found and undone then', async () => {
    proxy.delays = { going: () => 0, coming: slow(POSTS, 12_000) }
    await run(WAITED_FOR)
  })
})

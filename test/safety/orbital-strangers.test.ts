import { after, before, beforeEach, describe, test } from 'node:test'
import { expect } from 'chai'
import { nothingInstalled } from '../../sandbox/backing/test/support/bare-path'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'
import { inSurroundings } from '../../sandbox/kit/test/environment'
import { startOrbital } from '../../sandbox/orbital/server'
import { readJournal } from '../../support/undo/journal-reader'
import { OrbitalHoldings } from '../support/orbital-holdings'
import { type Running, said } from '../support/runner'
import { SuiteCopy } from '../support/suite-copy'

const WAITING = `
import { When } from '@cucumber/cucumber'
When('the run waits to be ended', async () => {
  console.log('waiting')
  await new Promise((resolve) => setTimeout(resolve, 60_000))
})
`
const STEPS = `
    Given Ada reported a position from 3 minutes ago
    And Ada reported 3 positions at once
    And "Order 1042" is assigned to Ada
    And Ada sees that "Order 1042" is assigned
    And Ben is delivering "A lamp"
    And an unreadable assignment arrives
    And an unreadable assignment is in the dead-letter queue`
const FEATURE = (last: string): string => `
Feature: Everything a run creates on a backend of others
  @needs:rabbitmq @needs:mongodb @needs:redis
  Scenario: One of each${STEPS}
    When ${last}
`

describe('a live Orbital, on which others have things', { timeout: 600_000 }, () => {
  const suite = new SuiteCopy({
    'orbital/waits.feature': FEATURE('the run waits to be ended'),
    'orbital/fails.feature': FEATURE('Ada is shown as offline'),
    'orbital/waiting.ts': WAITING,
  })
  let sandbox: RunningSandbox
  let live: Record<string, string>
  let holdings: OrbitalHoldings
  let earlier: Awaited<ReturnType<OrbitalHoldings['look']>>

  before(async () => {
    sandbox = await inSurroundings({ ...nothingInstalled(), ACCEPTANCE_REAL: undefined }, () => startOrbital())
    live = { ...sandbox.variables }
    holdings = new OrbitalHoldings(live)
  })
  beforeEach(async () => {
    for (let count = 0; count < 5; count++) await holdings.addStranger()
    earlier = await holdings.look()
  })
  after(async () => {
    suite.remove()
    await sandbox.stop()
  })

  const untouched = async (): Promise<void> => {
    expect(await holdings.look(), 'what the servers hold').to.deep.equal(earlier)
  }

  async function begin(): Promise<Running> {
    const run = suite.start(['features/orbital/waits.feature', '--require', 'features/orbital/waiting.ts'], live)
    await said(run, 'waiting')
    return run
  }

  async function kill(run: Running): Promise<string> {
    run.child.kill('SIGKILL')
    await run.ended
    const [path, ...more] = suite.journals()
    expect(more, 'further journals').to.deep.equal([])
    return path ?? ''
  }

  test('a run whose scenario fails leaves all of it as it was', async () => {
    const { code, stdout } = await suite.run(['features/orbital/fails.feature'], live)
    expect(code, stdout).to.equal(1)
    expect(stdout)
      .to.match(/1 scenario \(1 failed\)/)
      .and.to.not.contain('left behind')
    await untouched()
    expect(suite.journals()).to.deep.equal([])
  })

  test('after Ctrl-C', async () => {
    const run = await begin()
    run.child.kill('SIGINT')
    const { code, stderr } = await run.ended
    expect(code, stderr).to.equal(130)
    await untouched()
    expect(suite.journals()).to.deep.equal([])
  })

  test('after kill -9 and the sweep', async () => {
    await kill(await begin())
    expect(await holdings.look()).to.not.deep.equal(earlier)
    const { code, stdout, stderr } = await suite.tool('sweep', [], live)
    expect(code, stdout + stderr).to.equal(0)
    await untouched()
    expect(suite.journals()).to.deep.equal([])
  })

  test('an old journal whose ids now belong to other people: nothing is changed, and everything is listed', async () => {
    const path = await kill(await begin())
    const { open } = readJournal(path)
    const idOf = (kind: string, by: string): string => open.find((entry) => entry.kind === kind && entry.by === by)?.id ?? ''
    await holdings.empty()
    for (const by of ['Ada', 'Ben']) await holdings.addStranger({ userId: idOf('user', by), courierId: idOf('courier', by) })
    earlier = await holdings.look()
    const { code, stdout, stderr } = await suite.tool('sweep', [], live)
    expect(code, stdout + stderr).to.equal(1)
    await untouched()
    const listed = readJournal(path).open
    expect(listed.map(({ kind }) => kind).sort()).to.include.members(['courier', 'history', 'position', 'user'])
    for (const { why } of listed) expect(why).to.match(/^left alone, for it is not proven to be this run's/)
  })
})

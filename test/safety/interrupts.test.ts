import { rmSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { startColony } from '../../sandbox/colony/server'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'
import { readJournal } from '../../support/undo/journal-reader'
import { NOT_FOUND } from '../../support/undo/undo'
import type { Ended, Running } from '../support/runner'
import { SlowProxy } from '../support/slow-proxy'
import { SuiteCopy } from '../support/suite-copy'

/** How often each kind of interruption is tried; `INTERRUPTIONS=20` for a thorough check. */
const TRIES = Number(process.env.INTERRUPTIONS ?? 1)

const FILES = 12
const feature = (file: number): string => `
Feature: Posts ${file}
  ${Array.from(
    { length: 5 },
    (_, at) => `
  Scenario: Post ${at}
    When Ada publishes the post "Glove ${file}-${at}"
    Then Ada can read the post "Glove ${file}-${at}"`,
  ).join('\n')}
`

const between = (low: number, high: number) => (): number => low + Math.random() * (high - low)

describe('a run that is interrupted', () => {
  const suite = new SuiteCopy(
    Object.fromEntries(Array.from({ length: FILES }, (_, at) => [`colony/posts-${at}.feature`, feature(at)])),
  )
  let sandbox: RunningSandbox
  let proxy: SlowProxy
  let live: Record<string, string>
  const found = { interrupted: 0, unanswered: 0, leftByKill: 0 }

  before(async () => {
    sandbox = await startColony()
    proxy = new SlowProxy(new URL(sandbox.address).origin)
    live = { ...sandbox.variables, COLONY_BASE_URL: `${await proxy.start()}/api/v1` }
  })
  after(async () => {
    console.log(
      `${found.interrupted} interruptions; creations not yet answered then: ${found.unanswered}; left by SIGKILL for the sweep: ${found.leftByKill}`,
    )
    proxy.stop()
    await sandbox.stop()
    suite.remove()
  })

  const isCreation = (call: string): boolean => /^POST \S+\/posts /.test(call)
  const creations = (): number => proxy.calls.filter(isCreation).length
  const onlyCreations =
    (milliseconds: number) =>
    (call: string): number =>
      isCreation(call) ? milliseconds : 0

  async function untilMade(count: number): Promise<void> {
    const goal = creations() + count
    const deadline = Date.now() + 60_000
    while (creations() < goal && Date.now() < deadline) await pause(5)
    expect(creations(), 'the run made nothing to interrupt').to.be.at.least(goal)
  }

  async function existing(ended: Ended): Promise<unknown[]> {
    const runId = /Acceptance run (\S+)/.exec(ended.stdout)?.[1] ?? ''
    expect(runId, ended.stderr).to.match(/^\d{10}-/)
    await proxy.quiet()
    const answer = await fetch(`${sandbox.control}/existing?runId=${runId}`)
    return ((await answer.json()) as { existing: unknown[] }).existing
  }

  async function interrupted(args: string[], signal: NodeJS.Signals): Promise<{ run: Running; ended: Ended }> {
    proxy.delays = { going: between(0, 40), coming: between(20, 150) }
    const run = suite.start(args, live)
    await untilMade(1)
    await pause(between(0, 600)())
    found.interrupted++
    found.unanswered += proxy.waiting.filter(isCreation).length
    run.child.kill(signal)
    const ended = await run.ended
    return { run, ended }
  }

  /** A creation that the kill came before is listed as not found (yet): its journal stays, with nothing else in it. */
  function forgetUnsent({ stdout, stderr }: Ended): void {
    for (const journal of suite.journals()) {
      expect(new Set(readJournal(journal).open.map(({ why }) => why)), stdout + stderr).to.deep.equal(new Set([NOT_FOUND]))
      rmSync(journal)
    }
  }

  for (const args of [[], ['--parallel', '3']]) {
    const how = args.length > 0 ? 'in parallel' : 'serially'
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      test(`${signal} ${how}: nothing is left, exit code ${code}`, async () => {
        for (let round = 0; round < TRIES; round++) {
          const { ended } = await interrupted(args, signal)
          expect(ended.code, ended.stdout + ended.stderr).to.equal(code)
          expect(await existing(ended), ended.stderr).to.deep.equal([])
          expect(suite.journals()).to.deep.equal([])
        }
      })
    }

    test(`SIGKILL ${how}: the sweep finds what is left`, async () => {
      for (let round = 0; round < TRIES; round++) {
        const { ended } = await interrupted(args, 'SIGKILL')
        found.leftByKill += (await existing(ended)).length
        const swept = await suite.tool('sweep', [], live)
        expect(await existing(ended), swept.stdout + swept.stderr).to.deep.equal([])
        forgetUnsent(swept)
      }
    })
  }

  test('a creation whose response arrives after the signal is also undone', async () => {
    proxy.delays = { going: () => 0, coming: onlyCreations(1_500) }
    const run = suite.start([], live)
    await untilMade(1)
    run.child.kill('SIGINT')
    const ended = await run.ended
    expect(ended.code).to.equal(130)
    expect(await existing(ended)).to.deep.equal([])
    expect(suite.journals()).to.deep.equal([])
  })

  test('a second signal leaves at once, and the sweep finishes the rest', async () => {
    proxy.delays = { going: () => 0, coming: onlyCreations(6_000) }
    const run = suite.start([], live)
    await untilMade(1)
    run.child.kill('SIGINT')
    await pause(150)
    const started = Date.now()
    run.child.kill('SIGINT')
    const ended = await run.ended
    expect(Date.now() - started, 'not after the response it waits for').to.be.lessThan(5_000)
    expect(ended.code).to.equal(130)
    expect(suite.journals()).to.have.length(1)
    expect(await existing(ended)).to.not.be.empty
    proxy.delays = { going: () => 0, coming: () => 0 }
    const swept = await suite.tool('sweep', [], live)
    expect(await existing(ended), swept.stdout + swept.stderr).to.deep.equal([])
    expect(swept.code, swept.stdout).to.equal(0)
    expect(suite.journals()).to.deep.equal([])
  })
})

const STEPS = `
import { When } from '@cucumber/cucumber'
When('the run is interrupted after Ada has said something', async function (this: any) {
  await this.undo.create('slack.message', 'Hello', { by: 'Ada', data: { channel: 'C0SOMEWHERE' } }, async () => ({ id: '1700000000.000100' }))
  process.kill(process.pid, 'SIGINT')
  await new Promise(() => undefined)
})
`

test('the content of an embedded sandbox ends with it: nothing is undone, and nothing is listed as left', async () => {
  const feature = 'Feature: Talk\n  Scenario: One\n    When the run is interrupted after Ada has said something\n'
  const suite = new SuiteCopy({ 'slack/talk.feature': feature, 'slack/hooks.ts': STEPS })
  const { code, stdout, stderr } = await suite.run()
  expect(code, stdout + stderr).to.equal(130)
  expect(stderr).to.contain('SIGINT').and.to.not.contain('left behind')
  expect(suite.journals()).to.deep.equal([])
  suite.remove()
})

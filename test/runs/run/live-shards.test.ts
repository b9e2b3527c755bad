import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { startColony } from '../../../sandbox/colony/server'
import type { RunningSandbox } from '../../../sandbox/kit/sandbox'
import { startSlack } from '../../../sandbox/slack/server'
import { readJournal } from '../../../support/undo/journal-reader'
import { type Ended, filesBelow, ROOT, type Running } from '../../support/runner'
import { SlowProxy } from '../../support/slow-proxy'
import { SuiteCopy } from '../../support/suite-copy'

const SHARDS = [1, 2, 3]
/** Some create, some share an account's state; not so many that the minute's rate limits take longer than a test may. */
const features = Object.fromEntries(
  ['colony/posts', 'colony/webhooks', 'colony/following', 'slack/mentions', 'slack/sharing', 'slack/threads'].map((name) => [
    `${name}.feature`,
    readFileSync(join(ROOT, 'features', `${name}.feature`), 'utf8'),
  ]),
)

const runIdOf = (stdout: string): string => /Acceptance run (\d{10}-[0-9a-f]{6})/.exec(stdout)?.[1] ?? ''
const codesOf = (ended: readonly Ended[]): (number | null)[] => ended.map(({ code }) => code)
const textOf = (ended: readonly Ended[]): string => ended.map(({ stdout, stderr }) => stdout + stderr).join('\n')

/** Three machines, each with a copy of the suite, live against two services that enforce the rate limits of the real ones. */
describe('three shards at once, live', () => {
  let colony: RunningSandbox
  let slack: RunningSandbox
  let proxy: SlowProxy
  let live: Record<string, string>
  let machines: SuiteCopy[]
  const sweeper = new SuiteCopy({})
  const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'))

  before(async () => {
    colony = await startColony({ limits: true })
    slack = await startSlack({ limits: true })
    proxy = new SlowProxy(new URL(colony.address).origin)
    const { COLONY_TEST_API_KEY = '', COLONY_TEST_API_KEY_2 = '' } = colony.variables
    const keys = { COLONY_TEST_API_KEY, COLONY_TEST_API_KEY_2 }
    live = { ...slack.variables, ...keys, COLONY_BASE_URL: `${await proxy.start()}/api/v1` }
    machines = SHARDS.map(() => new SuiteCopy(features))
  })
  after(async () => {
    proxy.stop()
    await colony.stop()
    await slack.stop()
    for (const machine of [...machines, sweeper]) machine.remove()
    rmSync(elsewhere, { recursive: true, force: true })
  })

  async function control<T>({ control: address }: RunningSandbox, path: string, body?: object): Promise<T> {
    const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const text = await (await fetch(`${address}${path}`, init)).text()
    return (text ? JSON.parse(text) : undefined) as T
  }

  const counts = (): Promise<unknown> => control(colony, '/counts')
  const start = (): Running[] => machines.map((machine, at) => machine.start(['--shard', `${at + 1}/3`], live))

  /** What is left of these runs at both services. */
  async function left(ended: readonly Ended[]): Promise<unknown[]> {
    const paths = ended.map(({ stdout }) => `/existing?runId=${runIdOf(stdout)}`)
    const all = [colony, slack].flatMap((sandbox) => paths.map((path) => control<{ existing: unknown[] }>(sandbox, path)))
    return (await Promise.all(all)).flatMap(({ existing }) => existing)
  }

  /** What a build machine keeps of its jobs: their reports, journals among them. */
  function collect(into: string): string {
    const folder = join(elsewhere, into)
    for (const [at, machine] of machines.entries()) {
      for (const run of readdirSync(join(machine.folder, 'reports')).filter((name) => /^\d{10}-/.test(name)))
        cpSync(join(machine.folder, 'reports', run), join(folder, `shard-${at + 1}`, run), { recursive: true })
      rmSync(join(machine.folder, 'reports'), { recursive: true })
      rmSync(join(machine.folder, '.acceptance'), { recursive: true, force: true })
    }
    return folder
  }

  const merge = (from: string): Promise<Ended> => sweeper.tool('report-merge', [from, '--into', `${from}-merged`])

  /** The first machine that has made something which it has not undone yet. */
  async function firstWithSomethingOpen(): Promise<number> {
    const deadline = Date.now() + 60_000
    const isOpen = (machine: SuiteCopy): boolean =>
      machine.journals().some((path) => readJournal(path).open.some(({ id, kind }) => id && ['post', 'webhook'].includes(kind)))
    while (Date.now() < deadline) {
      const at = machines.findIndex(isOpen)
      if (at >= 0) return at
      await pause(2)
    }
    throw new Error('no shard made anything')
  }

  test('are green and leave nothing', async () => {
    const before = await counts()
    const ended = await Promise.all(start().map((run) => run.ended))
    expect(codesOf(ended), textOf(ended)).to.deep.equal([0, 0, 0])
    expect(textOf(ended)).to.not.contain('left behind')
    expect(await left(ended)).to.deep.equal([])
    expect(await counts(), 'what exists before and after').to.deep.equal(before)
    const reports = collect('whole')
    expect(Object.keys(filesBelow(reports)).filter((path) => path.endsWith('journal.ndjson'))).to.deep.equal([])
    const { code, stdout } = await merge(reports)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.contain('live: 2 of 2 (colony, slack)')
  })

  test('one killed in the middle is named by the merge, and sweeps elsewhere leave nothing of it', async () => {
    for (const sandbox of [colony, slack]) await control(sandbox, '/limits', { on: true })
    const before = await counts()
    proxy.delays = { going: () => 5, coming: () => 15 }
    const running = start()
    const killed = await firstWithSomethingOpen()
    running[killed]?.child.kill('SIGKILL')
    const ended = await Promise.all(running.map((run) => run.ended))
    expect(codesOf(ended)).to.deep.equal(SHARDS.map((_, at) => (at === killed ? null : 0)))
    await proxy.quiet()
    expect(await left(ended), 'what the killed shard left').to.not.deep.equal([])
    const reports = collect('killed')
    const { code, stdout } = await merge(reports)
    expect(code).to.equal(1)
    expect(stdout).to.match(new RegExp(`Shard ${killed + 1}/3 is missing: \\d+ of \\d+ scenarios have no result`))
    const copy = join(elsewhere, 'copy')
    cpSync(reports, copy, { recursive: true })
    const swept = await Promise.all([reports, reports, copy].map((from) => sweeper.tool('sweep', ['--from', from], live)))
    expect(codesOf(swept), textOf(swept)).to.deep.equal([0, 0, 0])
    expect(await left(ended)).to.deep.equal([])
    expect(await counts(), 'what exists before and after').to.deep.equal(before)
  })
})

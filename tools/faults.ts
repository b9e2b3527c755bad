import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { FAULTS } from '../support/run/injected-faults'
import type { FaultCase } from './faults/case'
import { command, countOf, knownNames, runCommand } from './run-tool'

interface Outcome {
  red: boolean
  blamed: boolean
  says: string
}

type Breakable = Extract<FaultCase, { blames: RegExp }>

const CUCUMBER = join('node_modules', '.bin', 'cucumber-js')
const TABLES = join(__dirname, 'faults')

/** A broken flow mostly waits for what never comes, so several are broken side by side. */
async function main(names: readonly string[], { jobs }: { jobs: string }): Promise<number> {
  const limit = countOf('--jobs', jobs)
  const cases = (await Promise.all(names.map(load))).flat()
  const rows = await inTurns(cases, limit, ({ service, one }) => judge(service, one))
  console.log('| flow | fault | outcome |\n| --- | --- | --- |')
  for (const [at, { one }] of cases.entries()) console.log(`| ${one.flow} | ${one.kind} | ${rows[at]?.text} |`)
  const survivors = rows.filter(({ ok }) => !ok).length
  console.log(survivors === 0 ? '\nEvery fault was noticed.' : `\n${survivors} faults went unnoticed or blamed the wrong thing.`)
  return survivors === 0 ? 0 : 1
}

/** @param name a service, or one flow of it: `colony/posts` */
async function load(name: string): Promise<{ service: string; one: FaultCase }[]> {
  const [service = '', flow] = name.split('/')
  knownNames('fault table', [service], tablesThere())
  const { faults } = (await import(join(TABLES, service))) as { faults: FaultCase[] }
  const chosen = faults.filter((one) => flow === undefined || one.flow.endsWith(`/${flow}.feature`))
  if (chosen.length === 0) knownNames(`flow of ${service}`, [flow ?? ''], [...new Set(faults.map(flowOf))])
  return chosen.map((one) => ({ service, one }))
}

function tablesThere(): string[] {
  return readdirSync(TABLES).flatMap((file) => (file === 'case.ts' || !file.endsWith('.ts') ? [] : [file.slice(0, -3)]))
}

function flowOf({ flow }: FaultCase): string {
  return basename(flow, '.feature')
}

/** The results in the order of the tasks, however many are under way at a time. */
async function inTurns<T, R>(tasks: readonly T[], jobs: number, work: (task: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const left = [...tasks.entries()]
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await work(next[1])
  }
  await Promise.all(Array.from({ length: jobs }, worker))
  return results
}

async function judge(service: string, one: FaultCase): Promise<{ ok: boolean; text: string }> {
  if ('cannot' in one) return { ok: true, text: `cannot: ${one.cannot}` }
  const first = await run(service, one, ['--fail-fast'])
  const { red, blamed, says } = first.red && !first.blamed ? await run(service, one, []) : first
  if (!red) return { ok: false, text: '**stayed green**' }
  return { ok: blamed, text: blamed ? `red: ${says}` : `**red, but blames something else**: ${says}` }
}

async function run(service: string, one: Breakable, flags: readonly string[]): Promise<Outcome> {
  // Wide, so that no line is broken: what is blamed is looked for line by line.
  const env = {
    ...process.env,
    COLUMNS: '1000',
    ACCEPTANCE_TARGET: 'sandbox',
    [FAULTS]: JSON.stringify({ [service]: [one.fault] }),
  }
  const child = spawn(process.execPath, [CUCUMBER, one.flow, ...flags], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [status] = (await once(child, 'close')) as [number | null]
  const lines = output.split('\n')
  const line = lines.find((text) => one.blames.test(text)) ?? lines.find((text) => /Error/.test(text)) ?? ''
  return { red: status !== 0, blamed: one.blames.test(output), says: line.trim().slice(0, 120).replaceAll('|', '/') }
}

const program = command(
  'faults',
  'Breaks each flow in each of the ways that can befall it, and demands that a scenario turns red and blames the right thing.',
)
  .argument('<flow...>', `services, or one flow of one such as colony/posts; there are ${tablesThere().join(', ')}`)
  .option('--jobs <count>', 'how many flows to break side by side', '4')
  .addHelpText('after', '\nEnds with 1 where a flow stays green or blames something else.')

runCommand<{ jobs: string }>(program, main)

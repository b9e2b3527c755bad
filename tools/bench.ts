import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../support/config/errors'
import { withFindings } from './bench/history'
import { command, countOf, knownNames, runCommand } from './run-tool'

const FOLDER = join(__dirname, 'bench')
const HISTORY = 'docs/bench.md'
const TITLE =
  '# Bench\n\n`npm run bench -- --record` adds a line; `npm run bench -- <name…> --record` writes the section of that name.\n'

/** The exports of a file `tools/bench/<name>.ts`. */
interface Bench {
  /** @returns markdown: figures, as ratios where possible */
  bench(options?: { rounds?: number; sizes?: number[] }): Promise<string>
  /** The head of the table of a bench whose findings are one row. */
  head?: string
}

interface Options {
  rounds?: string
  sizes?: string
  record: boolean
}

async function main(names: readonly string[], { rounds, sizes, record }: Options): Promise<number> {
  const options = {
    ...(rounds === undefined ? {} : { rounds: countOf('--rounds', rounds) }),
    ...(sizes === undefined ? {} : { sizes: sizesOf(sizes) }),
  }
  const benches: [string, Bench][] = []
  for (const name of names.length > 0 ? names : ['core']) benches.push([name, await benchNamed(name)])
  for (const [name, { bench, head }] of benches) {
    const findings = await bench(options)
    console.log(`\n${findings}`)
    if (record)
      writeFileSync(HISTORY, withFindings(existsSync(HISTORY) ? readFileSync(HISTORY, 'utf8') : TITLE, name, findings, head))
  }
  return 0
}

function sizesOf(text: string): number[] {
  const sizes = text.split(',').map(Number)
  if (sizes.every((size) => Number.isInteger(size) && size > 0)) return sizes
  throw new UsageError('--sizes must be whole numbers, 1 or more, with commas between them.')
}

function benchesThere(): string[] {
  return readdirSync(FOLDER).flatMap((file) => (file.endsWith('.ts') && file !== 'history.ts' ? [file.slice(0, -3)] : []))
}

async function benchNamed(name: string): Promise<Bench> {
  knownNames('bench', [name], benchesThere())
  return (await import(join(FOLDER, name))) as Bench
}

const program = command('bench', 'Measures the cost of a run against two baselines, or the speed of one part of the suite.')
  .argument('[name...]', `any of ${benchesThere().join(', ')}; core without one`)
  .option('--rounds <count>', 'number of measurements')
  .option('--sizes <counts>', 'scenarios in a run, such as 1,10,100')
  .option('--record', 'write the results to docs/bench.md', false)

runCommand<Options>(program, main)

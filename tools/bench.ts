import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from '../support/config/errors'
import { withFindings } from './bench/history'
import { countOf, runTool } from './run-tool'

const FOLDER = join(__dirname, 'bench')
const HISTORY = 'docs/bench.md'
const TITLE =
  '# Bench\n\n`npm run bench -- --record` adds a line; `npm run bench -- <name…> --record` writes the section of that name.\n'

/** What a file `tools/bench/<name>.ts` exports to be a bench. */
interface Bench {
  /** @returns markdown: figures, as ratios where they can be */
  bench(options?: { rounds?: number; sizes?: number[] }): Promise<string>
  /** Where the findings are one row of a table: what comes above the first. */
  head?: string
}

/** `npm run bench [-- name…] [--rounds 3] [--sizes 1,10,100,1000] [--record]`: the core bench, or those named. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string' }, sizes: { type: 'string' }, record: { type: 'boolean', default: false } },
  })
  const options = {
    ...(values.rounds === undefined ? {} : { rounds: countOf('--rounds', values.rounds) }),
    ...(values.sizes === undefined ? {} : { sizes: sizesOf(values.sizes) }),
  }
  const benches: [string, Bench][] = []
  for (const name of positionals.length > 0 ? positionals : ['core']) benches.push([name, await benchNamed(name)])
  for (const [name, { bench, head }] of benches) {
    const findings = await bench(options)
    console.log(`\n${findings}`)
    if (values.record)
      writeFileSync(HISTORY, withFindings(existsSync(HISTORY) ? readFileSync(HISTORY, 'utf8') : TITLE, name, findings, head))
  }
  return 0
}

function sizesOf(text: string): number[] {
  const sizes = text.split(',').map(Number)
  if (sizes.every((size) => Number.isInteger(size) && size > 0)) return sizes
  throw new UsageError('--sizes must be whole numbers, 1 or more, with commas between them.')
}

async function benchNamed(name: string): Promise<Bench> {
  const names = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.ts') && file !== 'history.ts' ? [file.slice(0, -3)] : []))
  if (!names.includes(name)) throw new UsageError(`No bench is called "${name}"; there are ${names.join(', ')}.`)
  return (await import(join(FOLDER, name))) as Bench
}

runTool(main)

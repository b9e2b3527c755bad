import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { bareCucumber, bareLoop, type Contestant, measure, suite, type Usage } from './bench/contestants'
import { historyLine, medianOf, renderStanding, type Standing } from './bench/table'

const SIZES = [1, 10, 100, 1000]
const WORKERS = 2
const HISTORY = 'docs/bench.md'
const HEAD = `# Bench

What the suite costs beside (a) the same calls by node:http in a loop and (b) cucumber-js with the same steps and axios and nothing
around, against the same sandbox: medians of interleaved runs, serial. \`npm run bench -- --record\` adds a line. Wall time is given
beside (b), in brackets beside (a); for one scenario, the cold start, as seconds on top of (b).

| date | node | 1: wall | memory | 10: wall | memory | 100: wall | memory | 1000: wall | memory |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
`

/** `npm run bench [-- --rounds 3] [--sizes 1,10,100,1000] [--record]`: what a run costs, as ratios to two floors. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      sizes: { type: 'string', default: SIZES.join(',') },
      record: { type: 'boolean', default: false },
    },
  })
  const contestants = [bareLoop, bareCucumber(), suite(), bareCucumber(WORKERS), suite(WORKERS)]
  const standings: Standing[] = []
  for (const size of values.sizes.split(',').map(Number)) {
    const standing = await compete(contestants, size, Number(values.rounds))
    standings.push(standing)
    console.log(renderStanding(standing, bareLoop.name, bareCucumber().name))
  }
  if (values.record) record(historyLine(standings, { loop: bareLoop.name, bare: bareCucumber().name, suite: suite().name }))
}

/** Rounds are interleaved, so that a machine that slows down slows all of them. */
async function compete(contestants: readonly Contestant[], scenarios: number, rounds: number): Promise<Standing> {
  const usages = new Map<string, Usage[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) usages.get(contestant.name)?.push(await measure(contestant, scenarios))
  }
  return { scenarios, usages: new Map([...usages].map(([name, all]) => [name, medianOf(all)])) }
}

function record(line: string): void {
  if (!existsSync(HISTORY)) writeFileSync(HISTORY, HEAD)
  appendFileSync(HISTORY, `${line}\n`)
}

void main()

import { bareCucumber, bareLoop, type Contestant, measure, suite, type Usage } from './core/contestants'
import { historyLine, medianOf, renderStanding, type Standing } from './core/table'

const SIZES = [1, 10, 100, 1000]
const ROUNDS = 3
const WORKERS = 2

/** Head of the history to which `--record` adds rows. */
export const head = `The cost of the suite compared with (a) the same calls by node:http in a loop and (b) cucumber-js with the same steps, axios and nothing
around, against the same sandbox: medians of interleaved runs, serial. Wall time is given beside (b), in brackets beside (a); for one
scenario, the cold start, as seconds on top of (b). The targets: cold start at most +0.10 s, a hundred and a thousand scenarios at most
×1.00, and with two workers at most ×1.2 of (b) with two.

| date | node | 1: wall | memory | 10: wall | memory | 100: wall | memory | 1000: wall | memory |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |`

/** The cost of a run, serial and parallel, as ratios to two baselines. @returns one row of the history */
export async function bench({ rounds = ROUNDS, sizes = SIZES }: { rounds?: number; sizes?: number[] } = {}): Promise<string> {
  const contestants = [bareLoop, bareCucumber(), suite(), bareCucumber(WORKERS), suite(WORKERS)]
  const standings: Standing[] = []
  for (const size of sizes) {
    const standing = await compete(contestants, size, rounds)
    standings.push(standing)
    console.log(renderStanding(standing, bareLoop.name, bareCucumber().name))
  }
  return historyLine(standings, { loop: bareLoop.name, bare: bareCucumber().name, suite: suite().name })
}

/** Rounds are interleaved, so that a slower machine slows all of them. */
async function compete(contestants: readonly Contestant[], scenarios: number, rounds: number): Promise<Standing> {
  const usages = new Map<string, Usage[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) usages.get(contestant.name)?.push(await measure(contestant, scenarios))
  }
  return { scenarios, usages: new Map([...usages].map(([name, all]) => [name, medianOf(all)])) }
}

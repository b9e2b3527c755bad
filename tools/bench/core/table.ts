import type { Usage } from './contestants'

/** The medians of every contestant for one number of scenarios. */
export interface Standing {
  scenarios: number
  usages: Map<string, Usage>
}

export function medianOf(usages: readonly Usage[]): Usage {
  const middle = (pick: (usage: Usage) => number): number => {
    const sorted = usages.map(pick).sort((one, other) => one - other)
    const half = Math.floor(sorted.length / 2)
    return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
  }
  return { wall: middle(({ wall }) => wall), cpu: middle(({ cpu }) => cpu), memory: middle(({ memory }) => memory) }
}

/** Absolute figures, which are valid only for this machine, beside the ratios. */
export function renderStanding({ scenarios, usages }: Standing, loop: string, bare: string): string {
  const [floorA, floorB] = [usages.get(loop), usages.get(bare)]
  const rows = [...usages].map(([name, usage]) => [
    name,
    `${usage.wall.toFixed(2)} s`,
    `${usage.cpu.toFixed(2)} s`,
    `${Math.round(usage.memory)} MB`,
    ratio(usage.wall, floorA?.wall),
    ratio(usage.wall, floorB?.wall),
    ratio(usage.memory, floorB?.memory),
  ])
  const lines = [['', 'wall', 'cpu', 'memory', 'wall/(a)', 'wall/(b)', 'memory/(b)'], ...rows]
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length))) ?? []
  const aligned = lines.map((line) =>
    line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  )
  return [`\n${scenarios} scenario${scenarios === 1 ? '' : 's'}`, ...aligned.map((line) => `  ${line}`)].join('\n')
}

/** One row of `docs/bench.md`: only ratios, which can be compared between machines. */
export function historyLine(standings: readonly Standing[], names: { loop: string; bare: string; suite: string }): string {
  const cells = standings.flatMap(({ scenarios, usages }) => {
    const [loop, bare, suite] = [usages.get(names.loop), usages.get(names.bare), usages.get(names.suite)]
    if (!loop || !bare || !suite) return ['', '']
    const more = suite.wall - bare.wall
    const cold = `${more < 0 ? '−' : '+'}${Math.abs(more).toFixed(2)} s`
    return [
      scenarios === 1 ? cold : `${ratio(suite.wall, bare.wall)} (${ratio(suite.wall, loop.wall)})`,
      ratio(suite.memory, bare.memory),
    ]
  })
  return `| ${new Date().toISOString().slice(0, 10)} | ${process.version} | ${cells.join(' | ')} |`
}

function ratio(value: number, floor: number | undefined): string {
  return floor ? `×${(value / floor).toFixed(2)}` : ''
}

import { bareCucumber, measure, measureWhole, type Usage } from './core/contestants'
import { medianOf } from './core/table'

const ROUNDS = 3
const SCENARIOS = 1000

/** Head of the history to which `--record` adds rows. */
export const head = `The whole default run, every scenario of the suite on the sandboxes, beside a thousand scenarios of cucumber-js and axios with nothing around (contestant (b)
of the bench \`core\`): medians of interleaved runs. Times are given beside (b), and memory in MB at the peak, whose target is 600 for the default run.

| date | node | default run: wall | cpu | memory | serial: wall | cpu | memory |
| --- | --- | --- | --- | --- | --- | --- | --- |`

/** The duration of the default run, with its default workers and without any. @returns one row of the history */
export async function bench({ rounds = ROUNDS }: { rounds?: number } = {}): Promise<string> {
  const bare: Usage[] = []
  const whole: Usage[] = []
  const serial: Usage[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push(await measure(bareCucumber(), SCENARIOS))
    whole.push(await measureWhole())
    serial.push(await measureWhole(['--parallel', '0']))
  }
  const floor = medianOf(bare)
  const cells = [whole, serial].flatMap((usages) => {
    const usage = medianOf(usages)
    console.log(`${usage.wall.toFixed(1)} s, ${usage.cpu.toFixed(1)} s of processor time, ${Math.round(usage.memory)} MB`)
    return [ratio(usage.wall, floor.wall), ratio(usage.cpu, floor.cpu), `${Math.round(usage.memory)} MB`]
  })
  return `| ${new Date().toISOString().slice(0, 10)} | ${process.version} | ${cells.join(' | ')} |`
}

function ratio(value: number, floor: number): string {
  return `×${(value / floor).toFixed(2)}`
}

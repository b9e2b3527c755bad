import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FAULTS } from '../support/core/faults'
import type { FaultCase } from './faults/case'

interface Outcome {
  red: boolean
  blamed: boolean
  says: string
}

const CUCUMBER = join('node_modules', '.bin', 'cucumber-js')

/** `npm run faults -- <service>…`: breaks each flow in each way that can befall it; a flow that stays green is a defect. */
async function main(names: readonly string[]): Promise<number> {
  let survivors = 0
  for (const name of names) {
    const cases = await load(name)
    console.log(`\n| flow | fault | outcome |\n| --- | --- | --- |`)
    for (const one of cases) {
      const row = judge(name, one)
      if (!row.ok) survivors++
      console.log(`| ${one.flow} | ${one.kind} | ${row.text} |`)
    }
  }
  console.log(survivors === 0 ? '\nEvery fault was noticed.' : `\n${survivors} faults went unnoticed or blamed the wrong thing.`)
  return survivors === 0 ? 0 : 1
}

async function load(name: string): Promise<FaultCase[]> {
  const path = join(__dirname, 'faults', `${name}.ts`)
  if (!existsSync(path)) throw new Error(`There is no ${path}; name services that have a fault table.`)
  return ((await import(path)) as { faults: FaultCase[] }).faults
}

function judge(service: string, one: FaultCase): { ok: boolean; text: string } {
  if ('cannot' in one) return { ok: true, text: `cannot: ${one.cannot}` }
  const { red, blamed, says } = run(service, one)
  if (!red) return { ok: false, text: '**stayed green**' }
  return { ok: blamed, text: blamed ? `red: ${says}` : `**red, but blames something else**: ${says}` }
}

function run(service: string, one: Extract<FaultCase, { blames: RegExp }>): Outcome {
  const env = { ...process.env, ACCEPTANCE_TARGET: 'sandbox', [FAULTS]: JSON.stringify({ [service]: [one.fault] }) }
  const { status, stdout, stderr } = spawnSync(process.execPath, [CUCUMBER, one.flow], { env, encoding: 'utf8' })
  const output = `${stdout}${stderr}`
  const line =
    output.split('\n').find((text) => one.blames.test(text)) ?? output.split('\n').find((text) => /Error/.test(text)) ?? ''
  return { red: status !== 0, blamed: one.blames.test(output), says: line.trim().slice(0, 120).replaceAll('|', '/') }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)

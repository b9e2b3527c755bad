import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(__dirname, '..', '..', '..')
const SUITE_PARTS = ['cucumber.cjs', 'node_modules', 'package.json', 'sandbox', 'support', 'tsconfig.json']

/** Scenarios per file: parallel runs assign whole files to workers, so files are small, as in the suite. */
const PER_FILE = 10

/** A folder in which `npx cucumber-js` runs so many generated scenarios with the suite. */
export function suiteProject(scenarios: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-suite-'))
  for (const part of SUITE_PARTS) symlinkSync(join(ROOT, part), join(folder, part))
  mkdirSync(join(folder, 'steps', 'colony'), { recursive: true })
  for (const entry of readdirSync(join(ROOT, 'steps')))
    if (entry !== 'colony') symlinkSync(join(ROOT, 'steps', entry), join(folder, 'steps', entry))
  for (const file of readdirSync(join(ROOT, 'steps', 'colony')))
    symlinkSync(join(ROOT, 'steps', 'colony', file), join(folder, 'steps', 'colony', file))
  symlinkSync(join(__dirname, 'suite.steps.ts'), join(folder, 'steps', 'colony', 'bench.steps.ts'))
  writeFeatures(folder, scenarios)
  return folder
}

/** A folder in which `npx cucumber-js` runs the suite unchanged, with its own reports. */
export function wholeProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-whole-'))
  for (const part of [...SUITE_PARTS, 'features', 'steps']) symlinkSync(join(ROOT, part), join(folder, part))
  return folder
}

/** A usual configuration: ts-node with swc, without tuning. */
const PLAIN_TYPESCRIPT = {
  compilerOptions: { target: 'ES2022', module: 'CommonJS', moduleResolution: 'bundler', esModuleInterop: true, strict: true },
  'ts-node': { swc: true },
}

/** The same scenarios in a project of cucumber-js, ts-node and axios, without the suite. */
export function bareProject(scenarios: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-bare-'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(PLAIN_TYPESCRIPT))
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }')
  mkdirSync(join(folder, 'steps'))
  symlinkSync(join(__dirname, 'floor.steps.ts'), join(folder, 'steps', 'bench.steps.ts'))
  const config = { requireModule: ['ts-node/register'], require: ['steps/*.ts'], format: ['progress'] }
  writeFileSync(join(folder, 'cucumber.json'), JSON.stringify({ default: config }))
  writeFeatures(folder, scenarios)
  return folder
}

function writeFeatures(folder: string, scenarios: number): void {
  mkdirSync(join(folder, 'features', 'colony'), { recursive: true })
  for (let first = 0; first < scenarios; first += PER_FILE) {
    const numbers = Array.from({ length: Math.min(PER_FILE, scenarios - first) }, (_, at) => first + at)
    const text = `Feature: Bench ${first}\n${numbers.map(scenario).join('')}`
    writeFileSync(join(folder, 'features', 'colony', `bench-${first}.feature`), text)
  }
}

function scenario(number: number): string {
  return `
  Scenario: A post is published and deleted, number ${number}
    Given Ada has an account
    When Ada publishes the bench post "Measurement ${number}"
    Then the title of the bench post is "Measurement ${number}"
    And Ada deletes the bench post
    And the bench post is deleted
`
}

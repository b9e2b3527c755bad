import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bareProject, suiteProject, wholeProject } from './project'
import { benchSandbox } from './sandbox'

const ROOT = resolve(__dirname, '..', '..', '..')
const CUCUMBER = join(ROOT, 'node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js')
/** The calls of one scenario: create, read, delete, read again. */
const CALLS_A_SCENARIO = 4

/** Seconds, seconds of processor time, and peak memory in MB. */
export interface Usage {
  wall: number
  cpu: number
  memory: number
}

/** One implementation that runs so many scenarios. */
export interface Contestant {
  name: string
  command(scenarios: number): { folder: string; args: string[] }
}

export const bareLoop: Contestant = {
  name: '(a) node:http in a loop',
  command: (scenarios) => ({
    folder: mkdtempSync(join(tmpdir(), 'bench-loop-')),
    args: [join(__dirname, 'floor.mts'), String(scenarios)],
  }),
}

export const bareCucumber = (parallel = 0): Contestant => ({
  name: `(b) cucumber-js and axios${modeOf(parallel)}`,
  command: (scenarios) => ({ folder: bareProject(scenarios), args: [CUCUMBER, ...parallelArgs(parallel)] }),
})

export const suite = (parallel = 0): Contestant => ({
  name: `this suite${modeOf(parallel)}`,
  command: (scenarios) => ({ folder: suiteProject(scenarios), args: [CUCUMBER, ...parallelArgs(parallel)] }),
})

function modeOf(parallel: number): string {
  return parallel > 0 ? `, ${parallel} workers` : ''
}

function parallelArgs(parallel: number): string[] {
  return parallel > 0 ? ['--parallel', String(parallel)] : []
}

/**
 * Runs one contestant against its own sandbox.
 * @throws if it failed, or made other calls than the scenarios need, because its figures would be wrong
 */
export async function measure({ name, command }: Contestant, scenarios: number): Promise<Usage> {
  const sandbox = await benchSandbox()
  const { folder, args } = command(scenarios)
  try {
    const { usage, output } = await timed(name, args, folder, sandbox.environment)
    const wanted = scenarios * CALLS_A_SCENARIO
    if (sandbox.calls() !== wanted) throw new Error(`${name} made ${sandbox.calls()} calls instead of ${wanted}:\n${output}`)
    return usage
  } finally {
    await sandbox.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs every scenario of the suite on its own sandboxes. @param args further ones for Cucumber @throws if it fails */
export async function measureWhole(args: readonly string[] = []): Promise<Usage> {
  const folder = wholeProject()
  try {
    return (await timed('the whole suite', [CUCUMBER, '--profile', 'sandbox', ...args], folder, {})).usage
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function timed(
  name: string,
  args: readonly string[],
  folder: string,
  environment: Record<string, string>,
): Promise<{ usage: Usage; output: string }> {
  const usagePath = join(folder, 'usage.json')
  const own = { ...environment, BENCH_USAGE: usagePath, TS_NODE_PROJECT: join(folder, 'tsconfig.json') }
  const started = performance.now()
  const output = await run(['--import', join(__dirname, 'measure.mts'), ...args], folder, own)
  const wall = (performance.now() - started) / 1000
  if (!existsSync(usagePath)) throw new Error(`${name} wrote no figures:\n${output}`)
  return { usage: { wall, ...(JSON.parse(readFileSync(usagePath, 'utf8')) as Omit<Usage, 'wall'>) }, output }
}

async function run(args: string[], cwd: string, environment: Record<string, string>): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment }
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output = (output + chunk).slice(-4_000)))
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
  if (code !== 0) throw new Error(`exit code ${code}:\n${output}`)
  return output
}

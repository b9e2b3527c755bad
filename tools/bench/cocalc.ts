import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startCocalc } from '../../sandbox/cocalc/server'

const ROOT = resolve(__dirname, '..', '..')
const CUCUMBER = join(ROOT, 'node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js')
const PARTS = ['cucumber.cjs', 'features', 'node_modules', 'package.json', 'sandbox', 'steps', 'support', 'tsconfig.json']
const STARTS = 7
const COMMANDS = 60

/** The cold start of one CoCalc scenario, and the overhead of a command over the time of its process. */
export async function bench(): Promise<string> {
  const starts = await coldStarts()
  const { viaApi, bare } = await roundTrips()
  return [
    `- cold start of one hub scenario, PostgreSQL included: median ${seconds(median(starts))}, best ${seconds(Math.min(...starts))}`,
    `- exec round trip: median ${milliseconds(median(viaApi))}; the process alone ${milliseconds(median(bare))}; overhead ${milliseconds(median(viaApi) - median(bare))}`,
  ].join('\n')
}

async function coldStarts(): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-cocalc-'))
  for (const part of PARTS) symlinkSync(join(ROOT, part), join(folder, part))
  const times: number[] = []
  try {
    for (let at = 0; at < STARTS; at++) {
      const args = [CUCUMBER, 'features/cocalc/getting-in.feature', '--tags', '@smoke', '--profile', 'sandbox']
      times.push(await timed(() => finished(process.execPath, args, folder)))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return times
}

/** The same command through the project's API and as a direct process, alternately. */
async function roundTrips(): Promise<{ viaApi: number[]; bare: number[] }> {
  const sandbox = await startCocalc()
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${sandbox.variables.COCALC_API_KEY}` }
  const call = async (where: string, body: object): Promise<unknown> =>
    (await fetch(`${sandbox.address}/api/conat/${where}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  const viaApi: number[] = []
  const bare: number[] = []
  try {
    const id = await call('hub', { name: 'projects.createProject', args: [{}] })
    const body = { name: 'system.exec', args: [{ command: 'date', args: ['-Is'] }], project_id: id }
    await call('project', body)
    for (let at = 0; at < COMMANDS; at++) {
      viaApi.push(await timed(() => call('project', body)))
      bare.push(await timed(() => finished('date', ['-Is'], ROOT)))
    }
  } finally {
    await sandbox.stop()
  }
  return { viaApi, bare }
}

function finished(command: string, args: string[], cwd: string): Promise<void> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, TS_NODE_PROJECT: join(ROOT, 'tsconfig.json') }
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output = (output + chunk).slice(-2_000)))
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => (code === 0 ? done() : fail(new Error(`${command} ended with ${code}:\n${output}`))))
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function median(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0
}

const seconds = (time: number): string => `${(time / 1_000).toFixed(2)} s`
const milliseconds = (time: number): string => `${time.toFixed(1)} ms`

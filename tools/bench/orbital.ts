import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { startMongodb } from '../../sandbox/backing/mongodb'
import { startPostgres } from '../../sandbox/backing/postgres'
import { startRabbitmq } from '../../sandbox/backing/rabbitmq'
import { startRedis } from '../../sandbox/backing/redis'

const ROOT = resolve(__dirname, '..', '..')
const CUCUMBER = join(ROOT, 'node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js')
const PARTS = ['cucumber.cjs', 'features', 'node_modules', 'package.json', 'sandbox', 'steps', 'support', 'tsconfig.json']
/** What every run needs; with only these on PATH no server is found on the machine. */
const PROGRAMS = ['sh', 'cp', 'rm', 'sleep']
const ROUNDS = 5

/**
 * The time until a scenario without a broker is done, and until the servers are ready: those found on this machine, and emulated
 * ones.
 */
export async function bench(): Promise<string> {
  const scenario = await rounds(scenarioAlone)
  const broker = await rounds(brokerReady)
  const emulated = await rounds(() => withoutServers(allReady))
  return [
    `- first scenario without a broker, from the start of the command to its end: ${shown(scenario)}`,
    `- broker ready (${broker.label}): ${shown(broker)}`,
    `- all four ready (${emulated.label}): ${shown(emulated)}`,
  ].join('\n')
}

interface Times {
  times: number[]
  label?: string | undefined
}

async function rounds(once: () => Promise<{ seconds: number; label?: string }>): Promise<Times> {
  const all = []
  for (let at = 0; at < ROUNDS; at++) all.push(await once())
  return { times: all.map(({ seconds }) => seconds), label: all[0]?.label }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1_000
}

async function scenarioAlone(): Promise<{ seconds: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-orbital-'))
  for (const part of PARTS) symlinkSync(join(ROOT, part), join(folder, part))
  try {
    return {
      seconds: await timed(() => run(folder, ['features/orbital/login.feature', '--tags', '@smoke', '--profile', 'sandbox'])),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(cwd: string, args: string[]): Promise<void> {
  const child = spawn(process.execPath, [CUCUMBER, ...args], { cwd, stdio: 'ignore' })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => (code === 0 ? done() : fail(new Error(`cucumber-js ${args.join(' ')} ended with ${code}`))))
  })
}

async function brokerReady(): Promise<{ seconds: number; label: string }> {
  const started = performance.now()
  const server = await startRabbitmq()
  await server.ready()
  const seconds = (performance.now() - started) / 1_000
  await server.stop()
  return { seconds, label: server.label }
}

async function allReady(): Promise<{ seconds: number; label: string }> {
  const started = performance.now()
  const postgres = startPostgres()
  const others = await Promise.all([startRabbitmq(), startMongodb(), startRedis()])
  const [{ label, stop }] = await Promise.all([postgres, ...others.map((server) => server.ready())])
  const seconds = (performance.now() - started) / 1_000
  await Promise.all([stop(), ...others.map((server) => server.stop())])
  return { seconds, label: [label, ...others.map((server) => server.label)].join(', ') }
}

async function withoutServers<T>(work: () => Promise<T>): Promise<T> {
  const { PATH = '', DOCKER_HOST } = process.env
  const folder = mkdtempSync(join(tmpdir(), 'bench-path-'))
  for (const program of PROGRAMS) {
    const found = PATH.split(delimiter).find((place) => existsSync(join(place, program)))
    if (found) symlinkSync(join(found, program), join(folder, program))
  }
  Object.assign(process.env, { PATH: folder, DOCKER_HOST: 'tcp://127.0.0.1:1' })
  try {
    return await work()
  } finally {
    process.env.PATH = PATH
    if (DOCKER_HOST === undefined) delete process.env.DOCKER_HOST
    else process.env.DOCKER_HOST = DOCKER_HOST
    rmSync(folder, { recursive: true, force: true })
  }
}

function shown({ times }: Times): string {
  const sorted = [...times].sort((one, other) => one - other)
  return `median ${sorted[Math.floor(sorted.length / 2)]?.toFixed(2)} s, best ${sorted[0]?.toFixed(2)} s`
}

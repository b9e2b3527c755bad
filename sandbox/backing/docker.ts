import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { type Engine, findEngine, hasImage } from './docker-engine'
import { freePort } from './free-port'
import { unrefChild } from './guard'
import type { Source } from './server'

const LONGEST_PULL = 180_000
const LONGEST_START = 20_000

export interface ContainerOptions {
  image: string
  /** For the label: `Redis 5.0.8`. */
  title: string
  /** Inside the container. */
  port: number
  environment: Record<string, string>
  /** The URL for a port on this machine. */
  url: (port: number) => string
  /** What the server writes when it takes connections. */
  ready: RegExp
}

interface Running {
  id: string
  logs: Readable
  stop(): Promise<void>
}

/**
 * A server in a container, by Testcontainers: only where an engine responds at once and the image is there already, or
 * `ACCEPTANCE_BACKING=docker` allows to pull it. One that does not start within its deadline is skipped.
 */
export async function docker(options: ContainerOptions): Promise<Source | undefined> {
  const engine = await findEngine()
  const mayPull = process.env.ACCEPTANCE_BACKING === 'docker'
  if (!engine || !(mayPull || (await hasImage(engine, options.image)))) return undefined
  const port = await freePort()
  const running = await within(mayPull ? LONGEST_PULL : LONGEST_START, run(engine, options, port))
  if (!running) return undefined
  const isUp = saysSo(running.logs, options)
  isUp.catch(() => undefined)
  return {
    label: `${options.title}, Docker`,
    isReal: true,
    url: options.url(port),
    start: () => isUp,
    stop: () => running.stop(),
  }
}

async function run(engine: Engine, { image, port: inside, environment }: ContainerOptions, port: number): Promise<Running> {
  // Testcontainers' own watcher is an image that would have to be pulled; the guard below does its work.
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true'
  process.env.DOCKER_HOST ??= engine.host
  const { GenericContainer, Wait } = await import('testcontainers')
  const container = await new GenericContainer(image)
    .withEnvironment(environment)
    .withExposedPorts({ container: inside, host: port })
    .withLabels({ 'acceptance.suite': `${process.pid}` })
    .withWaitStrategy(Wait.forLogMessage(/./))
    .withStartupTimeout(LONGEST_START)
    .start()
  const watch = guardContainer(engine, container.getId())
  return {
    id: container.getId(),
    logs: await container.logs(),
    stop: async () => {
      await container.stop({ timeout: 0, remove: true })
      watch()
    },
  }
}

const REMOVE = `
const { request } = require('node:http')
const [host, id] = process.argv.slice(1)
const where = host.startsWith('unix://') ? { socketPath: host.slice(7) } : { host: new URL(host).hostname, port: new URL(host).port || 2375 }
process.stdin.resume().once('end', () => request({ ...where, method: 'DELETE', path: '/containers/' + id + '?force=true&v=true' }, (answer) => answer.resume()).end())
`

/** Removes the container when this process dies, however it dies. @returns ends the watch */
function guardContainer({ host }: Engine, id: string): () => void {
  const watcher = spawn(process.execPath, ['-e', REMOVE, host, id], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  unrefChild(watcher)
  return () => void watcher.kill('SIGKILL')
}

/** Removes a container that starts after the deadline. */
async function within(milliseconds: number, running: Promise<Running>): Promise<Running | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds)
  })
  try {
    const first = await Promise.race([running.catch(() => undefined), late])
    if (!first) running.then((one) => one.stop()).catch(() => undefined)
    return first
  } finally {
    clearTimeout(timer)
  }
}

function saysSo(logs: Readable, { title, ready }: ContainerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    logs.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000)
      if (ready.test(said)) resolve()
    })
    logs.once('end', () => reject(new Error(`The container of ${title} ended as it started:\n${said.slice(-2_000)}`)))
  })
}

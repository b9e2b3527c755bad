import { existsSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { homedir } from 'node:os'
import { join } from 'node:path'

const TIMEOUT = 150

/** Address of a Docker engine: a socket or a URL, as in `DOCKER_HOST`. */
export interface Engine {
  host: string
}

/** The sockets that Docker, Docker Desktop, Colima, OrbStack and rootless Docker listen on. */
function knownHosts(): string[] {
  const home = homedir()
  const sockets = [
    '/var/run/docker.sock',
    join(home, '.docker', 'run', 'docker.sock'),
    join(home, '.colima', 'default', 'docker.sock'),
    join(home, '.orbstack', 'run', 'docker.sock'),
    ...(process.env.XDG_RUNTIME_DIR ? [join(process.env.XDG_RUNTIME_DIR, 'docker.sock')] : []),
  ]
  return sockets.filter((path) => existsSync(path)).map((path) => `unix://${path}`)
}

/** The first engine that responds at once; one that accepts the connection and sends nothing does not count. */
export async function findEngine(): Promise<Engine | undefined> {
  const given = process.env.DOCKER_HOST?.trim()
  for (const host of given ? [given] : knownHosts()) {
    const answer = await ask(host, 'GET', '/_ping')
    if (answer?.status === 200 && answer.headers['api-version'] !== undefined) return { host }
  }
  return undefined
}

export async function hasImage({ host }: Engine, image: string): Promise<boolean> {
  return (await ask(host, 'GET', `/images/${encodeURIComponent(image)}/json`, 1_000))?.status === 200
}

interface Answer {
  status: number
  headers: IncomingMessage['headers']
}

function ask(host: string, method: string, path: string, timeout = TIMEOUT): Promise<Answer | undefined> {
  const options = optionsFor(host)
  if (!options) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const call = request({ ...options, method, path, agent: false, signal: AbortSignal.timeout(timeout) }, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
    })
    call.once('error', () => resolve(undefined))
    call.end()
  })
}

function optionsFor(host: string): { socketPath: string } | { host: string; port: string } | undefined {
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) }
  if (!URL.canParse(host)) return undefined
  const { hostname, port } = new URL(host)
  return { host: hostname, port: port || '2375' }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { seededUuids } from '../../../kit/ids'
import { InjectedFaults } from '../../../kit/injected-faults'
import { listen } from '../../../kit/sandbox'
import { State } from '../../../kit/state'
import type { ConnectorApp, Entrypoint, Handler, Infrastructure } from '../../service/app'
import { RunEngine } from '../../service/engine'
import type { Dialect } from '../../service/route'
import { buildService } from '../../service/service'
import { type ConnectorState, emptyState, ObjectStore, SecretStore } from '../../service/stores'

// biome-ignore lint/suspicious/noExplicitAny: the body of any route of any shape
export type Anything = any

export interface Reply {
  status: number
  headers: Headers
  text: string
  body: Anything
}

/** One app behind its web server, called over plain HTTP. */
export interface Shell {
  address: string
  state: State<ConnectorState>
  faults: InjectedFaults
  infrastructure: Infrastructure
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  post(path: string, body?: unknown): Promise<Reply>
  get(path: string): Promise<Reply>
}

export interface ShellParts {
  app?: Partial<ConnectorApp>
  handler?: Handler
  infrastructure?: (made: Infrastructure) => Infrastructure
  dialect?: Dialect
}

const PREFIX = '/workflows/v1'

/** Closed together at the end: a hook of one test would close what the next still needs. */
const opened: (() => Promise<void>)[] = []
after(() => Promise.all(opened.map((close) => close())))

/** A service shell with a small app in it, closed when the file's tests are over. Paths without a prefix get `/workflows/v1`. */
export async function shell({
  app = {},
  handler,
  infrastructure = (made) => made,
  dialect = '3.52.0',
}: ShellParts = {}): Promise<Shell> {
  const folder = mkdtempSync(join(tmpdir(), 'shell-'))
  const state = new State<ConnectorState>(emptyState())
  const faults = new InjectedFaults()
  const made = infrastructure({
    engine: new RunEngine(state, seededUuids(folder)),
    objects: new ObjectStore(state),
    secrets: new SecretStore(state, folder),
    deployment: 'local',
  })
  const whole: ConnectorApp = { name: 'test', entrypoints: [entrypoint('run')], ...(handler ? { handler } : {}), ...app }
  const server = buildService({ app: whole, infrastructure: made, dialect }, faults, state).app
  const address = await listen(server)
  opened.push(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ask: Shell['ask'] = (method, path, body, headers = {}) => send(address, { method, path, body, headers })
  return {
    address,
    state,
    faults,
    infrastructure: made,
    ask,
    post: (path, body) => ask('POST', PREFIX + path, body),
    get: (path) => ask('GET', PREFIX + path),
  }
}

interface Sent {
  method: string
  path: string
  body: unknown
  headers: Record<string, string>
}

async function send(address: string, { method, path, body, headers }: Sent): Promise<Reply> {
  const payload =
    body === undefined || typeof body === 'string' || body instanceof FormData || body instanceof Uint8Array
      ? body
      : JSON.stringify(body)
  const answer = await fetch(address + path, {
    method,
    headers,
    redirect: 'manual',
    ...(payload === undefined ? {} : { body: payload }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) }
}

function parsed(text: string): Anything {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An entrypoint that returns its own name and input. */
export function entrypoint(name: string, more: Partial<Entrypoint> = {}): Entrypoint {
  return {
    name,
    contract: (fields) => {
      const { workflow_id: _id, correlation_id: _correlation, workflow_type: _type, metadata: _metadata, ...given } = fields
      return { input: given, given }
    },
    run: async ({ input }) => ({ ranBy: name, input }),
    ...more,
  }
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { momentOf } from './service/python'

/** The health of a worker, served on its own port, separate from the handler API. */
export interface WorkerHealth {
  readonly address: string
  /** The number of requests it has received. */
  requests(): number
  /** Called when its client of the engine is connected: from then on it is ready. */
  connect(): void
  stop(): Promise<void>
}

interface Condition {
  healthy: boolean
  message: string
  details: Record<string, unknown>
}

/** A worker's report about its poll loop; the engine of a sandbox has none, so there are no pollers and no errors. */
const POLLERS = { poller_counts: null, poller_counts_read_at: null, last_fatal_at: null, last_fatal_type: null, fatal_count: 0 }

/** Starts it; alive at once, ready when its client of the engine is connected. */
export async function startWorkerHealth(): Promise<WorkerHealth> {
  const startedAt = momentOf(new Date())
  let isConnected = false
  let requests = 0
  const conditions: Conditions = {
    '/health': () => fine('Worker process is running', { started_at: startedAt, request_count: requests }),
    '/ready': () =>
      isConnected
        ? fine('Worker is ready', { identity: `${process.pid}@${hostname()}`, ...POLLERS })
        : { healthy: false, message: 'Temporal client not configured', details: {} },
    '/live': () => fine('Worker is responsive', { last_activity: null, ...POLLERS }),
  }
  const server = createServer((request, response) => {
    requests++
    respond(request, response, conditions)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    connect: () => {
      isConnected = true
    },
    stop: () => stop(server),
  }
}

type Conditions = Readonly<Record<string, () => Condition>>

function fine(message: string, details: Record<string, unknown>): Condition {
  return { healthy: true, message, details }
}

function respond({ method, url = '/' }: IncomingMessage, response: ServerResponse, conditions: Conditions): void {
  const condition = conditions[url]?.()
  if (method !== 'GET') send(response, 405, { error: 'Method not allowed' })
  else if (!condition) send(response, 404, { error: 'Not found' })
  else send(response, condition.healthy ? 200 : 503, { ...condition, checked_at: momentOf(new Date()) })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a worker tells of itself on a port of its own, apart from the handler API. */
export interface WorkerHealth {
  readonly address: string
  /** How many requests it has answered. */
  requests(): number
  /** Its client of the engine is there: from here on it is ready. */
  connect(): void
  stop(): Promise<void>
}

interface Condition {
  healthy: boolean
  message: string
}

/** Starts it; alive at once, ready when its client of the engine is there. */
export async function startWorkerHealth(port = 0): Promise<WorkerHealth> {
  const started = Date.now()
  let isConnected = false
  let requests = 0
  const conditions: Record<string, () => Condition> = {
    '/health': () => ({ healthy: true, message: 'Worker is healthy' }),
    '/ready': () => ({ healthy: isConnected, message: isConnected ? 'Worker is ready' : 'Temporal client not connected' }),
    '/live': () => ({ healthy: true, message: 'Worker is alive' }),
  }
  const server = createServer((request, response) => {
    requests++
    const details = { uptime_seconds: Math.floor((Date.now() - started) / 1000), requests }
    answer(request, response, { conditions, details })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    connect: () => {
      isConnected = true
    },
    stop: () => stop(server),
  }
}

interface Known {
  conditions: Record<string, () => Condition>
  details: Record<string, unknown>
}

function answer({ method, url = '/' }: IncomingMessage, response: ServerResponse, { conditions, details }: Known): void {
  const condition = conditions[url.split('?')[0] ?? '']?.()
  if (method !== 'GET') send(response, 405, { error: 'Method not allowed' })
  else if (!condition) send(response, 404, { error: 'Not found' })
  else send(response, condition.healthy ? 200 : 503, { ...condition, details, checked_at: new Date().toISOString() })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

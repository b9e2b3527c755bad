import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { startColony } from '../../../sandbox/colony/server'

const REQUESTS = 'http.server.request.start'
const TEST_POSTS = 'cb4d2ed0-0425-4d26-8755-d4bfd0130c1d'

/** A sandbox for one measurement that counts the calls it receives. */
export interface BenchSandbox {
  /** Its address and credentials, for the measured process. */
  environment: Record<string, string>
  calls(): number
  stop(): Promise<void>
}

export async function benchSandbox(): Promise<BenchSandbox> {
  const sandbox = await startColony()
  const response = await fetch(`${sandbox.address}/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ api_key: sandbox.variables.COLONY_TEST_API_KEY }),
  })
  const { access_token: token } = (await response.json()) as { access_token: string }
  let calls = 0
  const count = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage }
    if (request.url?.startsWith('/api/v1/posts')) calls++
  }
  subscribe(REQUESTS, count)
  return {
    environment: { ...sandbox.variables, BENCH_URL: sandbox.address, BENCH_TOKEN: token, BENCH_COLONY: TEST_POSTS },
    calls: () => calls,
    stop: async () => {
      unsubscribe(REQUESTS, count)
      await sandbox.stop()
    },
  }
}

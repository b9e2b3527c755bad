import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** How a sandbox is started. Services extend it with switches of their own (rate limits, dialects, …). */
export interface SandboxOptions {
  /** 0 or absent: any free port. */
  port?: number
  controlPort?: number
  /** Ids come from it; the same seed gives the same ids. */
  seed?: string
  /** Enforce the service's documented limits; off by default so that a suite is never slowed by them. */
  limits?: boolean
  /** The connector alone: the SDK release whose responses it gives, or those the SDK’s documentation shows. */
  dialect?: '3.52.0' | '3.28.3' | 'doc'
  /** Tags of the scenarios it is started for, so that only what they need is started; absent: it serves anybody, with all there is. */
  tags?: readonly string[]
}

/** A sandbox that is up. */
export interface RunningSandbox {
  readonly service: string
  /** Base URL without a trailing slash, as the service's address variable would hold it. */
  readonly address: string
  /** Base URL of the control port. */
  readonly control: string
  /** What a client on the outside would export to use it as if it were live: addresses and seeded credentials. */
  readonly variables: Readonly<Record<string, string>>
  /** What really runs behind it, e.g. `PostgreSQL 17.10, embedded`. */
  readonly backing: readonly string[]
  stop(): Promise<void>
}

/** Listens on loopback and returns the origin, e.g. `http://127.0.0.1:4101`. */
export async function listen(app: FastifyInstance, port = 0): Promise<string> {
  await app.listen({ host: '127.0.0.1', port })
  const { port: bound } = app.server.address() as AddressInfo
  return `${app.initialConfig.https ? 'https' : 'http'}://127.0.0.1:${bound}`
}

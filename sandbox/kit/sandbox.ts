import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { buildControl, type ControlRoute } from './control'
import { InjectedFaults } from './injected-faults'
import type { Built } from './server'

/** How a sandbox is started. Services extend it with switches of their own (heartbeats, deployments, …). */
export interface SandboxOptions {
  /** 0 or absent: any free port. */
  port?: number
  controlPort?: number
  /** Ids come from it; the same seed gives the same ids. */
  seed?: string
  /** Enforce the service's documented limits; off by default so that a suite is never slowed by them. */
  limits?: boolean
  /** The connector alone: the SDK release whose responses it returns, or the responses that the SDK’s documentation shows. */
  dialect?: '3.52.0' | '3.28.3' | 'doc'
  /** Tags of the scenarios it is started for, so that only what they need is started; absent: everything. */
  tags?: readonly string[]
}

/** A service's description of itself, available once it listens. */
export interface Ready {
  /** Base URL without a trailing slash, as the service's address variable would hold it; its origin where absent. */
  readonly address?: string
  /** The variables with which a client outside uses it like the live service: addresses and seeded credentials. */
  readonly variables: Readonly<Record<string, string>>
  /** The backing servers, e.g. `PostgreSQL 17.10, embedded`; none where absent. */
  readonly backing?: readonly string[]
  /** Optional programs that this machine lacks. */
  readonly lacks?: readonly string[]
  /** Backing servers that are the real ones. */
  readonly real?: readonly string[]
}

/** A sandbox that is up. */
export interface RunningSandbox extends Ready {
  readonly service: string
  readonly address: string
  /** Base URL of the control API. */
  readonly control: string
  readonly backing: readonly string[]
  stop(): Promise<void>
}

export interface Setup<O> {
  readonly options: O
  readonly faults: InjectedFaults
  /**
   * Registers a shutdown callback. They run in reverse order: those from `open` after the apps are closed, those from
   * `ready` before.
   */
  onStop(work: () => unknown): void
}

interface Listening<O> extends Setup<O> {
  readonly app: FastifyInstance
  /** E.g. `http://127.0.0.1:4101`. */
  readonly origin: string
}

export interface SandboxDefinition<S, O, R extends Ready> {
  readonly service: string
  readonly control: readonly ControlRoute<NoInfer<S>>[]
  /** Creates the service's state and opens what it needs. */
  open(setup: Setup<O>): S | Promise<S>
  build(service: NoInfer<S>, faults: InjectedFaults): Built
  /** Seeds and describes the service, which is listening by now. */
  ready(service: NoInfer<S>, listening: Listening<O>): R | Promise<R>
}

/** Starts a sandbox; `control` lists the routes of its control API. */
export interface StartSandbox<O = SandboxOptions, R extends Ready = Ready> {
  (options?: O): Promise<RunningSandbox & R>
  readonly control: readonly ControlRoute<never>[]
}

export function defineSandbox<S, O extends SandboxOptions, R extends Ready>(
  definition: SandboxDefinition<S, O, R>,
): StartSandbox<O, R> {
  const start = async (options = {} as O): Promise<RunningSandbox & R> => {
    const { stop, onStop } = stopList()
    const setup = { options, faults: new InjectedFaults(), onStop }
    try {
      const service = await definition.open(setup)
      const { app, hooks } = definition.build(service, setup.faults)
      const control = buildControl(service, definition.control, setup.faults, hooks)
      onStop(() => Promise.all([app.close(), control.close()]))
      const origin = await listen(app, options.port)
      const controlOrigin = await listen(control, options.controlPort)
      const ready = await definition.ready(service, { ...setup, app, origin })
      return { address: origin, backing: [], ...ready, service: definition.service, control: controlOrigin, stop }
    } catch (error) {
      await stop()
      throw error
    }
  }
  return Object.assign(start, { control: definition.control })
}

function stopList() {
  const works: (() => unknown)[] = []
  return {
    onStop: (work: () => unknown) => void works.push(work),
    /** Runs all callbacks, even if some fail. @throws the first failure */
    stop: async (): Promise<void> => {
      const failures: unknown[] = []
      for (const work of works.splice(0).reverse()) {
        try {
          await work()
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}

/** Listens on loopback and returns the origin, e.g. `http://127.0.0.1:4101`. */
export async function listen(app: FastifyInstance, port = 0): Promise<string> {
  await app.listen({ host: '127.0.0.1', port })
  const { port: bound } = app.server.address() as AddressInfo
  return `${app.initialConfig.https ? 'https' : 'http'}://127.0.0.1:${bound}`
}

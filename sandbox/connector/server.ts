import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { seededUuids } from '../kit/ids'
import { defineSandbox, type SandboxOptions, type Setup } from '../kit/sandbox'
import { State } from '../kit/state'
import { type Controlled, connectorControl } from './control'
import { appFolder } from './folder'
import { postgresApp } from './postgres/app'
import type { Shape } from './postgres/shape'
import type { Infrastructure } from './service/app'
import { RunEngine } from './service/engine'
import type { Service } from './service/route'
import { buildService } from './service/service'
import { type ConnectorState, emptyState, ObjectStore, SecretStore } from './service/stores'
import { type SeededSource, seedSource } from './source'
import { startWorkerHealth } from './worker-health'

export interface ConnectorOptions extends SandboxOptions {
  /** The oldest PostgreSQL that its preflight accepts. */
  minimumVersion?: number
  /** Anything but `local` closes the local vault. */
  deployment?: string
  /** The differences of this app from others on the same SDK. */
  shape?: Shape | undefined
}

interface Connector extends Controlled {
  service: Service
  /** Root folder of the object store. */
  store: string
}

const APP = 'postgres'
/** The event that a run has ended, which a fault can suppress. */
const RUN_CLOSED = 'run.closed'

/** Starts a connector app for PostgreSQL, and the database it reads. */
export const startConnector = defineSandbox({
  service: 'connector',
  control: connectorControl,
  build: ({ service, state }, faults) => buildService(service, faults, state),
  open: async ({ options, faults, onStop }: Setup<ConnectorOptions>): Promise<Connector> => {
    const folder = appFolder()
    onStop(() => rm(folder, { recursive: true, force: true }))
    const source = await seedSource()
    onStop(() => source.stop())
    const dialect = options.dialect ?? '3.52.0'
    // Since 3.52 a run's local folder is removed at its end, and only the object store has its records.
    const store = dialect === '3.52.0' ? join(folder, 'local', 'dapr', 'objectstore') : join(folder, 'local', 'tmp')
    const output = join(store, 'artifacts', 'apps', APP, 'workflows')
    mkdirSync(output, { recursive: true })
    const state = new State<ConnectorState>(emptyState())
    const engine = new RunEngine(state, seededUuids(options.seed ?? folder), () => !faults.suppresses(RUN_CLOSED))
    const { minimumVersion, shape } = options
    const app = postgresApp({ name: APP, folder: output, minimumVersion, dialect, shape })
    const { hasEngine = true, hasStore = true } = shape ?? {}
    const infrastructure: Infrastructure = {
      ...(hasEngine ? { engine } : {}),
      ...(hasStore ? { objects: new ObjectStore(state, store) } : {}),
      secrets: new SecretStore(state, folder),
      deployment: options.deployment ?? 'local',
    }
    return { service: { app, infrastructure, dialect }, engine, state, source, store }
  },
  ready: async ({ engine, source, store }, { origin, onStop }) => {
    onStop(() => engine.stop())
    const worker = await startWorkerHealth()
    onStop(() => worker.stop())
    worker.connect()
    return {
      worker: worker.address,
      variables: { CONNECTOR_URL: origin, CONNECTOR_OBJECT_STORE: store, ...variablesOf(source) },
      backing: [source.server.label],
    }
  },
})

function variablesOf({ host, port, database, owner, reader }: SeededSource): Record<string, string> {
  return {
    E2E_POSTGRES_HOST: host,
    E2E_POSTGRES_PORT: String(port),
    E2E_POSTGRES_USERNAME: owner.username,
    E2E_POSTGRES_PASSWORD: owner.password,
    E2E_POSTGRES_DATABASE: database,
    CONNECTOR_POSTGRES_READ_ONLY_USERNAME: reader.username,
    CONNECTOR_POSTGRES_READ_ONLY_PASSWORD: reader.password,
    CONNECTOR_POSTGRES_FIXTURE: '1',
  }
}

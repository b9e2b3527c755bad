import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { seededUuids } from '../kit/ids'
import { defineSandbox, type SandboxOptions, type Setup } from '../kit/sandbox'
import { State } from '../kit/state'
import { type Controlled, connectorControl } from './control'
import { appFolder } from './folder'
import { postgresApp } from './postgres/app'
import type { Infrastructure } from './service/app'
import { RunEngine } from './service/engine'
import { buildService, type Service } from './service/service'
import { type ConnectorState, emptyState, ObjectStore, SecretStore } from './service/stores'
import { type SeededSource, seedSource } from './source'
import { startWorkerHealth } from './worker-health'

export interface ConnectorOptions extends SandboxOptions {
  /** The oldest PostgreSQL its preflight takes. */
  minimumVersion?: number
  /** Anything but `local` closes the local vault. */
  deployment?: string
  /** Port on which its worker reports its health, as a real app's does. */
  workerPort?: number
}

interface Connector extends Controlled {
  service: Service
  output: string
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
    onStop(() => rmSync(folder, { recursive: true, force: true }))
    const source = await seedSource()
    onStop(() => source.stop())
    const output = join(folder, 'local', 'tmp', 'artifacts', 'apps', APP, 'workflows')
    mkdirSync(output, { recursive: true })
    const state = new State<ConnectorState>(emptyState())
    const engine = new RunEngine(state, seededUuids(options.seed ?? folder), () => !faults.suppresses(RUN_CLOSED))
    const app = postgresApp({ name: APP, folder: output, minimumVersion: options.minimumVersion })
    const stores = { objects: new ObjectStore(state), secrets: new SecretStore(state, folder) }
    const infrastructure: Infrastructure = { engine, ...stores, deployment: options.deployment ?? 'local' }
    return { service: { app, infrastructure, dialect: options.dialect ?? 'sdk' }, engine, state, source, output }
  },
  ready: async ({ engine, source, output }, { origin, options, onStop }) => {
    onStop(() => engine.stop())
    const worker = await startWorkerHealth(options.workerPort)
    onStop(() => worker.stop())
    worker.connect()
    return {
      worker: worker.address,
      variables: { CONNECTOR_URL: origin, CONNECTOR_OUTPUT_PATH: output, ...variablesOf(source) },
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
    E2E_POSTGRES_READ_ONLY_USERNAME: reader.username,
    E2E_POSTGRES_READ_ONLY_PASSWORD: reader.password,
    E2E_POSTGRES_FIXTURE: '1',
  }
}

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { FaultSwitch } from '../kit/faults'
import { seededUuids } from '../kit/ids'
import { listen, type RunningSandbox, type SandboxOptions } from '../kit/sandbox'
import { State } from '../kit/state'
import { connectorControl } from './control'
import { appFolder } from './folder'
import { postgresApp } from './postgres/app'
import type { Shape } from './postgres/shape'
import type { Infrastructure } from './service/app'
import { RunEngine } from './service/engine'
import { buildService } from './service/service'
import { type ConnectorState, emptyState, ObjectStore, SecretStore } from './service/stores'
import { type SeededSource, seedSource } from './source'
import { startWorkerHealth } from './worker-health'

export interface ConnectorOptions extends SandboxOptions {
  /** The oldest PostgreSQL its preflight takes. */
  minimumVersion?: number
  /** Anything but `local` closes the local vault. */
  deployment?: string
  /** In what the app differs from others on the same SDK. */
  shape?: Shape | undefined
  /** Where its worker reports its health; as on a real app's machine, a port beside the handler's. */
  workerPort?: number
}

/** A connector that is up, and where its worker reports its health. */
export interface RunningConnector extends RunningSandbox {
  readonly worker: string
}

const APP = 'postgres'
/** The event that the fault switch suppresses: the end of a run. */
const RUN_CLOSED = 'run.closed'

/** Starts a connector app for PostgreSQL, and the database it reads. */
export async function startConnector(options: ConnectorOptions = {}): Promise<RunningConnector> {
  const source = await seedSource()
  const folder = appFolder()
  const dialect = options.dialect ?? '3.52.0'
  // Since 3.52 a run's local folder is removed at its end, and only the object store has its records.
  const store = dialect === '3.52.0' ? join(folder, 'local', 'dapr', 'objectstore') : join(folder, 'local', 'tmp')
  const output = join(store, 'artifacts', 'apps', APP, 'workflows')
  mkdirSync(output, { recursive: true })
  const state = new State<ConnectorState>(emptyState())
  const faults = new FaultSwitch()
  const engine = new RunEngine(state, seededUuids(options.seed ?? folder), () => !faults.swallows(RUN_CLOSED))
  const app = postgresApp({ name: APP, folder: output, minimumVersion: options.minimumVersion, dialect, shape: options.shape })
  const infrastructure: Infrastructure = {
    engine,
    objects: new ObjectStore(state),
    secrets: new SecretStore(state, folder),
    deployment: options.deployment ?? 'local',
  }
  const built = buildService({ app, infrastructure, dialect }, faults, state)
  const control = connectorControl({ engine, state, source, faults, hooks: built.hooks })
  const addresses = await Promise.all([listen(built.app, options.port), listen(control, options.controlPort)])
  const worker = await startWorkerHealth(options.workerPort)
  worker.connect()
  const stop = async (): Promise<void> => {
    engine.stop()
    await Promise.all([built.app.close(), control.close(), worker.stop()])
    await source.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return described({ source, store, address: addresses[0], control: addresses[1], worker: worker.address, stop })
}

interface Up extends Pick<RunningConnector, 'address' | 'control' | 'worker' | 'stop'> {
  source: SeededSource
  /** Root folder of the object store. */
  store: string
}

function described({ source, store, ...up }: Up): RunningConnector {
  const variables = { CONNECTOR_URL: up.address, CONNECTOR_OBJECT_STORE: store, ...variablesOf(source) }
  return { service: 'connector', ...up, variables, backing: [source.server.label] }
}

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

import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { State } from '../../kit/state'
import type { Body } from './credentials'
import type { RunRow } from './engine'

/** The whole state of an app, as plain data. */
export interface ConnectorState {
  /** By key. */
  objects: Map<string, Uint8Array>
  /** By credential guid. */
  secrets: Map<string, Body>
  /** By run id, in order of their start. */
  runs: Map<string, RunRow>
}

export const emptyState = (): ConnectorState => ({ objects: new Map(), secrets: new Map(), runs: new Map() })

/** The app's object store: configuration documents and uploaded files. */
export class ObjectStore {
  /** @param root folder in which uploads are files, as in the store of a developer's machine */
  constructor(
    private readonly state: State<ConnectorState>,
    private readonly root?: string,
  ) {}

  put(key: string, content: Uint8Array): void {
    this.state.now.objects.set(key, content)
  }

  putFile(key: string, content: Uint8Array): void {
    this.put(key, content)
    if (this.root === undefined) return
    const path = join(this.root, key)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }

  get(key: string): Uint8Array | undefined {
    return this.state.now.objects.get(key)
  }

  keys(): string[] {
    return [...this.state.now.objects.keys()]
  }

  putDocument(app: string, type: string, id: string, document: unknown): void {
    this.put(configKey(app, type, id), Buffer.from(JSON.stringify(document)))
  }

  document(app: string, type: string, id: string): unknown {
    const bytes = this.get(configKey(app, type, id))
    return bytes === undefined ? undefined : JSON.parse(Buffer.from(bytes).toString())
  }
}

function configKey(app: string, type: string, id: string): string {
  return `persistent-artifacts/apps/${app}/${type}/${id}/config.json`
}

/** The local secret store: one object keyed by guid, kept in a file of the app's folder as a developer's machine has it. */
export class SecretStore {
  constructor(
    private readonly state: State<ConnectorState>,
    private readonly folder: string,
  ) {}

  get path(): string {
    return join(this.folder, 'local', 'dapr', 'secrets', 'secrets.json')
  }

  get(guid: string): Body | undefined {
    return this.state.now.secrets.get(guid)
  }

  /** Replaces the file atomically, so that a reader never sees half of it. */
  put(guid: string, secret: Body): void {
    this.state.now.secrets.set(guid, secret)
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 })
    const next = `${this.path}.next`
    writeFileSync(next, JSON.stringify(Object.fromEntries(this.state.now.secrets)), { mode: 0o600 })
    renameSync(next, this.path)
  }
}

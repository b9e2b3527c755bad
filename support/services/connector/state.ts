import { expect } from 'chai'
import { Named } from '../../assertions/named'
import type { AcceptanceWorld } from '../../world'
import { type Arguments, ConnectorClient, type RunId } from './client'
import { type Fields, isFields } from './credentials'
import { connectorOf } from './folders'
import type { Made } from './hooks'
import { type ConnectorSettings, settingsOf } from './settings'
import { Source } from './source'

/** A run and what it was started with. */
export interface StartedRun extends RunId {
  correlationId: string
  connection: Fields | undefined
  /** Epoch milliseconds just before the start. */
  startedAt: number
}

/** Seconds of an id in a connection's qualified name. */
const SECOND = 1_000

/** What one scenario on a connector has set up for its calls, and what came of them. */
export class ConnectorState {
  readonly connector: string
  readonly runs = new Named<StartedRun>('run')
  readonly schemas = new Named<string>('schema')
  /** Ids by `<type>/<name>`. */
  readonly configurations = new Named<string>('configuration')
  /** What the connector's set-up made. */
  setup: Made = {}
  /** The scenario's title. */
  scenario = ''
  /** Fields of the source's credentials that this scenario gives otherwise; undefined: left out. */
  readonly changes: Record<string, unknown> = {}
  /** The credentials instead of the owner's, where another user logs in. */
  otherLogin: Fields | undefined
  /** What a run or a preflight gets besides. */
  readonly metadata: Record<string, unknown> = {}
  readonly extras: Record<string, unknown> = {}
  /** Where runs start, where the scenario says so. */
  endpoint: string | undefined
  entrypoint: string | undefined
  /** Whether the connector's own hook has run before it. */
  hasBegun = false
  /** Whether the app's vault took no credentials, so that its runs have none. */
  vaultIsClosed = false
  /** The latest document that a step received. */
  response: unknown
  /** The latest preflight, whatever its status. */
  preflight: { status: number; document: unknown } | undefined
  /** The guid of the credentials that the scenario put into the vault. */
  guid: string | undefined
  /** What the app said instead of starting a run. */
  notStarted: { status: number; says: string } | undefined
  private latest: string | undefined
  private knownSource: Source | undefined
  private knownConnection: Fields | undefined

  constructor(readonly world: AcceptanceWorld) {
    this.connector = connectorOf(world.feature)
  }

  get settings(): ConnectorSettings {
    return settingsOf(this.connector)
  }

  get source(): Source {
    this.knownSource ??= new Source(this.world.access, this.connector, this.scenario)
    return this.knownSource
  }

  get api(): ConnectorClient {
    return ConnectorClient.of(this.world.access, this.connector)
  }

  get rawApi(): ConnectorClient {
    return ConnectorClient.raw(this.world.access, this.connector)
  }

  /** The owner's credentials with this scenario's changes. */
  get credentials(): Fields {
    const whole = { ...(this.otherLogin ?? this.source.credentials.evaluate()), ...this.changes }
    return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined))
  }

  /** A run that is to complete needs a connection with a qualified name of at least three parts. */
  get connection(): Fields {
    this.knownConnection ??= {
      typeName: 'Connection',
      attributes: {
        qualifiedName: `default/${this.connector}/${Math.floor(Date.now() / SECOND)}`,
        name: this.world.access.unique('acceptance'),
      },
    }
    return this.knownConnection
  }

  /** All this scenario would give to a call. */
  get input(): Arguments {
    return { credentials: this.credentials, metadata: this.metadata, connection: this.connection, ...this.extras }
  }

  /** Scenario endpoint, then the entrypoint of the scenario or the folder, then the folder's endpoint. */
  get startPath(): string {
    if (this.endpoint !== undefined) return this.endpoint
    const { workflowEndpoint = '/start' } = this.settings
    const entrypoint = this.entrypoint ?? this.settings.entrypoint ?? ''
    if (entrypoint === '') return workflowEndpoint
    return `${workflowEndpoint}${workflowEndpoint.includes('?') ? '&' : '?'}entrypoint=${encodeURIComponent(entrypoint)}`
  }

  /** From here on this is the document that tables look at. */
  examine(response: unknown): void {
    this.response = response
    this.world.document = response
  }

  /** The run that was started last. */
  get run(): StartedRun {
    return this.runs.recall(this.latest ?? 'the latest')
  }

  rememberRun(name: string, run: StartedRun): StartedRun {
    this.latest = name
    return this.runs.remember(name, run)
  }

  schemaNamed(name: string): string {
    return this.setup[name] ?? this.schemas.recall(name)
  }

  responseFields(): Fields {
    expect(this.response, 'a response').to.satisfy(isFields)
    return this.response as Fields
  }
}

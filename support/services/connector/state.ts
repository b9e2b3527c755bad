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

/** State of one scenario on a connector: the input of its calls, and their results. */
export class ConnectorState {
  readonly connector: string
  readonly runs = new Named<StartedRun>('run')
  readonly schemas = new Named<string>('schema')
  /** Ids by `<type>/<name>`. */
  readonly configurations = new Named<string>('configuration')
  /** Values that the connector's set-up has created. */
  setup: Made = {}
  /** The scenario's title. */
  scenario = ''
  /** Fields of the source's credentials that this scenario overrides; undefined: left out. */
  readonly changes: Record<string, unknown> = {}
  /** Credentials used instead of the owner's, where another user logs in. */
  otherLogin: Fields | undefined
  /** Further input of a run or a preflight. */
  readonly metadata: Record<string, unknown> = {}
  readonly extras: Record<string, unknown> = {}
  /** Path at which runs are started, if the scenario sets one. */
  endpoint: string | undefined
  entrypoint: string | undefined
  /** Whether the connector's own hook has run before this scenario. */
  hasBegun = false
  /** Whether the app's vault accepted no credentials, so that its runs have none. */
  vaultIsClosed = false
  /** The latest document that a step received. */
  response: unknown
  /** The latest preflight, whatever its status. */
  preflight: { status: number; document: unknown } | undefined
  /** What the app's deployment lacks for the latest call, where that is why it was refused. */
  lacking: { reason: string; toSet: string } | undefined
  /** The guid of the credentials that the scenario put into the vault. */
  guid: string | undefined
  /** The app's response instead of a started run. */
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

  /** A run needs a connection with a qualified name of at least three parts to complete. */
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

  /** The complete input of a call in this scenario. */
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

  /** Sets the document that tables examine. */
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

import { expect } from 'chai'
import type { AcceptanceWorld } from '../../world'
import { Named } from '../known'
import { type Arguments, ConnectorClient, type RunId } from './client'
import { type Fields, isFields } from './credentials'
import { connectorOf } from './folders'
import type { Made } from './hooks'
import { Source } from './source'

/** What one scenario on a connector has said so far of its call, and what came of it. */
export class ConnectorState {
  readonly connector: string
  readonly source: Source
  readonly runs = new Named<RunId>('run')
  readonly schemas = new Named<string>('schema')
  readonly documents = new Named<string>('configuration')
  /** What the connector's set-up made. */
  setup: Made = {}
  /** Fields of the source's credentials that this scenario gives otherwise; undefined: left out. */
  readonly changes: Record<string, unknown> = {}
  /** The credentials instead of the owner's, where somebody else logs in. */
  somebodyElse: Fields | undefined
  /** What a run or a preflight is told besides. */
  readonly metadata: Record<string, unknown> = {}
  readonly extras: Record<string, unknown> = {}
  connection: Fields | undefined
  endpoint = '/start'
  /** Whether the connector's own hook has run before it. */
  hasBegun = false
  /** The schema something happened to. */
  changed = ''
  /** Milliseconds a call may take, where the scenario says so. */
  timeout: number | undefined
  /** Whether the app's vault took no credentials, so that its runs have none. */
  vaultIsClosed = false
  /** The latest answer of a form's call. */
  answer: unknown
  /** What was said instead of starting a run. */
  notStarted: { status: number; says: string } | undefined
  private latest: string | undefined

  constructor(readonly world: AcceptanceWorld) {
    this.connector = connectorOf(world.feature)
    this.source = new Source(world.access, this.connector)
  }

  get api(): ConnectorClient {
    return ConnectorClient.of(this.world.access, this.timeout)
  }

  get candid(): ConnectorClient {
    return ConnectorClient.candid(this.world.access, this.timeout)
  }

  /** The owner's credentials with this scenario's changes. */
  get credentials(): Fields {
    const whole = { ...(this.somebodyElse ?? this.source.credentials.evaluate()), ...this.changes }
    return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined))
  }

  /** All this scenario would give to a call. */
  get input(): Arguments {
    return { credentials: this.credentials, metadata: this.metadata, connection: this.connection, ...this.extras }
  }

  /** From here on this is the document that tables look at. */
  examine(answer: unknown): void {
    this.answer = answer
    this.world.document = answer
  }

  /** The run that was started last. */
  get run(): RunId {
    return this.runs.recall(this.latest ?? 'the latest')
  }

  rememberRun(name: string, run: RunId): RunId {
    this.latest = name
    return this.runs.remember(name, run)
  }

  schemaNamed(name: string): string {
    return this.setup[name] ?? this.schemas.recall(name)
  }

  answerFields(): Fields {
    expect(this.answer, 'an answer').to.satisfy(isFields)
    return this.answer as Fields
  }
}

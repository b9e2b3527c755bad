import type { AuthInput, MetadataInput, PreflightInput } from './contracts'
import type { Body, Pair } from './credentials'
import type { Engine } from './engine'
import type { AppError } from './errors'
import type { ObjectStore, SecretStore } from './stores'

/** What a handler can see while it answers one request, and only then. */
export interface HandlerContext {
  readonly appName: string
  readonly requestId: string
  readonly credentials: readonly Pair[]
  readonly infrastructure: Infrastructure
  secret(name: string): Body | undefined
}

export interface AuthOutput {
  status: 'success' | 'failed' | 'expired' | 'invalid_credentials'
  message?: string
  identities?: string[]
  scopes?: string[]
  expiresAt?: string
  /** Typed details of a failed login; their message replaces the other one. */
  error?: AppError
}

export type Tier = 'preflight' | 'warmup'

/** What a probe of the source's compute found. */
export interface WarmupOutput {
  state: 'cold' | 'warming' | 'queued' | 'ready' | 'unavailable'
  sourceState?: string
  queuedQueries?: number
  nextPollSeconds?: number
}

export interface CheckResult {
  name: string
  passed?: boolean
  message?: string
  durationMs?: number
  error?: AppError
  /** `preflight` unless given. */
  tier?: Tier
}

export interface PreflightOutput {
  status: 'ready' | 'not_ready' | 'partial' | 'pending'
  message?: string
  totalDurationMs?: number
  checks?: CheckResult[]
}

/** Rows of an SQL source, or nodes of an API source with their children. */
export type MetadataOutput =
  | { TABLE_CATALOG: string; TABLE_SCHEMA: string }[]
  | { value: string; title: string; node_type: string; children: unknown[] }[]

export interface Handler {
  auth?(input: AuthInput, context: HandlerContext): Promise<AuthOutput>
  check?(input: PreflightInput, context: HandlerContext): Promise<PreflightOutput>
  metadata?(input: MetadataInput, context: HandlerContext): Promise<MetadataOutput>
  /** A probe of the source's compute; an app without one is always ready. */
  warmup?(input: PreflightInput, context: HandlerContext): Promise<WarmupOutput>
}

/** What a run works with. */
export interface RunContext {
  readonly appName: string
  readonly workflowId: string
  readonly runId: string
  readonly correlationId: string
  readonly input: Body
  /** Aborted when the run is terminated or out of time. */
  readonly signal: AbortSignal
  readonly infrastructure: Infrastructure
}

/** One kind of run an app offers. */
export interface Entrypoint {
  /** Kebab-case; `run` for the app's own. */
  name: string
  isDefault?: boolean
  /** What its input looks like, as JSON Schema. */
  schema?: Body
  /**
   * The input with its defaults, and apart from it the fields that differ from them.
   * @throws TypeError where the caller's fields cannot be put together at all, anything else where they break the contract
   */
  contract(fields: Body): { input: Body; given: Body }
  run(context: RunContext): Promise<unknown>
}

export interface Trigger {
  eventId: string
  eventType: string
  eventName: string
  filters?: { path: string; operator: string; value: string }[]
  entrypoint?: string
}

export interface Subscription {
  pubsubname: string
  topic: string
  route: string
  bulk?: boolean
  deadLetterTopic?: string
  callback(body: unknown): Promise<unknown>
}

/** A connector app as its service shell sees it. */
export interface ConnectorApp {
  name: string
  /** False: it is not in the engine's registry. */
  isRegistered?: boolean
  handler?: Handler
  entrypoints: readonly Entrypoint[]
  /** Functions by module: `''` for the app's own, else the entrypoint's name in snake_case. Only asynchronous ones count. */
  modules?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** A manifest made by code. */
  manifest?: Body
  /** The folder of generated JSON files, by path; absent where there is no such folder. */
  generated?: Readonly<Record<string, unknown>>
  triggers?: readonly Trigger[]
  subscriptions?: readonly Subscription[]
  /** Older names of workflow types, by the entrypoint they stand for. */
  legacyTypes?: Readonly<Record<string, string>>
  /** Seconds a cold source may take; 600 unless given. */
  warmupCeiling?: number
  /** Milliseconds a probe may take; 10 s unless given. */
  warmupTimeout?: number
  /** Routes of the app's own, by path; none replaces one of the SDK's. */
  routes?: Readonly<Record<string, unknown>>
  /** What its build was stamped with. */
  buildId?: string
  /** The bundled front end's page. */
  page?: string
}

/** What stands behind the service; what is absent was not configured. */
export interface Infrastructure {
  engine?: Engine
  objects?: ObjectStore
  secrets: SecretStore
  /** `local` opens the local vault. */
  deployment: string
  /** Milliseconds a run may take; none: as long as it likes. */
  executionTimeout?: number
}

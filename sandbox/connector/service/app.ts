import type { AuthInput, MetadataInput, PreflightInput } from './contracts'
import type { Body, Pair } from './credentials'
import type { Engine } from './engine'
import type { AppError } from './errors'
import type { ObjectStore, SecretStore } from './stores'

/** The context of a handler, valid during one request. */
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
  /** Typed details of a failed login; their message replaces the plain one. */
  error?: AppError
}

export type Tier = 'preflight' | 'warmup'

/** Result of a probe of the source's compute. */
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

/** The context of a run. */
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

/** One kind of run that an app has. */
export interface Entrypoint {
  /** Kebab-case; `run` for the app's own. */
  name: string
  isDefault?: boolean
  /** Its input as JSON Schema. */
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

/** A connector app. */
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
  /** Older names of workflow types, with their entrypoints. */
  legacyTypes?: Readonly<Record<string, string>>
  /** Timeout of a probe in milliseconds; 10 s unless given. */
  warmupTimeout?: number
  /** Routes of the app's own, by path; none replaces one of the SDK's. */
  routes?: Readonly<Record<string, unknown>>
  /** The metadata of its build. */
  buildId?: string
  /** The bundled front end's page. */
  page?: string
}

/** The dependencies of the service; an absent one is not configured. */
export interface Infrastructure {
  engine?: Engine
  objects?: ObjectStore
  secrets: SecretStore
  /** `local` opens the local vault. */
  deployment: string
  /** Timeout of a run in milliseconds; absent: none. */
  executionTimeout?: number
}

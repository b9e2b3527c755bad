import type { Platform } from '../chat/platform'
import type { Environment, Variable } from '../config/variables'
import type { Agents } from '../http/agents'
import type { Http, HttpOptions } from '../http/client'
import type { Failure } from '../http/errors'
import type { Exchanges } from '../http/exchanges'
import type { LengthUnit } from '../undo/names'
import type { Undo, UndoTable } from '../undo/undo'

/** A word of a tag `@needs:<x>` or `@opt-in:<x>`: what it means and which variables provide it. */
export interface Optional {
  means: string
  /** All of these must be set for it to be there live. */
  variables: readonly string[]
  /** Where a value, not mere presence, decides (`COLONY_TEST_PERSIST` must be exactly `1`). */
  value?: string
}

/** What a phrase of `Then it is refused because …` means; every part given must match. */
export interface Refused {
  status?: readonly number[]
  code?: readonly string[]
  says?: RegExp
}

/** The meaning of a phrase; by the path of the feature where each of its folders decides. @throws NotOffered where one does not say */
export type RefusedIn = Refused | ((feature: string) => Refused)

/** Live only: a refusal that skips the scenario instead of failing it, since it speaks of the account, not of the service. */
export type SkipReasonOf = (failure: Failure) => { reason: string; toSet: string } | undefined

export type Credentials = Readonly<Record<string, string>>

/** Where a person's credentials come from: the environment live, the control port on a sandbox. */
export interface People {
  /** @throws where there is no person of that name */
  person(name: string): Promise<Credentials>
}

/** Asks a sandbox's control port; there is none live. */
export interface Control {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body?: unknown): Promise<T>
  delete<T>(path: string): Promise<T>
}

export type ServiceHttpOptions = Pick<HttpOptions, 'baseURL'> &
  Partial<Pick<HttpOptions, 'authorization' | 'classifyFailure' | 'headers' | 'agents' | 'onHeaders' | 'rateLimit' | 'refuse'>>

/**
 * A service as one caller sees it: a scenario, the run itself, the sweep or the doctor. Clients are built from it alone, so that
 * all four share them.
 */
export interface ServiceAccess {
  readonly service: string
  readonly isLive: boolean
  readonly address: string
  readonly runId: string
  /** How many machines use the accounts at once, each with its part of every rate limit: 1 where the run is whole. */
  readonly shards: number
  /** Absent live. */
  readonly control: Control | undefined
  readonly people: People
  readonly undo: Undo
  /** For clients that do not go through `http`: every call is remembered here, too. */
  readonly exchanges: Exchanges
  readonly agents: Agents
  /** A variable of this service: from the environment live, from the sandbox itself otherwise. */
  setting(name: string): string | undefined
  /** All variables with this prefix that are set, by their whole names, from the same place. */
  settingsWith(prefix: string): Readonly<Record<string, string>>
  http(options: ServiceHttpOptions): Http
  /** A secret got while running: from here on it is removed from every output. */
  learn(secret: string): void
  /** A thing the whole run shares, made by the main thread on its first use. */
  once<T>(what: string, detail?: string): Promise<T>
  /** A connection of this process or worker, opened on the first demand and closed with it. */
  connection<T>(key: string, open: () => Promise<T>, close: (kept: T) => Promise<void> | void): Promise<T>
  /** `<text> {run id}-{n}` within the limit, counted as the service counts (in code points unless given). */
  unique(text: string, limit?: number, unit?: LengthUnit): string
}

/** What the suite needs at run time of a service whose scenarios were chosen; imported only then. */
export interface ServiceRuntime<Clients> {
  undo: UndoTable<Clients>
  /** Clients for finishing a journalled entry in the name of the person who made it. */
  clients(access: ServiceAccess, by: string): Promise<Clients>
  /** Things the whole run shares; what they return must be cloneable. */
  shared?: Record<string, (access: ServiceAccess, detail: string) => Promise<unknown>>
  /** Before the first scenario, on the main thread: throws UsageError where the configuration cannot work. */
  check?(access: ServiceAccess): Promise<void>
  /**
   * Whose account the credentials are, asked of the service itself after `check`: shown before the first scenario. Nothing where the
   * service cannot say so now.
   */
  account?(access: ServiceAccess): Promise<Account | undefined>
  /** Before a scenario's first step, its gates open: waits for what only it needs and what came up slowly. */
  prepare?(access: ServiceAccess, tags: readonly string[]): Promise<void>
  /** After the last scenario, on the main thread, when the run's own things are undone. Sentences for the summary. */
  finish?(access: ServiceAccess): Promise<string[]>
  probe?(access: ServiceAccess): Promise<ProbeLine[]>
}

/** An account as its service knows it. */
export interface Account {
  id: string
  /** As people of that service call it: a username, a handle, an e-mail address. */
  name: string
}

/** One finding of the doctor. */
export interface ProbeLine {
  ok: boolean
  says: string
  toDo?: string
}

/** One of the seven services: plain data, cheap to import; everything heavy hangs on `load`. */
export interface ServiceDefinition {
  name: string
  title: string
  /** The variable that points somewhere else, and where the service is without it. */
  address: {
    variable: string
    fallback?: string
    /** Makes a URL of what the variable may hold besides one, such as a bare host. */
    from?(value: string): string
  }
  variables: readonly Variable[]
  /** Variables without which it can't run live; an inner list means any one of them. */
  required: readonly (string | readonly string[])[]
  /** Live, where one of several credentials is enough: which is used, in words for the opening table. Never a value. */
  uses?(environment: Environment): string | undefined
  /** Whose account a name is live: field of the credentials by variable. */
  people: Readonly<Record<string, Readonly<Record<string, string>>>>
  optIns?: Readonly<Record<string, Optional>>
  needs?: Readonly<Record<string, Optional>>
  /** By the words after "it is refused because". */
  refusals: Readonly<Record<string, RefusedIn>>
  skipReasonOf?: SkipReasonOf
  /** Where the service is a chat platform; imported when one of its scenarios first speaks to it. */
  chat?(): Promise<Platform>
  /** Kept kinds, in words, for the README: what a live run leaves that no call removes. */
  keeps?: readonly string[]
  /** What `<SERVICE>_TEST_ACCOUNT` may hold, in words; absent where credentials belong to no account. */
  testAccount?: string
  /** Live, all its scenarios stay on one shard: the rate limits of an account are too small to divide among several. */
  isUndivided?: boolean
  load(): Promise<ServiceRuntime<unknown>>
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { NotOffered, UsageError } from '../../config/errors'
import type { ServiceAccess } from '../service'
import { folderOf, optionOf } from './folders'

const SECOND = 1_000

/** Step timeout for steps that call an app: above any timeout of a call or a run in the settings. */
export const STEP_TIMEOUT = { timeout: 3_600 * SECOND }

const verdict = z.enum(['ready', 'not_ready', 'partial', 'pending'])
const fields = z.record(z.string(), z.unknown())

/** The subject of a preflight check, whatever its name in the app. */
const meaning = z.enum(['names', 'tables', 'version'])
export type CheckMeaning = z.infer<typeof meaning>

/**
 * Behaviour of one folder's app, in `features/connector/<name>/settings.ts`. All settings are optional: without a setting the suite
 * expects the common behaviour of apps on the SDK, and other scenarios are skipped with the name of the setting.
 */
const schema = z.strictObject({
  /** The app's own address, where one run addresses several apps; `CONNECTOR_<NAME>_URL` takes precedence. */
  serverHost: z.url().optional(),
  /** Timeout of a call in seconds (30). */
  timeout: z.number().positive().optional(),
  /** Path at which runs are started (`/start`). */
  workflowEndpoint: z.string().startsWith('/').optional(),
  /** The entrypoint of runs, where it is not the app's default. */
  entrypoint: z.string().optional(),
  /** Entrypoints by what they do. */
  entrypoints: z.strictObject({ queries: z.string() }).partial().optional(),
  /** The SDK release the app is built on, as in `3.28.3`; the latest unless given. */
  sdkVersion: z
    .string()
    .regex(/^\d+\.\d+(\.\d+)?$/)
    .optional(),
  /** Required variables of the source: `HOST` for `E2E_<NAME>_HOST`. */
  variables: z.array(z.string().regex(/^[A-Z0-9_]+$/)).optional(),
  /** Fields of the credentials that no variable can contain, such as `authType` and `extra`; `{host}` is replaced by the field `host`. */
  credentials: fields.optional(),
  /** Names of the preflight's checks by their subject. */
  checks: z.partialRecord(meaning, z.string()).optional(),
  /** Checks that may fail while the set-up is ready. */
  advisoryChecks: z.array(z.string()).optional(),
  /** Whether `checks_to_run` has an effect. */
  runsSingleChecks: z.boolean().optional(),
  /** Verdicts by meaning: of a preflight with a missing name, and of one with a refused login. */
  verdicts: z
    .strictObject({ problem: z.array(verdict), refusedLogin: z.array(verdict) })
    .partial()
    .optional(),
  /** Words of the app for a refused login, as regular expressions, by the reason after "it is refused because". */
  refusals: z.record(z.string(), z.string()).optional(),
  hasManifest: z.boolean().optional(),
  hasForms: z.boolean().optional(),
  /** The names of all forms, where they are known. */
  forms: z.array(z.string()).optional(),
  /** How a filter given as text is read: as a regular expression for `database.schema`, or not at all. */
  textFilters: z.enum(['regular expression', 'none']).optional(),
  /** File beside the features with the records that a run of the fixture must write. */
  baseline: z.string().optional(),
})

export type ConnectorSettings = z.input<typeof schema>

const read = new Map<string, ConnectorSettings>()

/** @throws UsageError where the folder's settings are invalid */
export function settingsOf(connector: string): ConnectorSettings {
  const known = read.get(connector) ?? load(connector)
  read.set(connector, known)
  return known
}

function load(connector: string): ConnectorSettings {
  const path = join(folderOf(connector), 'settings')
  if (connector === '' || !existsSync(`${path}.ts`)) return {}
  const { settings } = require(path) as { settings?: unknown }
  const result = schema.safeParse(settings)
  if (result.success) return result.data
  const faults = result.error.issues.map(({ path: at, message }) => `${at.join('.') || 'settings'}: ${message}`)
  throw new UsageError(`features/connector/${connector}/settings.ts is not valid: ${faults.join('; ')}.`)
}

/** @throws NotOffered, which skips the scenario, where the folder's settings do not contain it */
export function offered<T>(connector: string, value: T | undefined | false, lacks: string, setting: string): T {
  if (value !== undefined && value !== false) return value
  throw new NotOffered(`the app of ${connector} ${lacks}`, `${setting} in features/connector/${connector}/settings.ts`)
}

/** Whether the app is built on an older release than the given one. */
export function isBefore(connector: string, release: string): boolean {
  const { sdkVersion } = settingsOf(connector)
  if (sdkVersion === undefined) return false
  const [own, other] = [sdkVersion, release].map((version) => version.split('.').map(Number)) as [number[], number[]]
  const at = other.findIndex((part, index) => part !== (own[index] ?? 0))
  return at >= 0 && (own[at] ?? 0) < (other[at] ?? 0)
}

/** Address of a folder's app, and its timeouts in milliseconds. */
export function endpointOf(access: ServiceAccess, connector: string): { baseURL: string; timeout: number | undefined } {
  const { serverHost, timeout } = settingsOf(connector)
  const own = connector === '' ? undefined : access.setting(optionOf(connector, 'URL'))
  const seconds = timeout ?? numberIn(access.setting('CONNECTOR_TIMEOUT'))
  return {
    baseURL: own ?? (access.isLive ? serverHost : undefined) ?? access.address,
    timeout: seconds === undefined ? undefined : seconds * SECOND,
  }
}

function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

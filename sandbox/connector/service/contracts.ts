import { z } from 'zod'
import { bool, reject } from '../../kit/fastapi'
import { withAgent } from './agents'
import type { Tier } from './app'
import { type Body, isObject, normalised } from './credentials'
import { InvalidRequest } from './errors'

/** A value for which this holds. */
function ruled<T>(holds: (value: unknown) => boolean, type: string, message: string) {
  return z.custom<T>(holds, { message, params: { type } })
}

const text = ruled<string>((value) => typeof value === 'string', 'string_type', 'Input should be a valid string')
const model = (name: string) => ruled<Body>(isObject, 'model_type', `Input should be a valid dictionary or instance of ${name}`)
const anyList = ruled<unknown[]>(Array.isArray, 'list_type', 'Input should be a valid list')
const anyMap = ruled<Body>(isObject, 'dict_type', 'Input should be a valid dictionary')
const pairs = anyList.pipe(z.array(model('HandlerCredential').pipe(z.object({ key: text, value: text }))))

const WHOLE = /^\s*[+-]?\d+(_\d+)*(\.0+)?\s*$/

/** A whole number, a boolean, or a text of digits, which may be grouped by underscores. */
const integer = z.unknown().transform((value, context): number => {
  const msg = 'Input should be a valid integer'
  if (typeof value === 'boolean' || Number.isInteger(value)) return Number(value)
  if (typeof value === 'number' && !Number.isFinite(value))
    return reject(context, { type: 'finite_number', msg: 'Input should be a finite number' })
  if (typeof value === 'number')
    return reject(context, { type: 'int_from_float', msg: `${msg}, got a number with a fractional part` })
  if (typeof value !== 'string') return reject(context, { type: 'int_type', msg })
  if (WHOLE.test(value)) return Number(value.replaceAll('_', ''))
  return reject(context, { type: 'int_parsing', msg: `${msg}, unable to parse string as an integer` })
})

const TIERS: readonly unknown[] = ['preflight', 'warmup'] satisfies Tier[]
const NO_TIER = 'Value error, tiers must name at least one tier; omit it for every tier'
const tiers = ruled<unknown[]>(Array.isArray, 'frozen_set_type', 'Input should be a valid frozenset')
  .pipe(ruled<unknown[]>((list) => (list as unknown[]).length > 0, 'value_error', NO_TIER))
  .pipe(z.array(ruled<Tier>((tier) => TIERS.includes(tier), 'enum', "Input should be 'preflight' or 'warmup'")))

/** Fields in the order in which errors are listed. */
const credentials = { credentials: pairs.default([]) }
const entrypoint = {
  entrypoint: text.default(''),
  /** Informational: the connector's name in the caller's form. Not used for routing. */
  entrypoint_ref: text.default(''),
}
/** The description of an agent, wherever it was found. */
const agent = { agent_json: z.custom<Body>().optional() }
const config = model('BaseConnectionConfig').default({})

const auth = z.object({
  ...credentials,
  connection_id: text.default(''),
  ...entrypoint,
  timeout_seconds: integer.default(30),
  ...agent,
})
const formerPreflight = z.object({
  ...credentials,
  credentials_by_name: anyMap.pipe(z.record(z.string(), pairs)).optional(),
  ...entrypoint,
  connection_config: config,
  metadata: model('BaseMetadataConfig').default({}),
  checks_to_run: anyList.pipe(z.array(text)).default([]),
  timeout_seconds: integer.default(60),
  ...agent,
})
/** Without tiers: all of them, and no probe. */
const preflight = formerPreflight.extend({ tiers: tiers.optional() })
const metadata = z.object({
  ...credentials,
  ...entrypoint,
  metadata_template_key: text.default(''),
  connection_config: config,
  object_filter: text.default(''),
  include_fields: bool.default(true),
  max_objects: integer.default(1000),
  timeout_seconds: integer.default(120),
  ...agent,
})

export type AuthInput = z.infer<typeof auth>
export type PreflightInput = z.infer<typeof preflight>
export type MetadataInput = z.infer<typeof metadata>

/** @throws Refusal 422 with every field that breaks the contract, and never its value, which may be a secret */
export function authInput(body: Body): AuthInput {
  return validated(auth, prepared(body))
}

/** @param isNew 3.52 has tiers; before, that field is unknown */
export function preflightInput(body: Body, isNew = true): PreflightInput {
  return validated(isNew ? preflight : formerPreflight, mirrored(prepared(body)))
}

export function metadataInput(body: Body): MetadataInput {
  const input = validated(metadata, prepared(body))
  return { ...input, object_filter: input.object_filter || input.metadata_template_key }
}

function prepared(body: Body): Body {
  return normalised(withAgent(body))
}

/** Callers send either name; where only one was sent, both get its value. */
function mirrored(body: Body): Body {
  const { metadata: inner = null, connection_config: outer = null } = body
  if (inner !== null && outer === null) return { ...body, connection_config: inner }
  return outer !== null && inner === null ? { ...body, metadata: outer } : body
}

/** Alternative names of fields; the first one present counts, a field's own name first. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  entrypoint_ref: ['connector'],
  metadata_template_key: ['metadataTemplateKey', 'type'],
}

function validated<T>(schema: z.ZodType<T>, body: Body): T {
  const sentAs = (name: string): string => [name, ...(ALIASES[name] ?? [])].find((one) => one in body) ?? name
  const named = Object.keys(ALIASES).map((name) => [name, body[sentAs(name)]])
  const result = schema.safeParse({ ...body, ...Object.fromEntries(named) }, { reportInput: true })
  if (result.success) return result.data
  const violations = result.error.issues.map((issue) => {
    const [name, ...inner] = issue.path
    const field = [sentAs(String(name)), ...inner].join('.')
    if (issue.input === undefined) return { field, message: 'Field required', type: 'missing' }
    return { field, message: issue.message, type: issue.code === 'custom' ? issue.params?.type : issue.code }
  })
  const names = violations.map(({ field }) => field).join(', ')
  throw new InvalidRequest(422, { success: false, message: `Invalid request: ${names}`, detail: violations })
}

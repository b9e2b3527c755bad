import { z } from 'zod'
import { bool, int, reject, validationErrors } from '../../kit/fastapi'
import { Refusal } from '../../kit/refusal'
import { withAgent } from './agents'
import { type Body, isObject, normalised, type Pair } from './credentials'

interface Field {
  schema: z.ZodType
  /** Other names callers may send it under; the first that is there counts, its own name first. */
  aliases?: readonly string[]
}

/** Fields in the order in which errors are listed. */
type Contract = Readonly<Record<string, Field>>

/** An object of a type that has a name. */
const model = (name: string) =>
  z.unknown().transform((value, context): Body => {
    if (isObject(value)) return value
    return reject(context, { type: 'model_type', msg: `Input should be a valid dictionary or instance of ${name}` })
  })

const text = { schema: z.string() }
const pairs = z.array(model('HandlerCredential').pipe(z.object({ key: z.string(), value: z.string() })))
/** Python counts its booleans as integers. */
const whole = { schema: z.preprocess((value) => (typeof value === 'boolean' ? Number(value) : value), int()) }

const CREDENTIALS: Contract = { credentials: { schema: pairs } }
const ENTRYPOINT: Contract = { entrypoint: text, entrypoint_ref: { ...text, aliases: ['connector'] } }
const CONNECTION: Contract = { connection_config: { schema: model('BaseConnectionConfig') } }
const TIMEOUT: Contract = { timeout_seconds: whole }
const AUTH: Contract = { ...CREDENTIALS, connection_id: text, ...ENTRYPOINT, ...TIMEOUT }
const PREFLIGHT: Contract = {
  ...CREDENTIALS,
  credentials_by_name: { schema: z.record(z.string(), pairs) },
  ...ENTRYPOINT,
  ...CONNECTION,
  metadata: { schema: model('BaseMetadataConfig') },
  checks_to_run: { schema: z.array(z.string()) },
  ...TIMEOUT,
}
const METADATA: Contract = {
  ...CREDENTIALS,
  ...ENTRYPOINT,
  metadata_template_key: { ...text, aliases: ['metadataTemplateKey', 'type'] },
  ...CONNECTION,
  object_filter: text,
  include_fields: { schema: bool },
  max_objects: whole,
  ...TIMEOUT,
}

interface Common {
  credentials: Pair[]
  entrypoint: string
  /** Informational: what the caller's form calls the connector. Never routes. */
  entrypointRef: string
  timeoutSeconds: number
  agent: Body | undefined
}

export interface AuthInput extends Common {
  connectionId: string
}

export interface PreflightInput extends Common {
  connectionConfig: Body
  metadata: Body
  checksToRun: string[]
}

export interface MetadataInput extends Common {
  connectionConfig: Body
  objectFilter: string
  includeFields: boolean
  maxObjects: number
  templateKey: string
}

/** @throws Refusal 422 naming every field that breaks the contract, and never the value, which may be a secret */
export function authInput(body: Body): AuthInput {
  const fields = held(prepared(body), AUTH)
  return { ...common(fields, 30), connectionId: word(fields.connection_id) }
}

export function preflightInput(body: Body): PreflightInput {
  const fields = held(mirrored(prepared(body)), PREFLIGHT)
  return {
    ...common(fields, 60),
    connectionConfig: (fields.connection_config ?? {}) as Body,
    metadata: (fields.metadata ?? {}) as Body,
    checksToRun: (fields.checks_to_run ?? []) as string[],
  }
}

export function metadataInput(body: Body): MetadataInput {
  const fields = held(prepared(body), METADATA)
  const templateKey = word(fields.metadata_template_key)
  return {
    ...common(fields, 120),
    connectionConfig: (fields.connection_config ?? {}) as Body,
    objectFilter: word(fields.object_filter) || templateKey,
    includeFields: fields.include_fields !== false,
    maxObjects: (fields.max_objects ?? 1000) as number,
    templateKey,
  }
}

function prepared(body: Body): Body {
  return normalised(withAgent(body))
}

/** Callers send either name; where only one came, both hold it. */
function mirrored(body: Body): Body {
  const { metadata, connection_config: config } = body
  const isThere = (value: unknown): boolean => value !== undefined && value !== null
  if (isThere(metadata) && !isThere(config)) return { ...body, connection_config: metadata }
  return isThere(config) && !isThere(metadata) ? { ...body, metadata: config } : body
}

/** The fields of a contract under their own names; what it does not know is left out. */
function held(body: Body, contract: Contract): Body {
  const sent = Object.entries(contract).flatMap(([name, { schema, aliases = [] }]) => {
    const as = [name, ...aliases].find((one) => one in body)
    return as === undefined ? [] : [{ name, as, schema }]
  })
  const { data, error } = z.object(Object.fromEntries(sent.map(({ as, schema }) => [as, schema]))).safeParse(body)
  if (error) throw invalid(error, body)
  return { agent_json: body.agent_json, ...Object.fromEntries(sent.map(({ name, as }) => [name, data[as]])) }
}

/** Names every field that breaks the contract, without its value. */
function invalid(error: z.ZodError, body: Body): Refusal {
  const detail = validationErrors(error, body).map(({ loc, msg, type }) => ({ field: loc.join('.'), message: msg, type }))
  const names = detail.map(({ field }) => field).join(', ')
  return new Refusal(422, { success: false, message: `Invalid request: ${names}`, detail })
}

function common(fields: Body, timeout: number): Common {
  return {
    credentials: (fields.credentials ?? []) as Pair[],
    entrypoint: word(fields.entrypoint),
    entrypointRef: word(fields.entrypoint_ref),
    timeoutSeconds: (fields.timeout_seconds ?? timeout) as number,
    agent: fields.agent_json as Body | undefined,
  }
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

import { withAgent } from './agents'
import type { Tier } from './app'
import { type Body, normalised, type Pair } from './credentials'
import { InvalidRequest } from './errors'
import { type Broken, integer, listOf, mapOf, model, pair, type Rule, text, tiersRule, truth, truthOf, wholeOf } from './rules'

interface Field {
  rule: Rule
  /** Alternative names; the first one present counts, its own name first. */
  aliases?: readonly string[]
}

type Contract = Readonly<Record<string, Field>>

/** In the order in which errors are listed. */
const CREDENTIALS: Contract = { credentials: { rule: listOf(pair) } }
const ENTRYPOINT: Contract = { entrypoint: { rule: text }, entrypoint_ref: { rule: text, aliases: ['connector'] } }
const TIMEOUT: Contract = { timeout_seconds: { rule: integer } }
const AUTH: Contract = { ...CREDENTIALS, connection_id: { rule: text }, ...ENTRYPOINT, ...TIMEOUT }
const PREFLIGHT: Contract = {
  ...CREDENTIALS,
  credentials_by_name: { rule: mapOf(listOf(pair)) },
  ...ENTRYPOINT,
  connection_config: { rule: model('BaseConnectionConfig') },
  metadata: { rule: model('BaseMetadataConfig') },
  checks_to_run: { rule: listOf(text) },
  ...TIMEOUT,
}
const TIERED: Contract = { ...PREFLIGHT, tiers: { rule: tiersRule } }
const METADATA: Contract = {
  ...CREDENTIALS,
  ...ENTRYPOINT,
  metadata_template_key: { rule: text, aliases: ['metadataTemplateKey', 'type'] },
  connection_config: { rule: model('BaseConnectionConfig') },
  object_filter: { rule: text },
  include_fields: { rule: truth },
  max_objects: { rule: integer },
  ...TIMEOUT,
}

interface Common {
  credentials: Pair[]
  entrypoint: string
  /** Informational: the connector's name in the caller's form. Not used for routing. */
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
  /** Absent: all of them, and no probe. */
  tiers?: readonly Tier[]
}

export interface MetadataInput extends Common {
  connectionConfig: Body
  objectFilter: string
  includeFields: boolean
  maxObjects: number
  templateKey: string
}

/** @throws Refusal 422 with every field that breaks the contract, and never its value, which may be a secret */
export function authInput(body: Body): AuthInput {
  const fields = validated(prepared(body), AUTH)
  return { ...common(fields, 30), connectionId: word(fields.connection_id) }
}

/** @param isNew 3.52 has tiers; before, that field is unknown */
export function preflightInput(body: Body, isNew = true): PreflightInput {
  const fields = validated(mirrored(prepared(body)), isNew ? TIERED : PREFLIGHT)
  return {
    ...common(fields, 60),
    connectionConfig: (fields.connection_config ?? {}) as Body,
    metadata: (fields.metadata ?? {}) as Body,
    checksToRun: (fields.checks_to_run ?? []) as string[],
    ...(fields.tiers === undefined ? {} : { tiers: fields.tiers as Tier[] }),
  }
}

export function metadataInput(body: Body): MetadataInput {
  const fields = validated(prepared(body), METADATA)
  const templateKey = word(fields.metadata_template_key)
  return {
    ...common(fields, 120),
    connectionConfig: (fields.connection_config ?? {}) as Body,
    objectFilter: word(fields.object_filter) || templateKey,
    includeFields: fields.include_fields === undefined || truthOf(String(fields.include_fields)) === true,
    maxObjects: fields.max_objects === undefined ? 1000 : wholeOf(fields.max_objects),
    templateKey,
  }
}

function prepared(body: Body): Body {
  return normalised(withAgent(body))
}

/** Callers send either name; where only one was sent, both get its value. */
function mirrored(body: Body): Body {
  const { metadata, connection_config: config } = body
  const isThere = (value: unknown): boolean => value !== undefined && value !== null
  if (isThere(metadata) && !isThere(config)) return { ...body, connection_config: metadata }
  return isThere(config) && !isThere(metadata) ? { ...body, metadata: config } : body
}

/** The fields of a contract under their own names; unknown fields are left out. */
function validated(body: Body, contract: Contract): Body {
  const sent = Object.entries(contract).flatMap(([name, { rule, aliases = [] }]) => {
    const as = [name, ...aliases].find((one) => one in body)
    return as === undefined ? [] : [{ name, as, rule, value: body[as] }]
  })
  const violations = sent.flatMap(({ as, rule, value }) => rule(value, as))
  if (violations.length > 0) throw invalid(violations)
  return { agent_json: body.agent_json, ...Object.fromEntries(sent.map(({ name, value }) => [name, value])) }
}

function invalid(violations: readonly Broken[]): InvalidRequest {
  const names = violations.map(({ field }) => field).join(', ')
  return new InvalidRequest(422, { success: false, message: `Invalid request: ${names}`, detail: violations })
}

function common(fields: Body, timeout: number): Common {
  return {
    credentials: ((fields.credentials ?? []) as Pair[]).map(({ key, value }) => ({ key, value })),
    entrypoint: word(fields.entrypoint),
    entrypointRef: word(fields.entrypoint_ref),
    timeoutSeconds: fields.timeout_seconds === undefined ? timeout : wholeOf(fields.timeout_seconds),
    agent: fields.agent_json as Body | undefined,
  }
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

import { Refusal } from '../../kit/refusal'
import { type Body, isObject, normalised, type Pair, withAgent } from './credentials'

interface Broken {
  field: string
  message: string
  type: string
}

type Rule = (value: unknown, field: string) => Broken[]

const broken = (field: string, message: string, type: string): Broken[] => [{ field, message, type }]

const text: Rule = (value, field) =>
  typeof value === 'string' ? [] : broken(field, 'Input should be a valid string', 'string_type')
const object: Rule = (value, field) => (isObject(value) ? [] : broken(field, 'Input should be a valid dictionary', 'dict_type'))

const integer: Rule = (value, field) => {
  if (typeof value === 'boolean' || Number.isInteger(value)) return []
  if (typeof value === 'number')
    return broken(field, 'Input should be a valid integer, got a number with a fractional part', 'int_from_float')
  if (typeof value !== 'string') return broken(field, 'Input should be a valid integer', 'int_type')
  return /^\s*[+-]?\d+(_\d+)*(\.0+)?\s*$/.test(value)
    ? []
    : broken(field, 'Input should be a valid integer, unable to parse string as an integer', 'int_parsing')
}

const TRUTHS = ['true', 'false', '1', '0', 'yes', 'no', 'on', 'off', 't', 'f', 'y', 'n']
const truth: Rule = (value, field) => {
  if (typeof value === 'boolean' || value === 0 || value === 1) return []
  if (typeof value === 'string' && TRUTHS.includes(value.toLowerCase())) return []
  return typeof value === 'string' || typeof value === 'number'
    ? broken(field, 'Input should be a valid boolean, unable to interpret input', 'bool_parsing')
    : broken(field, 'Input should be a valid boolean', 'bool_type')
}

const listOf =
  (rule: Rule): Rule =>
  (value, field) =>
    Array.isArray(value)
      ? value.flatMap((item, at) => rule(item, `${field}.${at}`))
      : broken(field, 'Input should be a valid list', 'list_type')

const pair: Rule = (value, field) =>
  isObject(value)
    ? ['key', 'value'].flatMap((name) =>
        name in value ? text(value[name], `${field}.${name}`) : broken(`${field}.${name}`, 'Field required', 'missing'),
      )
    : broken(field, 'Input should be a valid dictionary or object to extract fields from', 'model_attributes_type')

const COMMON = { entrypoint: text, entrypoint_ref: text, agent_json: object }
const AUTH = { credentials: listOf(pair), connection_id: text, ...COMMON, timeout_seconds: integer }
const PREFLIGHT = {
  credentials: listOf(pair),
  connection_config: object,
  metadata: object,
  checks_to_run: listOf(text),
  timeout_seconds: integer,
  credentials_by_name: object,
  ...COMMON,
}
const METADATA = {
  credentials: listOf(pair),
  connection_config: object,
  object_filter: text,
  include_fields: truth,
  max_objects: integer,
  timeout_seconds: integer,
  metadata_template_key: text,
  ...COMMON,
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
  const plain = prepared(body)
  const key = plain.metadata_template_key ?? plain.metadataTemplateKey ?? plain.type
  const fields = held(key === undefined ? plain : { ...plain, metadata_template_key: key }, METADATA)
  const templateKey = word(fields.metadata_template_key)
  return {
    ...common(fields, 120),
    connectionConfig: (fields.connection_config ?? {}) as Body,
    objectFilter: word(fields.object_filter) || templateKey,
    includeFields: fields.include_fields === undefined || isYes(fields.include_fields),
    maxObjects: fields.max_objects === undefined ? 1000 : Number(fields.max_objects),
    templateKey,
  }
}

function prepared(body: Body): Body {
  const plain = normalised(withAgent(body))
  return 'connector' in plain && !('entrypoint_ref' in plain) ? { ...plain, entrypoint_ref: plain.connector } : plain
}

/** Callers send either name; where only one came, both hold it. */
function mirrored(body: Body): Body {
  const { metadata, connection_config: config } = body
  if (metadata !== undefined && metadata !== null && (config === undefined || config === null))
    return { ...body, connection_config: metadata }
  if (config !== undefined && config !== null && (metadata === undefined || metadata === null))
    return { ...body, metadata: config }
  return metadata === null && config === null ? without(body, ['metadata', 'connection_config']) : body
}

function without(body: Body, keys: readonly string[]): Body {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)))
}

function held(body: Body, rules: Readonly<Record<string, Rule>>): Body {
  const faults = Object.entries(rules).flatMap(([name, rule]) => (name in body ? rule(body[name], name) : []))
  if (faults.length > 0) throw invalid(faults)
  return body
}

function invalid(faults: readonly Broken[]): Refusal {
  const names = [...new Set(faults.map(({ field }) => field || 'body'))].join(', ')
  return new Refusal(422, { success: false, message: `Invalid request: ${names}`, detail: faults })
}

function common(fields: Body, timeout: number): Common {
  return {
    credentials: (fields.credentials ?? []) as Pair[],
    entrypoint: word(fields.entrypoint),
    entrypointRef: word(fields.entrypoint_ref),
    timeoutSeconds: fields.timeout_seconds === undefined ? timeout : Number(fields.timeout_seconds),
    agent: fields.agent_json as Body | undefined,
  }
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isYes(value: unknown): boolean {
  return value === true || value === 1 || ['true', '1', 'yes', 'on', 't', 'y'].includes(String(value).toLowerCase())
}

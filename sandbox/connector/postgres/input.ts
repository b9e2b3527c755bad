import { agentOf } from '../service/agents'
import { type Body, isObject, isThere, parsed } from '../service/credentials'
import { filterOf, safe, unquoted } from './filters'

/** The input fields of a run with their defaults. */
const DEFAULTS: Body = {
  connection: {},
  credential_guid: '',
  credential_ref: null,
  extraction_method: '',
  agent_json: null,
  include_filter: '',
  exclude_filter: '',
  temp_table_regex: '',
  exclude_table_regex: null,
  workflow_slug: '',
  output_path: '',
  output_prefix: '',
  source_tag_prefix: '',
}

type Read = (value: unknown) => unknown

const READERS: Readonly<Record<string, Read>> = {
  connection: connectionOf,
  credential_guid: textOf,
  credential_ref: (value) => (value === null ? null : recordOf(value, ['name', 'credential_type', 'store_name'])),
  extraction_method: textOf,
  agent_json: (value) => agentOf(value) ?? null,
  include_filter: filterOf,
  exclude_filter: filterOf,
  temp_table_regex: (value) => safe(unquoted(textOf(value))),
  exclude_table_regex: (value) => (value === null ? null : safe(unquoted(textOf(value)))),
  workflow_slug: textOf,
  output_path: textOf,
  output_prefix: textOf,
  source_tag_prefix: textOf,
}

/**
 * The input of a run, and the fields of it that differ from their defaults.
 * @throws where a field is not of its type, or a filter is not safe to use
 */
export function extractionInput(fields: Body): { input: Body; given: Body } {
  const known = withTablePattern(lifted(fields))
  const input = Object.fromEntries(
    Object.entries(READERS).map(([name, read]) => [name, name in known ? read(known[name]) : DEFAULTS[name]]),
  )
  const given = Object.entries(input).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULTS[name]))
  return { input, given: Object.fromEntries(given) }
}

/** The value under the newer name is used for the older one, unless that is given. */
function withTablePattern(fields: Body): Body {
  const { exclude_table_regex: pattern } = fields
  return isThere(pattern) && !isThere(fields.temp_table_regex) ? { ...fields, temp_table_regex: pattern } : fields
}

/** Before 3.52 two of the fields did not exist: they are ignored like any other unknown field. */
export function formerInput(fields: Body): { input: Body; given: Body } {
  const { exclude_table_regex: _pattern, workflow_slug: _slug, 'exclude-table-regex': _hyphened, ...known } = fields
  return extractionInput(known)
}

/** Forms write hyphens, and put fields inside `metadata`: both are used for fields that the top level lacks or leaves empty. */
function lifted(fields: Body): Body {
  const inner = isObject(fields.metadata) ? Object.entries(fields.metadata) : []
  const hyphened = Object.entries(fields).filter(([name]) => name.includes('-'))
  const stood = [...inner, ...hyphened].map(([name, value]) => [name.replaceAll('-', '_'), value] as const)
  return { ...fields, ...Object.fromEntries(stood.filter(([name]) => name in READERS && !isThere(fields[name]))) }
}

/** An object, or the JSON text of one. */
function connectionOf(value: unknown): Body {
  const connection = recordOf(typeof value === 'string' ? parsed(value) : value, ['typeName'])
  if ('attributes' in connection) recordOf(connection.attributes, ['qualifiedName', 'name'])
  return connection
}

function recordOf(value: unknown, texts: readonly string[]): Body {
  if (!isObject(value)) throw new Error('not an object')
  for (const name of texts) if (name in value) textOf(value[name])
  return value
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new Error('not a text')
  return value
}

/** The input of a run as JSON Schema. */
export const EXTRACTION_SCHEMA: Body = {
  title: 'ExtractionInput',
  type: 'object',
  properties: Object.fromEntries(Object.entries(DEFAULTS).map(([name, value]) => [name, propertyOf(name, value)])),
}

function propertyOf(name: string, value: unknown): Body {
  const title = name.replaceAll('_', ' ')
  if (name.endsWith('_filter')) return { title, anyOf: [{ type: 'object' }, { type: 'string' }], default: value }
  if (value === null) return { title, anyOf: [{ type: 'object' }, { type: 'null' }], default: value }
  return { title, type: typeof value, default: value }
}

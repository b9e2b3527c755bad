import { z } from 'zod'
import { agentOf } from '../service/agents'
import { type Body, isObject, isThere, parsed } from '../service/credentials'
import { filterOf, safe, unquoted } from './filters'

const text = z.string()
const texts = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, text.optional()]))
const reference = z.looseObject(texts('name', 'credential_type', 'store_name'))
const connection = z.looseObject({
  ...texts('typeName'),
  attributes: z.looseObject(texts('qualifiedName', 'name')).optional(),
})
const pattern = text.transform((value) => safe(unquoted(value)))
const filter = z.unknown().transform(filterOf).default('')

/** A value that has this shape, as it was sent. */
const shaped = (shape: z.ZodType, read = (value: unknown): unknown => value) =>
  z.unknown().transform((value) => {
    const found = read(value)
    shape.parse(found)
    return found
  })

/** The input fields of a run with their defaults. */
const FIELDS = z.object({
  /** An object, or the JSON text of one. */
  connection: shaped(connection, (value) => (typeof value === 'string' ? parsed(value) : value)).default({}),
  credential_guid: text.default(''),
  credential_ref: shaped(reference.nullable()).default(null),
  extraction_method: text.default(''),
  agent_json: z
    .unknown()
    .transform((value) => agentOf(value) ?? null)
    .default(null),
  include_filter: filter,
  exclude_filter: filter,
  temp_table_regex: pattern.default(''),
  exclude_table_regex: pattern.nullable().default(null),
  workflow_slug: text.default(''),
  output_path: text.default(''),
  output_prefix: text.default(''),
  source_tag_prefix: text.default(''),
})
const DEFAULTS: Body = FIELDS.parse({})

/**
 * The input of a run, and the fields of it that differ from their defaults.
 * @throws where a field is not of its type, or a filter is not safe to use
 */
export function extractionInput(fields: Body): { input: Body; given: Body } {
  const input: Body = FIELDS.parse(withTablePattern(lifted(fields)))
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
  return { ...fields, ...Object.fromEntries(stood.filter(([name]) => name in DEFAULTS && !isThere(fields[name]))) }
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

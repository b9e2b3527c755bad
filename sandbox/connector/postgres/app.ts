import type { ConnectorApp, Entrypoint } from '../service/app'
import { type Body, isObject, parsed } from '../service/credentials'
import { extract, mine } from './extraction'
import { scopeOf } from './filters'
import { GENERATED } from './generated'
import { postgresHandler } from './handler'

/** What a run may be given, with what counts as not given. */
const DEFAULTS: Body = {
  connection: null,
  credential_guid: '',
  credential_ref: null,
  extraction_method: 'direct',
  agent_json: null,
  include_filter: null,
  exclude_filter: null,
  temp_table_regex: '',
  output_path: '',
  output_prefix: '',
  source_tag_prefix: '',
}
const TEXTS = ['credential_guid', 'extraction_method', 'temp_table_regex', 'output_path', 'output_prefix', 'source_tag_prefix']

export interface PostgresOptions {
  name?: string
  /** Where runs leave their files. */
  folder: string
  /** The oldest server version the preflight takes. */
  minimumVersion?: number | undefined
}

/** A connector app that extracts the metadata of a PostgreSQL database. */
export function postgresApp({ name = 'postgres', folder, minimumVersion }: PostgresOptions): ConnectorApp {
  const entrypoint = (own: Pick<Entrypoint, 'name' | 'isDefault' | 'run'>): Entrypoint => ({ ...own, contract, schema: SCHEMA })
  return {
    name,
    handler: postgresHandler(minimumVersion),
    entrypoints: [
      entrypoint({ name: 'extract-metadata', isDefault: true, run: (context) => extract(context, folder) }),
      entrypoint({ name: 'mine-queries', run: (context) => mine(context, folder) }),
    ],
    generated: GENERATED,
    triggers: [
      {
        eventId: 'source-changed',
        eventType: 'source_events',
        eventName: 'schema_changed',
        filters: [{ path: 'event.data.connector', operator: '==', value: name }],
      },
    ],
    subscriptions: [],
  }
}

/** @throws where a field is not of its type, or a filter is none it would be safe to use */
function contract(fields: Body): { input: Body; given: Body } {
  const input = Object.fromEntries(Object.entries(DEFAULTS).map(([key, value]) => [key, fields[key] ?? value]))
  for (const key of TEXTS) if (typeof input[key] !== 'string') throw new Error(`${key} is a text`)
  input.connection = connectionOf(input.connection)
  scopeOf(input.include_filter, input.exclude_filter, input.temp_table_regex)
  const given = Object.entries(input).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULTS[key]))
  return { input, given: Object.fromEntries(given) }
}

/** An object, or the JSON text of one. */
function connectionOf(value: unknown): Body | null {
  if (value === null || value === '') return null
  const read = typeof value === 'string' ? parsed(value) : value
  if (!isObject(read)) throw new Error('a connection is an object')
  return read
}

const SCHEMA: Body = {
  title: 'ExtractionInput',
  type: 'object',
  properties: Object.fromEntries(Object.entries(DEFAULTS).map(([key, value]) => [key, propertyOf(key, value)])),
}

function propertyOf(key: string, value: unknown): Body {
  const type = TEXTS.includes(key) ? 'string' : ['object', 'string', 'null']
  return { title: key.replaceAll('_', ' '), type, default: value }
}

import type { ConnectorApp, Entrypoint } from '../service/app'
import type { Dialect } from '../service/route'
import { extract, mine } from './extraction'
import { GENERATED } from './generated'
import { postgresHandler } from './handler'
import { EXTRACTION_SCHEMA, extractionInput, formerInput } from './input'
import type { Shape } from './shape'

export interface PostgresOptions {
  name?: string
  /** Folder of the runs' files. */
  folder: string
  /** The oldest server version that the preflight accepts. */
  minimumVersion?: number | undefined
  dialect?: Dialect
  shape?: Shape | undefined
}

/** A connector app that extracts the metadata of a PostgreSQL database. */
export function postgresApp({
  name = 'postgres',
  folder,
  minimumVersion,
  dialect = '3.52.0',
  shape = {},
}: PostgresOptions): ConnectorApp {
  const isNew = dialect === '3.52.0'
  const entrypoint = (own: Pick<Entrypoint, 'name' | 'isDefault' | 'run'>): Entrypoint => ({
    ...own,
    contract: isNew ? extractionInput : formerInput,
    schema: EXTRACTION_SCHEMA,
  })
  const { entrypoints = 'both', hasManifest = true, hasForms = true, usesCreators = false } = shape
  const extraction = entrypoint({
    name: entrypoints === 'run' ? 'run' : 'extract-metadata',
    isDefault: entrypoints === 'both',
    run: (context) => extract(context, folder, { isNew, usesCreators }),
  })
  const queries = entrypoint({
    name: 'mine-queries',
    isDefault: entrypoints === 'queries first',
    run: (context) => mine(context, folder, isNew),
  })
  const offers = (path: string): boolean => (path.endsWith('manifest.json') ? hasManifest : hasForms)
  return {
    name,
    handler: postgresHandler(minimumVersion, shape),
    entrypoints: ['both', 'queries first'].includes(entrypoints) ? [extraction, queries] : [extraction],
    generated: Object.fromEntries(Object.entries(GENERATED).filter(([path]) => offers(path))),
    triggers: [
      {
        eventId: 'source-changed',
        eventType: 'source_events',
        eventName: 'schema_changed',
        entrypoint: extraction.name,
        filters: [{ path: 'event.data.connector', operator: '==', value: name }],
      },
    ],
    subscriptions: [],
  }
}

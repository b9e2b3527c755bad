import type { ConnectorApp, Entrypoint } from '../service/app'
import { extract, mine } from './extraction'
import { GENERATED } from './generated'
import { postgresHandler } from './handler'
import { EXTRACTION_SCHEMA, extractionInput } from './input'

export interface PostgresOptions {
  name?: string
  /** Where runs leave their files. */
  folder: string
  /** The oldest server version the preflight takes. */
  minimumVersion?: number | undefined
}

/** A connector app that extracts the metadata of a PostgreSQL database. */
export function postgresApp({ name = 'postgres', folder, minimumVersion }: PostgresOptions): ConnectorApp {
  const entrypoint = (own: Pick<Entrypoint, 'name' | 'isDefault' | 'run'>): Entrypoint => ({
    ...own,
    contract: extractionInput,
    schema: EXTRACTION_SCHEMA,
  })
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

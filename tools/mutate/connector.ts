import type { Wire } from './wire'

/** A connector app: JSON over HTTP. Features contain its promised fields in tables. */
export const wire: Wire = {
  routes: [
    '/workflows/v1/config/:id',
    '/workflows/v1/configmap/:id',
    '/workflows/v1/status/:workflow/:run',
    '/workflows/v1/result/:workflow',
    '/workflows/v1/stop/:workflow/:run',
    '/events/v1/event/:id',
  ],
  promisesInTables: true,
  promisedNames: [
    ...['databases', 'schemas', 'tables', 'columns', 'views', 'procedures', 'processes'].map((what) => `${what}_extracted`),
    ...['records_uploaded', 'databaseSchemaCheck', 'tablesCheck', 'versionCheck', 'dag', 'execution_mode', 'properties', 'title'],
    ...['type', 'connection_qualified_name', 'fileName', 'database', 'port', 'authType'],
  ],
  unpromised: [],
  eventually: 3_000,
}

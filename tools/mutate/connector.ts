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
  writes: ({ method, path }) => method === 'POST' && !/\/(?:auth|check|metadata)$/.test(path),
  unpromised: [
    ...['message', 'data.message', 'preflight.message'].map((field) => ({
      field: `response ${field}`,
      because: 'the sentence of a response is for people: its other fields say the same, and are compared',
    })),
    ...['GET /workflows/v1/input-contract', 'GET /workflows/v1/manifest'].flatMap((on) =>
      ['*title', 'execution_mode'].map((field) => ({
        on,
        field: `response ${field}`,
        because: 'labels and ways to run an entrypoint are the app’s own words for the marketplace',
      })),
    ),
    {
      on: 'GET /workflows/v1/input-contract',
      field: 'response properties.*.type',
      because: 'an app may take any value, then its contract gives no type: that a type is one of JSON Schema’s is checked',
    },
    {
      on: 'GET /workflows/v1/configmap/:id',
      field: 'response data.data.config<json>*',
      because: 'what a form asks for is the app’s own: that it is a JSON object is checked',
    },
    {
      on: 'GET /workflows/v1/configmap/:id',
      field: 'response data.data.build_id',
      because: 'a build may be called anything, and need not be called at all',
    },
    { on: 'GET /workflows/v1/configmaps', change: 'reversed', because: 'forms have no order' },
    { on: 'POST /workflows/v1/file', field: 'response data.version', because: 'no feature is about versions of a file' },
    { field: 'refusal detail[].input*', because: 'what the framework repeats of a wrong value may be absent' },
    { field: 'refusal detail[].ctx*', because: 'what the framework repeats of the rule may be absent' },
    { field: 'refusal detail[].msg', because: 'a wrong field is known by its place: the sentence is the framework’s own' },
    { field: 'refusal detail[].message', because: 'a wrong field is known by its name: the sentence is the framework’s own' },
    ...['other known value', 'unknown id'].map((change) => ({
      field: 'refusal detail[].type',
      change,
      because: 'a wrong field is known by its place: that there is a type is checked',
    })),
    ...['/extract', '/mine'].map((path) => ({
      on: `POST /workflows/v1${path}`,
      field: 'request body*',
      because: 'there is no such endpoint, whatever is sent to it',
    })),
    ...['include_filter.*', 'exclude_filter.*', 'temp_table_regex'].map((field) => ({
      on: 'POST /workflows/v1/start',
      field: `request body.${field}`,
      because: 'input in this spelling is one that is refused: refused it is also when changed',
    })),
    ...['POST /workflows/v1/start', 'POST /events/v1/event/:id'].map((on) => ({
      on,
      field: 'request *connection.typeName',
      because: 'a connection has only one type, which an app need not read',
    })),
    {
      on: 'POST /workflows/v1/dev/local-vault',
      field: 'request body.extra*',
      because: 'an app reads a field from the credentials themselves before it looks into their extras',
    },
    ...['auth', 'check', 'metadata'].map((api) => ({
      on: `POST /workflows/v1/${api}`,
      field: 'request body.credentials',
      change: 'one invented',
      because: 'an app passes over credentials that it has no use for',
    })),
    {
      on: 'POST /workflows/v1/check',
      field: 'request body.checks_to_run',
      change: 'one invented',
      because: 'an app passes over checks that it does not have',
    },
    {
      on: 'POST /workflows/v1/check',
      field: 'request body.timeout_seconds',
      change: 'replaced',
      because: 'the limit is one that is refused: any other word is refused alike',
    },
    {
      on: 'POST /workflows/v1/check',
      field: 'refusal success',
      because: 'a refusal may leave it out, give false, or give nothing',
    },
    { on: 'POST /workflows/v1/check', field: 'response preflight.checks', change: 'reversed', because: 'checks have no order' },
    {
      on: 'POST /workflows/v1/check',
      field: 'response preflight.checks[].duration_ms',
      because: 'how long a check takes the app alone knows: that it is a number of milliseconds is checked',
    },
    { on: 'POST /workflows/v1/auth', field: '* data.error', change: 'missing', because: 'releases before 3.52 do not send it' },
    ...['first missing', 'last missing'].map((change) => ({
      on: 'POST /workflows/v1/auth',
      field: 'response data.identities',
      change,
      because: 'an app need not say who logged in: where it does, that is compared',
    })),
    {
      on: 'POST /workflows/v1/stop/:workflow/:run',
      field: 'refusal detail',
      change: 'shortened',
      because: 'the end of the sentence is the engine’s own',
    },
    {
      on: 'POST /workflows/v1/metadata',
      field: 'refusal detail',
      because: 'the wording of a refused login is the app’s own: its status is compared',
    },
    { on: 'POST /workflows/v1/metadata', field: 'response data', change: 'reversed', because: 'the schemas have no order' },
    ...['success', 'procedures_extracted', 'views_extracted', 'records_uploaded'].map((field) => ({
      on: 'GET /workflows/v1/result/:workflow',
      field: `response data.result.${field}`,
      because:
        'the template leaves it as it is or counts in its own way: status, databases, schemas, tables and columns are compared',
    })),
    {
      on: 'GET /workflows/v1/result/:workflow',
      field: 'response data.result.error',
      change: 'missing',
      because: 'a run without an error need not mention one',
    },
    {
      on: 'GET /workflows/v1/status/:workflow/:run',
      field: 'response data.execution_duration_seconds',
      change: 'plus one',
      because: 'whole seconds are compared with those since the start, which pass while the request is made',
    },
  ],
  eventually: 3_000,
}

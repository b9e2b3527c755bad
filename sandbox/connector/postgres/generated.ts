/** What a build of the app generates for the marketplace: manifests and forms, by path. */
export const GENERATED: Readonly<Record<string, unknown>> = {
  'extract-metadata/manifest.json': manifest('extract-metadata', 'Extracts databases, schemas, tables and columns'),
  'extract-metadata/postgres.json': {
    id: 'postgres',
    name: 'PostgreSQL',
    defaultConnectorType: 'postgres',
    config: {
      properties: {
        'credential-guid': { type: 'string', ui: { widget: 'credential', label: 'Credential' } },
        'include-filter': { type: 'object', default: {}, ui: { widget: 'sqltree', label: 'Include metadata' } },
        'exclude-filter': { type: 'object', default: {}, ui: { widget: 'sqltree', label: 'Exclude metadata' } },
        'temp-table-regex': { type: 'string', default: '', ui: { label: 'Exclude tables by pattern' } },
      },
    },
  },
  'mine-queries/manifest.json': manifest('mine-queries', 'Collects the queries behind views'),
  'atlan-connectors-postgres.json': {
    id: 'atlan-connectors-postgres',
    name: 'PostgreSQL credential',
    config: { properties: { host: { type: 'string' }, port: { type: 'number', default: 5432 }, extra: { type: 'object' } } },
  },
}

function manifest(name: string, description: string) {
  return {
    execution_mode: 'automation-engine',
    dag: {
      [name]: {
        activity_name: 'execute_workflow',
        activity_display_name: description,
        app_name: '{app_name}',
        inputs: { workflow_type: `{app_name}:${name}`, task_queue: 'atlan-{app_name}-{deployment_name}' },
      },
    },
  }
}

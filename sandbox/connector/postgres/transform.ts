import type { Body } from '../service/credentials'
import type { Entity } from './queries'

/** The fields of a run that every record contains. */
export interface Sync {
  connection: { qualifiedName: string; name: string }
  workflowName: string
  runId: string
  /** Epoch milliseconds. */
  at: number
}

const LONGEST_DESCRIPTION = 100_000

/** Transforms raw records to catalogue records, with the same key order and value rules. */
export function transformer(entity: Entity, sync: Sync): (raw: Body) => Body {
  const kinds: Record<Entity, (raw: Body, sync: Sync) => Body> = {
    database: databaseRecord,
    schema: schemaRecord,
    table: tableRecord,
    column: columnRecord,
  }
  return (raw) => kinds[entity](raw, sync)
}

/** Records as the SDK writes them since 3.52: no custom attributes, no tenant, and no null values. */
export function catalogued(transform: (raw: Body) => Body): (raw: Body) => Body {
  return (raw) => {
    const { typeName, status, attributes } = transform(raw)
    const { tenantId: _tenant, ...own } = attributes as Body
    return { typeName, status, attributes: Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null)) }
  }
}

function databaseRecord(raw: Body, sync: Sync): Body {
  const attributes = {
    name: raw.database_name,
    qualifiedName: under(sync, raw.database_name),
    ...connectionOf(sync),
    ...tailOf(sync),
  }
  return { customAttributes: null, typeName: 'Database', status: 'ACTIVE', attributes }
}

function schemaRecord(raw: Body, sync: Sync): Body {
  const database = under(sync, raw.catalog_name)
  const attributes = {
    name: raw.schema_name,
    qualifiedName: `${database}/${raw.schema_name}`,
    ...connectionOf(sync),
    databaseName: raw.catalog_name,
    databaseQualifiedName: database,
    tableCount: raw.table_count,
    viewsCount: raw.views_count,
    ...tailOf(sync),
    database: reference('Database', database),
  }
  return { customAttributes: null, typeName: 'Schema', status: 'ACTIVE', attributes }
}

function tableRecord(raw: Body, sync: Sync): Body {
  const place = placeOf(raw, sync)
  const isPartition = raw.is_partition === true
  const parent = isPartition ? `${place.schemaQualifiedName}/${raw.parent_table_name}` : null
  const attributes = {
    name: raw.table_name,
    qualifiedName: `${place.schemaQualifiedName}/${raw.table_name}`,
    tableName: isPartition ? raw.parent_table_name : null,
    tableQualifiedName: parent,
    ...connectionOf(sync),
    description: descriptionOf(raw.remarks),
    ...place,
    definition: definitionOf(raw),
    columnCount: raw.column_count,
    rowCount: raw.row_count,
    isPartitioned: raw.table_type === 'VIEW' ? null : raw.table_type === 'PARTITIONED TABLE',
    partitionStrategy: raw.partition_strategy,
    partitionCount: raw.partition_count,
    constraint: raw.partition_constraint,
    ...tailOf(sync),
    parentTable: parent === null ? null : { typeName: 'Table', uniqueAttributes: { qualifiedName: parent } },
    atlanSchema: isPartition ? null : reference('Schema', place.schemaQualifiedName),
  }
  return { typeName: typeNameOf(raw, isPartition), status: 'ACTIVE', attributes, customAttributes: tableExtras(raw) }
}

function tableExtras(raw: Body): Body {
  return {
    table_type: raw.table_type,
    is_insertable_into: raw.is_insertable_into,
    number_columns_in_part_key: numberOf(raw.number_columns_in_part_key),
    columns_participating_in_part_key: numberOf(raw.columns_participating_in_part_key),
    is_typed: raw.is_typed,
    self_referencing_col_name: raw.self_referencing_column_name ?? '',
  }
}

function columnRecord(raw: Body, sync: Sync): Body {
  const place = placeOf(raw, sync)
  const table = `${place.schemaQualifiedName}/${raw.table_name}`
  const typeName = typeNameOf(raw, raw.belongs_to_partition === 'YES')
  const isView = typeName === 'View' || typeName === 'MaterialisedView'
  const attributes = {
    name: raw.column_name,
    qualifiedName: `${table}/${raw.column_name}`,
    ...connectionOf(sync),
    description: descriptionOf(raw.remarks),
    ...place,
    tableName: isView ? null : raw.table_name,
    tableQualifiedName: isView ? null : table,
    dataType: raw.data_type,
    isNullable: raw.is_nullable === 'YES',
    partitionOrder: raw.partition_order,
    isPrimary: raw.constraint_type === 'PRIMARY KEY',
    isForeign: raw.constraint_type === 'FOREIGN KEY',
    precision: raw.decimal_digits,
    viewName: isView ? raw.table_name : null,
    viewQualifiedName: isView ? table : null,
    order: raw.ordinal_position,
    ...tailOf(sync),
    table: typeName === 'Table' ? reference('Table', table) : null,
    view: typeName === 'View' ? reference('View', table) : null,
    materialisedView: typeName === 'MaterialisedView' ? reference('MaterialisedView', table) : null,
    tablePartition: typeName === 'TablePartition' ? reference('TablePartition', table) : null,
  }
  return { typeName: 'Column', status: 'ACTIVE', attributes, customAttributes: columnExtras(raw) }
}

function columnExtras(raw: Body): Body {
  return {
    ordinal_position: raw.ordinal_position,
    type_name: raw.data_type,
    numeric_precision: raw.numeric_precision,
    character_octet_length: numberOf(raw.character_octet_length),
    is_auto_increment: raw.is_auto_increment,
    is_generated: raw.is_generated,
    column_size: raw.column_size,
    is_identity: raw.is_identity,
    identity_cycle: raw.identity_cycle,
  }
}

function under({ connection }: Sync, name: unknown): string {
  return `${connection.qualifiedName}/${name}`
}

function connectionOf({ connection }: Sync): Body {
  return { connectionQualifiedName: connection.qualifiedName, connectionName: connection.name }
}

function tailOf({ workflowName, runId, at }: Sync): Body {
  return {
    tenantId: 'default',
    lastSyncWorkflowName: workflowName,
    lastSyncRun: runId,
    lastSyncRunAt: at,
    connectorName: 'postgres',
  }
}

function placeOf(raw: Body, sync: Sync) {
  const database = under(sync, raw.table_catalog)
  return {
    databaseName: raw.table_catalog,
    databaseQualifiedName: database,
    schemaName: raw.table_schema,
    schemaQualifiedName: `${database}/${raw.table_schema}`,
  }
}

function reference(typeName: string, qualifiedName: string): Body {
  return { typeName, attributes: null, uniqueAttributes: { qualifiedName } }
}

const TABLES = ['TABLE', 'BASE TABLE', 'FOREIGN TABLE', 'PARTITIONED TABLE']

function typeNameOf({ table_type: type }: Body, isPartition: boolean): string {
  if (isPartition) return 'TablePartition'
  if (TABLES.includes(String(type))) return 'Table'
  return type === 'MATERIALIZED VIEW' ? 'MaterialisedView' : 'View'
}

function definitionOf({ table_type: type, table_name: name, view_definition: definition }: Body): string | null {
  const text = definition ?? 'None'
  if (type === 'VIEW') return `CREATE OR REPLACE VIEW ${name} AS ${text}`
  return type === 'MATERIALIZED VIEW' ? `CREATE MATERIALIZED VIEW ${name} AS ${text}` : null
}

function descriptionOf(remarks: unknown): string | null {
  if (typeof remarks !== 'string') return null
  const cut = remarks.length > LONGEST_DESCRIPTION ? [...remarks].slice(0, LONGEST_DESCRIPTION).join('') : remarks
  const flat = cut.replace(/<[^>]+>/g, '')
  return flat.replace(/\s+/g, ' ').replace(/^ /, '').replace(/ $/, '')
}

/** The number that a text or number represents; null where it does not represent exactly one. */
function numberOf(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null
  const number = Number(value)
  return Number.isNaN(number) ? null : number
}

import type { Scope } from './filters'

export type Entity = 'database' | 'schema' | 'table' | 'column'
export const ENTITIES: readonly Entity[] = ['database', 'schema', 'table', 'column']

const VISIBLE = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
const IN_SCOPE = "(current_database() || '.' || n.nspname) ~ $1 AND (current_database() || '.' || n.nspname) !~ $2"
const IS_TABLE = "c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ($3 = '' OR c.relname !~ $3)"
const TABLE_TYPE = `CASE c.relkind WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'PARTITIONED TABLE' WHEN 'v' THEN 'VIEW'
  WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'FOREIGN TABLE' END`
const yes = (condition: string): string => `CASE WHEN ${condition} THEN 'YES' ELSE 'NO' END`
const counted = (kinds: string): string =>
  `(SELECT count(*)::int FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN (${kinds}))`

const DATABASE = 'SELECT d.*, d.datname AS database_name FROM pg_database d WHERE d.datname = current_database()'

const SCHEMA = `SELECT current_database() AS catalog_name, n.nspname AS schema_name, pg_get_userbyid(n.nspowner) AS schema_owner,
  ${counted("'r', 'p', 'f'")} AS table_count, ${counted("'v', 'm'")} AS views_count
FROM pg_namespace n WHERE ${VISIBLE} AND has_schema_privilege(n.oid, 'USAGE, CREATE') AND ${IN_SCOPE} ORDER BY n.nspname`

const TABLE = `SELECT current_database() AS table_catalog, n.nspname AS table_schema, c.relname AS table_name,
  CASE WHEN c.relkind IN ('r', 'p', 'm') AND c.reltuples >= 0 THEN c.reltuples::bigint END AS row_count,
  (SELECT count(*)::int FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS column_count,
  c.relkind::text AS table_kind, ${TABLE_TYPE} AS table_type, c.relispartition AS is_partition,
  part.partstrat::text AS partition_strategy,
  CASE WHEN c.relkind = 'p' THEN (SELECT count(*)::int FROM pg_inherits i WHERE i.inhparent = c.oid) END AS partition_count,
  parent.relname AS parent_table_name, CASE WHEN c.relispartition THEN parent.relispartition END AS partitioned_parent_table,
  pg_get_expr(c.relpartbound, c.oid) AS partition_constraint,
  part.partnatts::int AS number_columns_in_part_key, part.partattrs::text AS columns_participating_in_part_key,
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS view_definition,
  NULL::text AS self_referencing_column_name, NULL::text AS reference_generation,
  CASE WHEN kind.oid IS NOT NULL THEN current_database() END AS user_defined_type_catalog,
  kindspace.nspname AS user_defined_type_schema, kind.typname AS user_defined_type_name,
  CASE WHEN c.relkind <> 'm' THEN ${yes("c.relkind IN ('r', 'p') OR (pg_relation_is_updatable(c.oid, false) & 8) = 8")} END
    AS is_insertable_into,
  CASE WHEN c.relkind <> 'm' THEN ${yes('c.reloftype <> 0')} END AS is_typed,
  NULL::text AS commit_action, obj_description(c.oid, 'pg_class') AS remarks
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_partitioned_table part ON part.partrelid = c.oid
  LEFT JOIN pg_inherits up ON up.inhrelid = c.oid AND c.relispartition
  LEFT JOIN pg_class parent ON parent.oid = up.inhparent
  LEFT JOIN pg_type kind ON kind.oid = c.reloftype
  LEFT JOIN pg_namespace kindspace ON kindspace.oid = kind.typnamespace
WHERE ${VISIBLE} AND ${IN_SCOPE} AND ${IS_TABLE} ORDER BY n.nspname, c.relname`

const DEFAULT = 'pg_get_expr(def.adbin, def.adrelid)'
/** A partition's identity column uses its parent's sequence and has none of its own: it does not cycle. */
const CYCLE = `(SELECT ${yes('s.seqcycle')} FROM pg_depend own JOIN pg_sequence s ON s.seqrelid = own.objid
  WHERE own.refobjid = c.oid AND own.refobjsubid = a.attnum AND own.deptype = 'i' AND own.classid = 'pg_class'::regclass LIMIT 1)`
const PRECISION =
  "CASE kind.typname WHEN 'int2' THEN 16 WHEN 'int4' THEN 32 WHEN 'int8' THEN 64 WHEN 'float4' THEN 24 WHEN 'float8' THEN 53 END"

const COLUMN = `SELECT current_database() AS table_catalog, n.nspname AS table_schema, c.relname AS table_name,
  a.attname AS column_name, a.attnum::int AS ordinal_position, ${DEFAULT} AS column_def,
  ${yes('NOT a.attnotnull')} AS is_nullable, kind.typname AS data_type,
  ${yes(`coalesce(${DEFAULT}, '') LIKE 'nextval(%'`)} AS is_auto_increment,
  NULL::int AS numeric_precision, NULL::int AS character_octet_length,
  ${yes("a.attgenerated = 's'")} AS is_generated, ${yes("a.attidentity <> ''")} AS is_identity,
  CASE WHEN a.attidentity <> '' THEN coalesce(${CYCLE}, 'NO') END AS identity_cycle,
  format_type(a.atttypid, NULL) AS column_size, 10 AS num_prec_radix, ${PRECISION} AS decimal_digits,
  ${TABLE_TYPE} AS table_type, ${yes('c.relispartition')} AS belongs_to_partition, ${yes('c.relispartition')} AS partitioned_table,
  held.constraint_type, held.constraint_name, col_description(c.oid, a.attnum) AS remarks, NULL::int AS partition_order
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type kind ON kind.oid = a.atttypid
  LEFT JOIN pg_attrdef def ON def.adrelid = a.attrelid AND def.adnum = a.attnum
  LEFT JOIN LATERAL (SELECT CASE con.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'f' THEN 'FOREIGN KEY' ELSE 'UNIQUE' END
      AS constraint_type, con.conname AS constraint_name
    FROM pg_constraint con WHERE con.conrelid = c.oid AND con.contype IN ('p', 'f', 'u') AND a.attnum = ANY (con.conkey)
    ORDER BY CASE con.contype WHEN 'p' THEN 1 WHEN 'f' THEN 2 ELSE 3 END, con.conname LIMIT 1) held ON true
WHERE a.attnum > 0 AND NOT a.attisdropped AND ${VISIBLE} AND ${IN_SCOPE} AND ${IS_TABLE}
ORDER BY n.nspname, c.relname, a.attnum`

const VIEWS = `SELECT current_database() AS catalog_name, n.nspname AS schema_name, c.relname AS view_name,
  pg_get_viewdef(c.oid) AS query_text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND ($3 = '' OR c.relname !~ $3) AND ${VISIBLE} AND ${IN_SCOPE} ORDER BY n.nspname, c.relname`

export interface Question {
  text: string
  values: string[]
}

/** The query that yields the raw records of an entity, key order included. */
export function rawRecords(entity: Entity | 'query', { include, exclude, temporaryTables }: Scope): Question {
  const all = [include, exclude, temporaryTables]
  const questions: Record<Entity | 'query', Question> = {
    database: { text: DATABASE, values: [] },
    schema: { text: SCHEMA, values: all.slice(0, 2) },
    table: { text: TABLE, values: all },
    column: { text: COLUMN, values: all },
    query: { text: VIEWS, values: all },
  }
  return questions[entity]
}

/** The number of tables that a run would find. */
export function tableCount({ include, exclude, temporaryTables }: Scope): Question {
  return {
    text: `SELECT count(*)::int AS count FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${VISIBLE} AND ${IN_SCOPE} AND ${IS_TABLE}`,
    values: [include, exclude, temporaryTables],
  }
}

export const SCHEMATA = `SELECT current_database() AS "TABLE_CATALOG", n.nspname AS "TABLE_SCHEMA"
FROM pg_namespace n WHERE ${VISIBLE} AND has_schema_privilege(n.oid, 'USAGE, CREATE') ORDER BY n.nspname`

/** Databases these credentials could log in to. */
export const REACHABLE = `SELECT datname AS name FROM pg_database WHERE datallowconn AND has_database_privilege(datname, 'CONNECT')`

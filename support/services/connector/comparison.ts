import { same, shown } from '../../assertions/values'
import type { Baseline, CatalogRecord } from './output'

type GapKind = 'count_mismatch' | 'missing' | 'extra' | 'missing_attribute' | 'attribute_mismatch'

/** One difference between a run's records and its baseline. */
export interface Gap {
  kind: GapKind
  type: string
  /** `table/column`, `table`, …; absent for a whole type. */
  record?: string
  field?: string
  expected?: unknown
  actual?: unknown
}

/** Attributes that differ between runs or connections. */
export const IGNORED: ReadonlySet<string> = new Set([
  'qualifiedName',
  'connectionQualifiedName',
  'lastSyncWorkflowName',
  'lastSyncRun',
  'lastSyncRunAt',
  'tenantId',
  'connectionName',
  'databaseQualifiedName',
  'schemaQualifiedName',
  'tableQualifiedName',
  'viewQualifiedName',
])

/** Attributes that contain only qualified names. */
const REFERENCES = new Set(['atlanSchema', 'database', 'table', 'view', 'materialisedView', 'parentTable', 'tablePartition'])

export interface Comparison {
  /** Records that the baseline does not contain are gaps; true by default. */
  strict?: boolean
  ignored?: ReadonlySet<string>
}

type Expected = Pick<CatalogRecord, 'attributes' | 'customAttributes'>

/** Compares every attribute of the baseline, record by record; other attributes may have any value. */
export function compare(records: readonly CatalogRecord[], baseline: Baseline, how: Comparison = {}): Gap[] {
  const { strict = true, ignored = IGNORED } = how
  const types = [...new Set([...Object.keys(baseline), ...(strict ? records.map(({ typeName }) => typeName) : [])])]
  return types.flatMap((type) => {
    const actual = byKey(records.filter(({ typeName }) => typeName === type))
    const expected = byKey(baseline[type] ?? [])
    const both = [...expected].flatMap(([record, wanted]): Gap[] => {
      const found = actual.get(record)
      return found ? differences(type, record, { wanted, found, ignored }) : [{ kind: 'missing', type, record }]
    })
    const extra = strict ? [...actual.keys()].filter((record) => !expected.has(record)) : []
    return [
      ...counted(type, { expected: expected.size, actual: actual.size, strict }),
      ...both,
      ...extra.map((record): Gap => ({ kind: 'extra', type, record })),
    ]
  })
}

function counted(type: string, { expected, actual, strict }: { expected: number; actual: number; strict: boolean }): Gap[] {
  const differs = strict ? expected !== actual : actual < expected
  return differs ? [{ kind: 'count_mismatch', type, expected, actual }] : []
}

/** Records by name, below their table, view or parent; records without a name are left out. */
function byKey(records: readonly Expected[]): Map<string, Expected> {
  return new Map(
    records.flatMap((record): [string, Expected][] => {
      const { name, tableName, viewName, parentName } = record.attributes
      if (typeof name !== 'string') return []
      const parent = [tableName, viewName, parentName].find((one) => typeof one === 'string' && one !== '')
      return [[parent === undefined ? name : `${parent}/${name}`, record]]
    }),
  )
}

interface Pair {
  wanted: Expected
  found: Expected
  ignored: ReadonlySet<string>
}

function differences(type: string, record: string, { wanted, found, ignored }: Pair): Gap[] {
  return (['attributes', 'customAttributes'] as const).flatMap((part) => {
    const [names, values] = [wanted[part] ?? {}, found[part] ?? {}]
    return Object.entries(names).flatMap(([name, expected]): Gap[] => {
      if (ignored.has(name) || REFERENCES.has(name)) return []
      const field = `${part}.${name}`
      if (!(name in values)) return [{ kind: 'missing_attribute', type, record, field, expected }]
      const actual = values[name]
      return same(expected, actual) ? [] : [{ kind: 'attribute_mismatch', type, record, field, expected, actual }]
    })
  })
}

/** Counts per kind, then the gaps of each type. */
export function gapReport(gaps: readonly Gap[], file: string): string {
  if (gaps.length === 0) return `no gaps to ${file}`
  const kinds = [...new Set(gaps.map(({ kind }) => kind))]
  const counts = kinds.map((kind) => `${kind}: ${gaps.filter((gap) => gap.kind === kind).length}`).join(', ')
  const types = [...new Set(gaps.map(({ type }) => type))].sort()
  const lines = types.flatMap((type) => gaps.filter((gap) => gap.type === type).map(lineOf))
  return [`the records differ from ${file} (${counts}):`, ...lines].join('\n')
}

function lineOf({ kind, type, record, field, expected, actual }: Gap): string {
  const what = `[${kind.toUpperCase()}] ${type}${record === undefined ? '' : `/${record}`}`
  if (kind === 'missing' || kind === 'extra') return what
  const where = field === undefined ? what : `${what} -> ${field}`
  return kind === 'missing_attribute'
    ? `${where}: expected=${shown(expected)}`
    : `${where}: expected=${shown(expected)}, actual=${shown(actual)}`
}

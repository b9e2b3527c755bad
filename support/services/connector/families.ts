import type { CatalogRecord } from './output'

/** Attributes that contain the parent's name, by type of record; the first one present counts. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  Schema: ['databaseQualifiedName'],
  Table: ['schemaQualifiedName'],
  View: ['schemaQualifiedName'],
  MaterialisedView: ['schemaQualifiedName'],
  TablePartition: ['tableQualifiedName'],
  Column: ['tableQualifiedName', 'viewQualifiedName'],
}

/**
 * Checks that each record has its required references and that its parent exists.
 * @returns one sentence for each record that fails
 */
export function checkFamilies(records: readonly CatalogRecord[]): string[] {
  const names = new Set(records.map(({ attributes }) => attributes.qualifiedName))
  return records.flatMap(({ typeName, attributes }) => {
    const { name, qualifiedName, connectionQualifiedName } = attributes
    const who = `${typeName} ${String(qualifiedName ?? name)}`
    if (![name, qualifiedName, connectionQualifiedName].every((one) => typeof one === 'string'))
      return [`${who} lacks its name, its qualified name or its connection's`]
    const field = PARENTS[typeName]?.find((one) => typeof attributes[one] === 'string')
    if (!field) return typeName in PARENTS ? [`${who} names no parent`] : []
    const parent = String(attributes[field])
    if (!names.has(parent)) return [`ORPHAN: ${who} names ${parent}, which is not there`]
    const below = typeName === 'TablePartition' ? String(attributes.schemaQualifiedName) : parent
    return String(qualifiedName).startsWith(`${below}/`) ? [] : [`${who} does not stand below ${below}`]
  })
}

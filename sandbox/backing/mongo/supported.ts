import type { Document } from 'bson'
import { MongoError, notImplemented } from './errors'
import { isDocument, numberOf, typeName } from './values'

/** Fields every command may have. */
const COMMON = [
  ...['$db', 'lsid', '$clusterTime', '$readPreference', 'comment', 'maxTimeMS', 'writeConcern', 'readConcern'],
  ...['apiVersion', 'apiStrict', 'apiDeprecationErrors', 'autocommit', 'startTransaction', 'txnNumber'],
]

/** Fields whose effect is emulated, or that have none on what a client sees. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  insert: ['documents', 'ordered', 'bypassDocumentValidation'],
  update: ['updates', 'ordered', 'bypassDocumentValidation'],
  delete: ['deletes', 'ordered'],
  findAndModify: ['query', 'sort', 'update', 'remove', 'new', 'upsert', 'fields', 'arrayFilters'],
  find: ['filter', 'sort', 'skip', 'limit', 'projection', 'batchSize', 'singleBatch', 'allowDiskUse', 'noCursorTimeout'],
  aggregate: ['pipeline', 'cursor', 'allowDiskUse'],
  count: ['query', 'limit', 'skip', 'fields'],
  distinct: ['key', 'query'],
  getMore: ['collection', 'batchSize'],
  killCursors: ['cursors'],
  create: [],
  drop: [],
  dropDatabase: [],
  listDatabases: ['nameOnly'],
  listCollections: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  createIndexes: ['indexes'],
  listIndexes: ['cursor'],
  dropIndexes: ['index'],
  collStats: [],
}
const STATEMENTS: Readonly<Record<string, readonly string[]>> = {
  updates: ['q', 'u', 'multi', 'upsert', 'arrayFilters'],
  deletes: ['q', 'limit'],
  indexes: ['v', 'key', 'name', 'unique', 'background'],
}

/** @throws MongoError for whatever the command asks that is not emulated: success without the effect would mislead its client */
export function checkCommand(name: string, body: Document): void {
  const known = name === 'findandmodify' ? 'findAndModify' : name
  const fields = FIELDS[known]
  if (!fields) return
  checkFields(known, Object.keys(body), [name, ...COMMON, ...fields])
  checkConcerns(body)
  checkName(known, body[name], body)
  for (const field of COUNTS)
    if (body[field] !== undefined && numberOf(body[field]) === undefined)
      throw wrongType(`${known}.${field}`, body[field], 'number')
  for (const list of LISTS)
    if (body[list] !== undefined && !Array.isArray(body[list])) throw wrongType(`${known}.${list}`, body[list], 'array')
  for (const item of LISTS.flatMap((list) => (body[list] as unknown[] | undefined) ?? []))
    if (!isDocument(item)) throw wrongType(known, item, 'object')
  for (const [list, allowed] of Object.entries(STATEMENTS))
    for (const statement of (body[list] as Document[] | undefined) ?? []) checkStatement(known, statement, allowed)
}

const COUNTS = ['skip', 'limit', 'batchSize']
const LISTS = ['documents', 'updates', 'deletes', 'indexes', 'arrayFilters']
const OF_DATABASES = ['dropDatabase', 'listDatabases', 'listCollections', 'getMore']

/** The first field of most commands is the name of a collection. */
function checkName(command: string, name: unknown, { pipeline }: Document): void {
  if (OF_DATABASES.includes(command) || (pipeline !== undefined && numberOf(name) === 1)) return
  if (typeof name !== 'string') throw new MongoError(73, 'InvalidNamespace', `collection name has invalid type ${typeName(name)}`)
  if (name === '' || name.includes('$') || name.includes('\0') || name.startsWith('.'))
    throw new MongoError(73, 'InvalidNamespace', `Invalid collection name specified '${name}'`)
}

function wrongType(field: string, value: unknown, expected: string): MongoError {
  return new MongoError(
    14,
    'TypeMismatch',
    `BSON field '${field}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
  )
}

function checkStatement(command: string, statement: Document, allowed: readonly string[]): void {
  checkFields(command, Object.keys(statement), allowed)
  const { arrayFilters, key = {} } = statement
  if (arrayFilters !== undefined && !(Array.isArray(arrayFilters) && arrayFilters.every(isDocument)))
    throw wrongType('update.updates.arrayFilters', arrayFilters, 'array')
  if (!isDocument(key)) throw wrongType('createIndexes.indexes.key', key, 'object')
  for (const [field, kind] of Object.entries((statement.key as Document | undefined) ?? {}))
    if (numberOf(kind) !== 1 && numberOf(kind) !== -1) throw notImplemented(`index of kind ${kind} on ${field}`)
}

function checkFields(command: string, given: readonly string[], allowed: readonly string[]): void {
  const unknown = given.find((field) => !allowed.includes(field))
  if (unknown) throw notImplemented(`${command}.${unknown}`)
}

function checkConcerns({ writeConcern, readConcern, txnNumber, apiStrict }: Document): void {
  if (apiStrict === true) throw notImplemented('apiStrict')
  const given: unknown = writeConcern?.w
  const w = numberOf(given) ?? given
  if (typeof w === 'number' && w > 1) throw new MongoError(2, 'BadValue', "cannot use 'w' > 1 when a host is not replicated")
  if (typeof w === 'string' && w !== 'majority')
    throw new MongoError(2, 'BadValue', "cannot use non-majority 'w' mode when a host is not a member of a replica set")
  const level: unknown = readConcern?.level
  if (level !== undefined && !['local', 'available', 'majority'].includes(String(level)))
    throw notImplemented(`read concern ${level}`)
  if (txnNumber !== undefined)
    throw new MongoError(20, 'IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos')
}

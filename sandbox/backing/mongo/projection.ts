import type { Document } from 'bson'
import { MongoError, notImplemented } from './errors'
import { compileExpression, type Expression, isTrue } from './expressions'
import { cloned, isDocument, isNumeric, typeName } from './values'

export type Project = (document: Document) => Document

/** A tree of what a projection says of each field. */
interface Tree {
  [field: string]: Tree | boolean | Expression
}

/**
 * @param place who asks: `find` treats an empty projection as none, a stage refuses it
 * @throws MongoError for a projection that includes and excludes, and for what is not emulated
 */
export function compileProjection(given: unknown, place: 'find' | 'stage'): Project {
  if (given === undefined || given === null) return (document) => document
  if (!isDocument(given)) throw new MongoError(15_969, 'Location15969', `$project specification must be an object`)
  if (Object.keys(given).length === 0) {
    if (place === 'find') return (document) => document
    throw new MongoError(51_272, 'Location51272', 'projection specification must have at least one field')
  }
  const { _id: id, ...fields } = flat(given)
  const excluded = Object.keys(fields).filter((path) => fields[path] === false)
  const included = Object.keys(fields).filter((path) => fields[path] !== false)
  const [firstExcluded, firstIncluded] = [excluded[0], included[0]]
  if (firstExcluded !== undefined && firstIncluded !== undefined) throw mixed(Object.keys(fields), fields)
  const excludes = firstExcluded !== undefined || (firstIncluded === undefined && id === false)
  if (excludes) return exclusion(id, excluded)
  return inclusion({ ...(id === false ? {} : { _id: id ?? true }), ...fields })
}

function exclusion(id: Flat[string] | undefined, excluded: readonly string[]): Project {
  if (typeof id === 'function') throw notImplemented('a computed _id beside excluded fields')
  const tree = treeOf(Object.fromEntries([...excluded, ...(id === false ? ['_id'] : [])].map((path) => [path, false])))
  return (document) => without(document, tree) as Document
}

function inclusion(fields: Flat): Project {
  const tree = treeOf(fields)
  const computed = Object.entries(fields).filter(([, value]) => typeof value === 'function') as [string, Expression][]
  if (computed.some(([path]) => path.includes('.'))) throw notImplemented('a computed nested field')
  return (document) => {
    const made = only(document, tree) as Document
    for (const [path, expression] of computed) {
      const value = expression(document)
      if (value !== undefined) made[path] = cloned(value)
    }
    return made
  }
}

function mixed(paths: readonly string[], fields: Flat): MongoError {
  const isInclusion = fields[paths[0] ?? ''] !== false
  const other = paths.find((path) => (fields[path] !== false) !== isInclusion)
  return isInclusion
    ? new MongoError(31_254, 'Location31254', `Cannot do exclusion on field ${other} in inclusion projection`)
    : new MongoError(31_253, 'Location31253', `Cannot do inclusion on field ${other} in exclusion projection`)
}

type Flat = Record<string, boolean | Expression>

/** `{a: {b: 1}}` and `{'a.b': 1}` are the same. */
function flat(given: Document, prefix = ''): Flat {
  const all: Flat = {}
  for (const [name, value] of Object.entries(given)) {
    const path = `${prefix}${name}`
    if (name.includes('$')) throw notImplemented(`${name} in a projection`)
    if (typeof value === 'boolean' || isNumeric(value)) all[path] = isTrue(value)
    else if (typeName(value) === 'decimal') throw notImplemented('a decimal in a projection')
    else if (!isDocument(value)) all[path] = compileExpression(value)
    else if (Object.keys(value)[0]?.startsWith('$')) all[path] = compileExpression(value)
    else Object.assign(all, flat(value, `${path}.`))
  }
  return all
}

function treeOf(fields: Flat): Tree {
  const tree: Tree = {}
  for (const [path, value] of Object.entries(fields)) {
    const parts = path.split('.')
    let at = tree
    for (const part of parts.slice(0, -1)) {
      const inner = at[part] ?? {}
      if (typeof inner !== 'object') throw collision(path)
      at[part] = inner
      at = inner
    }
    const last = parts.at(-1) ?? ''
    if (Object.hasOwn(at, last)) throw collision(path)
    at[last] = value
  }
  return tree
}

function collision(path: string): MongoError {
  return new MongoError(31_249, 'Location31249', `Path collision at ${path}`)
}

/** Fields keep the order of the document. */
function only(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value))
    return value.filter((one) => isDocument(one) || Array.isArray(one)).map((one: unknown) => only(one, tree))
  const made: Document = {}
  for (const [name, inner] of Object.entries(value as Document)) {
    const wanted = Object.hasOwn(tree, name) ? tree[name] : undefined
    if (wanted === true) made[name] = inner
    else if (typeof wanted === 'object' && (isDocument(inner) || Array.isArray(inner))) made[name] = only(inner, wanted)
  }
  return made
}

function without(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => without(one, tree))
  if (!isDocument(value)) return value
  const made: Document = {}
  for (const [name, inner] of Object.entries(value)) {
    const wanted = Object.hasOwn(tree, name) ? tree[name] : undefined
    if (wanted === undefined) made[name] = inner
    else if (typeof wanted === 'object') made[name] = without(inner, wanted)
  }
  return made
}

import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './runner'

const FILE = join(ROOT, 'published-types.ts')
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ['node'],
}

const OBJECTS = ts.TypeFlags.Object | ts.TypeFlags.Intersection

/** Where a value differs from a type: `messages[].user: is a number, not string`. */
export type Mismatch = string

/** Checks JSON values against the types that a package publishes for its service's requests and responses. */
export class PublishedTypes {
  private readonly checker: ts.TypeChecker
  private readonly types: Map<string, ts.Type>

  /** @param names of exported types, also of lists: `APIUser[]` @throws where the package does not export one of them */
  constructor(module: string, names: readonly string[]) {
    const fields = names.map((name) => `  '${name}': Published.${name}`).join('\n')
    const text = `import type * as Published from '${module}'\nexport declare const all: {\n${fields}\n}\n`
    const program = programOf(text)
    const source = program.getSourceFile(FILE)
    this.checker = program.getTypeChecker()
    const unknown = program
      .getSemanticDiagnostics(source)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
    if (!source || unknown.length > 0) throw new Error(`types of ${module} cannot be read: ${unknown.join('; ')}`)
    const [all] = this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(source) as ts.Symbol)
    const properties = this.checker.getTypeOfSymbol(all as ts.Symbol).getProperties()
    this.types = new Map(properties.map((one) => [one.name, this.checker.getTypeOfSymbol(one)]))
  }

  /** Also reports fields that the type does not have: a service that is emulated should not send more than the real one. */
  mismatches(name: string, value: unknown): Mismatch[] {
    return this.compare(this.typeNamed(name), value, '')
  }

  /** The fields that a value of the type may have, whichever member of a union it is. */
  fieldsOf(name: string): Set<string> {
    const type = this.typeNamed(name)
    const members = type.isUnion() ? type.types : [type]
    return new Set(members.flatMap((member) => this.checker.getPropertiesOfType(member).map((property) => property.name)))
  }

  private typeNamed(name: string): ts.Type {
    const type = this.types.get(name)
    if (!type) throw new Error(`${name} was not asked for`)
    return type
  }

  private compare(type: ts.Type, value: unknown, path: string): Mismatch[] {
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return []
    if (type.isUnion() && !(type.flags & ts.TypeFlags.Boolean)) return this.closest(type.types, value, path)
    if (value !== null && typeof value === 'object') return this.compareObject(type, value, path)
    const text = this.checker.typeToString(type)
    return isOf(type, value, text) ? [] : [`${path || 'it'}: is ${named(value)}, not ${text}`]
  }

  /** Of a union, the member from which the value differs least. */
  private closest(members: readonly ts.Type[], value: unknown, path: string): Mismatch[] {
    const present = members.filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | (value === null ? 0 : ts.TypeFlags.Null))))
    if (present.length === 0) return [`${path || 'it'}: is ${named(value)}, not null`]
    const each = present.map((member) => this.compare(member, value, path))
    const objects = each.filter((_found, at) => ((present[at]?.flags ?? 0) & OBJECTS) !== 0)
    const alike = typeof value === 'object' && value !== null && objects.length > 0 ? objects : each
    return alike.reduce((best, one) => (one.length < best.length ? one : best))
  }

  private compareObject(type: ts.Type, value: object, path: string): Mismatch[] {
    if (this.checker.isArrayType(type) || this.checker.isTupleType(type)) {
      if (!Array.isArray(value)) return [`${path || 'it'}: is an object, not a list`]
      const [item] = this.checker.getTypeArguments(type as ts.TypeReference)
      return item ? unique(value.flatMap((one) => this.compare(item, one, `${path}[]`))) : []
    }
    if (Array.isArray(value) || !(type.flags & OBJECTS))
      return [`${path || 'it'}: is ${named(value)}, not ${this.checker.typeToString(type)}`]
    return this.compareFields(type, value as Record<string, unknown>, path)
  }

  private compareFields(type: ts.Type, value: Record<string, unknown>, path: string): Mismatch[] {
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
    const properties = this.checker.getPropertiesOfType(type)
    const known = new Set(properties.map(({ name }) => name))
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String)
    const found = properties.flatMap((property) => {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0
      if (value[property.name] === undefined) return isOptional ? [] : [`${at(property.name)}: is missing`]
      return this.compare(this.checker.getTypeOfSymbol(property), value[property.name], at(property.name))
    })
    const others = Object.keys(value).filter((name) => !known.has(name) && value[name] !== undefined)
    const isOpen = index !== undefined && !(index.flags & ts.TypeFlags.Unknown)
    return unique([
      ...found,
      ...others.flatMap((name) => (isOpen ? this.compare(index, value[name], at(name)) : [`${at(name)}: is not in the type`])),
    ])
  }
}

function programOf(text: string): ts.Program {
  const host = ts.createCompilerHost(OPTIONS)
  const { getSourceFile, fileExists, readFile } = host
  const own = ts.createSourceFile(FILE, text, ts.ScriptTarget.ES2022, true)
  host.getSourceFile = (path, ...rest) => (path === FILE ? own : getSourceFile.call(host, path, ...rest))
  host.fileExists = (path) => path === FILE || fileExists.call(host, path)
  host.readFile = (path) => (path === FILE ? text : readFile.call(host, path))
  return ts.createProgram([FILE], OPTIONS, host)
}

/** Any number can be a combination of flags, of which an enumeration has the single ones. @param text of the type */
function isOf(type: ts.Type, value: unknown, text: string): boolean {
  const { flags } = type
  if (typeof value === 'number' && flags & ts.TypeFlags.EnumLiteral && /Flags(?:\.|$)/.test(text)) return true
  if (value === null) return (flags & ts.TypeFlags.Null) !== 0
  if (type.isLiteral()) return type.value === value
  if (typeof value === 'string') return (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) !== 0
  if (typeof value === 'number') return (flags & (ts.TypeFlags.Number | ts.TypeFlags.Enum)) !== 0
  const isLiteral = (flags & ts.TypeFlags.BooleanLiteral) !== 0
  if (isLiteral) return (type as ts.Type & { intrinsicName: string }).intrinsicName === String(value)
  return (flags & ts.TypeFlags.Boolean) !== 0
}

function named(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)]
}

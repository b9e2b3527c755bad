const { readFileSync } = require('node:fs')
const { enableCompileCache, SourceMap } = require('node:module')
const { join, relative, sep } = require('node:path')
const { pathToFileURL } = require('node:url')
const { isMainThread } = require('node:worker_threads')
const compiler = require('./compiler.js')
const { FOLDER, keep, keyOf, read } = require('./kept.js')

const ROOT = join(__dirname, '..', '..')
const TS_NODE = Symbol.for('ts-node.register.instance')
const NODE_MODULES = `${sep}node_modules${sep}`

/**
 * Loads the TypeScript of the project as `ts-node/register` does, except that what was made of a text is kept, and what ts-node passes to
 * its compiler, too: ts-node and the TypeScript compiler take longer to load than everything else and stay in the memory of every
 * worker, so they are loaded only if the settings have changed.
 */
if (!process[TS_NODE]) register()

function register() {
  // Each thread would keep in memory all that it reads from this cache, and workers start nearly as fast without it.
  if (isMainThread) enableCompileCache()
  Error.prepareStackTrace = stackOf
  const native = require.extensions['.ts']
  require.extensions['.ts'] = (module, path) => {
    if (path.includes(NODE_MODULES)) native(module, path)
    else module._compile(load(path), path)
  }
}

/** What decides, beside a text and its place, what becomes of it. The place does because libraries load later from step files (see `compiler.js`). */
const settings = ['tsconfig.json', 'support/run/compiler.js', 'support/run/typescript.js']
  .map((path) => readFileSync(join(ROOT, path), 'utf8'))
  .concat(require('ts-node/package.json').version, require('@swc/core/package.json').version)
const settingsKey = keyOf(settings)

const NO_MAP = '{ "version": 3, "sources": [], "mappings": "" }'

/** How to get the source map of each loaded file: it is read only for a stack trace with a line of that file. */
const payloads = new Map()
const maps = new Map()

function load(path) {
  const text = readFileSync(path, 'utf8')
  const key = keyOf([settingsKey, relative(ROOT, path), text])
  const map = `${key}.map`
  const code = read(`${key}.js`)
  payloads.set(path, () => JSON.parse(read(map) ?? NO_MAP))
  return `${code ?? compiled(text, path, key)}\n//# sourceMappingURL=${pathToFileURL(join(FOLDER, map))}`
}

/** The map is kept first: where there is code, there is a map. */
function compiled(text, path, key) {
  const { code, map } = compile(text, path)
  keep(`${key}.map`, JSON.stringify(map))
  keep(`${key}.js`, code)
  payloads.set(path, () => map)
  return code
}

/** The source map without the text of its source, and with a path that debuggers find in every copy of the project. */
function compile(text, path) {
  const compiled = compiler.transformSync(text, { ...optionsOfTsNode(), filename: path })
  const { version, mappings, names } = JSON.parse(compiled.map)
  return { code: compiled.code, map: { version, sources: [relative(FOLDER, path)], names, mappings } }
}

let options

/** What ts-node passes to its compiler: it depends on the settings alone. */
function optionsOfTsNode() {
  const name = `${settingsKey}.json`
  options ??= JSON.parse(read(name) ?? 'null')
  if (options) return options
  require('ts-node')
    .create({ cwd: ROOT, project: join(ROOT, 'tsconfig.json') })
    .compile('', join(ROOT, 'any.ts'))
  // It replaces this by one that reads only its own source maps.
  Error.prepareStackTrace = stackOf
  options = compiler.options
  keep(name, JSON.stringify(options))
  return options
}

/** The text of a stack trace, with the positions of the TypeScript that was written. */
function stackOf(error, frames) {
  return [headOf(error), ...frames.map((frame) => `    at ${placed(frame)}`)].join('\n')
}

function headOf(error) {
  try {
    return Error.prototype.toString.call(error)
  } catch {
    return 'Error'
  }
}

function placed(frame) {
  const text = String(frame)
  const path = frame.getFileName()
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()]
  const { originalLine, originalColumn } = mapOf(path)?.findEntry(line - 1, column - 1) ?? {}
  if (originalLine === undefined) return text
  return text.replace(`${path}:${line}:${column}`, () => `${path}:${originalLine + 1}:${originalColumn + 1}`)
}

function mapOf(path) {
  const known = maps.get(path)
  const payload = known ? undefined : payloads.get(path)
  if (!payload) return known
  const map = new SourceMap(payload())
  maps.set(path, map)
  return map
}

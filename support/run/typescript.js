const { readFileSync } = require('node:fs')
const { enableCompileCache, setSourceMapsSupport } = require('node:module')
const { basename, join, relative, sep } = require('node:path')
const { kept } = require('./kept.js')

const ROOT = join(__dirname, '..', '..')
const TS_NODE = Symbol.for('ts-node.register.instance')
const NODE_MODULES = `${sep}node_modules${sep}`

/**
 * Loads the TypeScript of the project as `ts-node/register` does, except that what ts-node made of a text is kept: ts-node and the
 * TypeScript compiler, which take longer to load than everything else and stay in the memory of every worker, are only loaded for a
 * text they have not seen. Node itself translates positions in stack traces by the source map in each text.
 */
if (!process[TS_NODE]) register()

function register() {
  enableCompileCache()
  setSourceMapsSupport(true)
  const before = require.extensions['.ts']
  require.extensions['.ts'] = (module, path) => {
    if (path.includes(NODE_MODULES)) before(module, path)
    else module._compile(compiled(readFileSync(path, 'utf8'), path), path)
  }
}

const settings = ['tsconfig.json', 'support/run/compiler.js', 'support/run/typescript.js']
  .map((path) => readFileSync(join(ROOT, path), 'utf8'))
  .concat(require('ts-node/package.json').version, require('@swc/core/package.json').version)

/** The folder decides too, because libraries load later from step files than from others (see `compiler.js`). */
function compiled(code, path) {
  return kept([...settings, process.versions.node, relative(ROOT, path), code], () => withOwnMap(tsNode().compile(code, path), path))
}

/** The source map of ts-node, with the file's name instead of its path, so that it is right in every copy of the project, and without its text. */
function withOwnMap(output, path) {
  return output.replace(/(\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,)(\S+)\s*$/, (_, start, encoded) => {
    const { sourcesContent, file, ...map } = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))
    return start + Buffer.from(JSON.stringify({ ...map, sources: [basename(path)] })).toString('base64')
  })
}

let service

function tsNode() {
  if (service) return service
  const prepare = Error.prepareStackTrace
  service = require('ts-node').create({ cwd: ROOT, project: join(ROOT, 'tsconfig.json') })
  // It reads source maps of its own only, not those that were kept.
  Error.prepareStackTrace = prepare
  return service
}

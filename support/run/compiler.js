const { keep, keyOf, read } = require('./kept.js')

const { version } = require('@swc/core/package.json')

/**
 * What ts-node compiles with (see tsconfig.json): swc, set to load a package only when something of it is first used, since every step
 * file is loaded in every run and the libraries of services that were not chosen are not wanted. What it made of a text is kept, so
 * that swc itself is loaded only for a text it has not seen.
 */
module.exports = { version, transformSync, options: undefined }

function transformSync(code, options) {
  // `typescript.js` keeps them, so that it needs ts-node only once.
  if (options.filename) module.exports.options = { ...options, filename: undefined }
  const lazy = isSteps(options.filename) ? specifiersOf(code) : true
  const whole = { ...options, module: options.module && { ...options.module, lazy } }
  // ts-node itself writes the file's name into the source map, so a file of the same text elsewhere needs no compiling.
  const name = `${keyOf([version, JSON.stringify({ ...whole, filename: undefined }), code])}.json`
  const known = read(name)
  if (known) return JSON.parse(known)
  const made = require('@swc/core').transformSync(code, whole)
  keep(name, JSON.stringify(made))
  return made
}

/** In step files and parameter types, which only pass things on, everything is lazy: the tasks of a service load with its first step. */
function isSteps(filename) {
  return /[\\/]steps[\\/].+\.ts$|[\\/]parameter-types\.ts$/.test(filename ?? '')
}

function specifiersOf(code) {
  return [...code.matchAll(/^(?:import|export)\b[^'"]*\bfrom '([^']+)'/gm)].map(([, specifier]) => specifier)
}

const { createHash } = require('node:crypto')
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { threadId } = require('node:worker_threads')

const FOLDER = join(__dirname, '..', '..', 'node_modules', '.cache', 'acceptance')
const { version } = require('@swc/core/package.json')

/**
 * What ts-node compiles with (see tsconfig.json): swc, set to load a package only when something of it is first used, since every step
 * file is loaded in every run and the libraries of services that were not chosen are not wanted. What it made of a text is kept, so
 * that swc itself is loaded only for a text it has not seen.
 */
module.exports = { version, transformSync }

function transformSync(code, options) {
  const lazy = isSteps(options.filename) ? specifiersOf(code) : true
  const whole = { ...options, module: options.module && { ...options.module, lazy } }
  // ts-node itself writes the file's name into the source map, so a file of the same text elsewhere needs no compiling.
  const key = createHash('sha1')
    .update(JSON.stringify([version, { ...whole, filename: undefined }, code]))
    .digest('hex')
  const path = join(FOLDER, `${key}.json`)
  return read(path) ?? keep(path, require('@swc/core').transformSync(code, whole))
}

/** In step files and parameter types, which only pass things on, everything is lazy: the tasks of a service load with its first step. */
function isSteps(filename) {
  return /[\\/]steps[\\/].+\.ts$|[\\/]parameter-types\.ts$/.test(filename ?? '')
}

function specifiersOf(code) {
  return [...code.matchAll(/^(?:import|export)\b[^'"]*\bfrom '([^']+)'/gm)].map(([, specifier]) => specifier)
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Written aside and renamed, so that no other thread reads half of it; where nothing can be written it is made again each time. */
function keep(path, { code, map }) {
  const aside = `${path}.${process.pid}-${threadId}`
  try {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(aside, JSON.stringify({ code, map }))
    renameSync(aside, path)
  } catch (error) {
    if (!['EACCES', 'EROFS', 'ENOSPC', 'EPERM', 'ENOENT'].includes(error.code)) throw error
  }
  return { code, map }
}

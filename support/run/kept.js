const { createHash } = require('node:crypto')
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { threadId } = require('node:worker_threads')

const FOLDER = join(__dirname, '..', '..', 'node_modules', '.cache', 'acceptance')

module.exports = { kept }

/**
 * A text that is made from others only once on this machine.
 * @param {readonly string[]} parts everything it depends on
 * @param {() => string} make
 * @returns {string}
 */
function kept(parts, make) {
  const hash = createHash('sha1')
  for (const part of parts) hash.update(`${part.length} `).update(part)
  const path = join(FOLDER, hash.digest('hex'))
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return keep(path, make())
  }
}

/** Written aside and renamed, so that no other thread reads half of it; where nothing can be written it is made again each time. */
function keep(path, text) {
  const aside = `${path}.${process.pid}-${threadId}`
  try {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(aside, text)
    renameSync(aside, path)
  } catch (error) {
    if (!['EACCES', 'EROFS', 'ENOSPC', 'EPERM', 'ENOENT'].includes(error.code)) throw error
  }
  return text
}

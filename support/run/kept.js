const { createHash } = require('node:crypto')
const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { threadId } = require('node:worker_threads')

const FOLDER = join(__dirname, '..', '..', 'node_modules', '.cache', 'acceptance')

module.exports = { FOLDER, keyOf, keep, read }

/** A name for what is made from these texts. @param {readonly string[]} parts everything it depends on */
function keyOf(parts) {
  const hash = createHash('sha1')
  for (const part of parts) hash.update(`${part.length} `).update(part)
  return hash.digest('hex')
}

/** @returns {string | undefined} what was kept, if anything */
function read(name) {
  try {
    return readFileSync(join(FOLDER, name), 'utf8')
  } catch {
    return undefined
  }
}

/** Written aside and renamed, so that no other thread reads half of it; where nothing can be written it is made again each time. */
function keep(name, text) {
  const path = join(FOLDER, name)
  const aside = `${path}.${process.pid}-${threadId}`
  try {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(aside, text)
    renameSync(aside, path)
  } catch (error) {
    rmSync(aside, { force: true })
    if (!['EACCES', 'EROFS', 'ENOSPC', 'EPERM', 'ENOENT'].includes(error.code)) throw error
  }
}

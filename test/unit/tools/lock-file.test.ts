import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

interface Locked {
  /** A workspace of this repository, whose folder `resolved` is. */
  link?: true
  optionalDependencies?: Record<string, string>
  resolved?: string
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }

/** Folders in which Node searches a package required in the given folder: this folder, then its parents. */
function isLocked(name: string, from: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (lock.packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true
    if (!folder) return false
  }
}

describe('the lock file', () => {
  it('has an entry for every optional package of another platform, without which `npm ci` fails there', () => {
    const missing = Object.entries(lock.packages).flatMap(([folder, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(name, folder)),
    )
    assert.deepEqual(missing, [])
  })

  it('names no registry, so that every user installs from their own', () => {
    const named = Object.entries(lock.packages).filter(([, { link, resolved }]) => resolved && !link)
    assert.deepEqual(named, [])
  })
})

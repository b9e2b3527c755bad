import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { JOURNAL_FOLDER } from '../../support/undo/journal'
import { readJournal } from '../../support/undo/journal-reader'

/** Journals of runs whose process is gone and which began long enough ago, oldest first. */
export function journalsIn(olderThan: number, folder = JOURNAL_FOLDER, now = Date.now()): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ndjson'))
    .sort()
    .map((file) => join(folder, file))
    .filter((path) => {
      const { pid, startedAt } = readJournal(path)
      return now - startedAt >= olderThan && !isAlive(pid)
    })
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

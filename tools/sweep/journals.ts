import { existsSync, readdirSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../../support/config/errors'
import { MESSAGES } from '../../support/reports/results'
import { JOURNAL_FOLDER } from '../../support/undo/journal'
import { type JournalRecord, readJournal } from '../../support/undo/journal-reader'

/** Journals of runs whose process has ended and which began long enough ago, oldest first. */
export function journalsIn(olderThan: number, folder = JOURNAL_FOLDER, now = Date.now()): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ndjson'))
    .sort()
    .map((file) => join(folder, file))
    .filter((path) => isOver(readJournal(path), olderThan, now))
}

/**
 * Journals of other machines, anywhere below a folder: beside reports, or in a copy of `.acceptance`. Of several journals of one
 * run the longest comes first; when it is finished, the others are finished, too.
 */
export function journalsBelow(folder: string, olderThan: number, now = Date.now()): string[][] {
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  const found = files
    .filter((file) => file.isFile() && file.name.endsWith('.ndjson') && file.name !== MESSAGES)
    .map((file) => join(file.parentPath, file.name))
    .map((path) => ({ path, record: readJournal(path), size: statSync(path).size }))
    .filter(({ record }) => record.runId !== '' && isOver(record, olderThan, now))
  const runs = Map.groupBy(found, ({ record }) => record.runId)
  return [...runs]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, copies]) => copies.sort((one, other) => other.size - one.size).map(({ path }) => path))
}

function isOver({ pid, host, startedAt }: JournalRecord, olderThan: number, now: number): boolean {
  return now - startedAt >= olderThan && !(isHere(host) && isAlive(pid))
}

/** The process id of another machine's process cannot be checked. */
function isHere(host: string): boolean {
  return host === '' || host === hostname()
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

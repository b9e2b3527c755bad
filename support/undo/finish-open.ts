import type { Entry, Journal } from './journal'
import { readJournal } from './journal-reader'
import { finish, type Leftover, type UndoResolver } from './undo'

/**
 * Undoes the open entries of a journal that belong to the suite, newest first.
 * @returns the entries whose end was not seen
 */
export async function finishOpen(
  journal: Journal,
  isOurs: (entry: Entry) => boolean,
  resolve: UndoResolver,
): Promise<Leftover[]> {
  const leftovers: Leftover[] = []
  for (const entry of readJournal(journal.path).open.filter(isOurs).reverse()) {
    const leftover = await finish(entry, journal, resolve)
    if (leftover) leftovers.push(leftover)
  }
  return leftovers
}

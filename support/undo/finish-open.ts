import type { Entry, Journal } from './journal'
import { readJournal } from './journal-reader'
import { finish, type Leftover, type UndoResolver } from './undo'

/**
 * Finishes whatever a journal still has open of what is ours to finish, newest first.
 * @returns what could not be seen to have ended
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

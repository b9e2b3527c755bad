import { temporaryFolder } from '../../sandbox/kit/test/temporary'
import { type Entry, Journal } from '../../support/undo/journal'
import { readJournal } from '../../support/undo/journal-reader'
import { finish, type UndoTable } from '../../support/undo/undo'

/** The journal entry of a thing that was created. */
export type Made = Pick<Entry, 'name' | 'by'> & Partial<Pick<Entry, 'id' | 'data' | 'at'>>

/** Undoes entries as the sweep does, each in a separate journal. @returns how the entry ended, or why it was left */
export function finisher<Clients>(
  service: string,
  undo: UndoTable<Clients>,
  clients: (by: string) => Promise<Clients>,
): (kind: string, made: Made) => Promise<string> {
  const folder = temporaryFolder()
  let files = 0
  return async (kind, made) => {
    const declared = undo[kind]
    if (!declared) throw new Error(`${service} declares no ${kind}.`)
    const journal = new Journal(Journal.pathOf(`${++files}`, folder), () => false)
    const entry = journal.intend({ service, kind, ends: declared.ends, ...made, data: made.data ?? {} })
    if (made.at !== undefined) entry.at = made.at
    const leftover = await finish(entry, journal, async () => ({ kind: declared as never, clients: await clients(made.by) }), 200)
    const [how = ''] = Object.keys(readJournal(journal.path).ended)
    journal.close()
    return leftover?.why ?? how
  }
}

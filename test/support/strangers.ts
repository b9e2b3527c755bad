import { test } from 'node:test'
import { expect } from 'chai'
import { temporaryFolder } from '../../sandbox/kit/test/temporary'
import { type Entry, Journal } from '../../support/undo/journal'
import { readJournal } from '../../support/undo/journal-reader'
import { finish, NOT_THERE, type UndoTable } from '../../support/undo/undo'

/** A journal entry for a thing that another account has created. */
export type Stranger = Pick<Entry, 'id' | 'name' | 'by'> & Partial<Pick<Entry, 'data' | 'at'>>

export interface StrangersWorld<Clients> {
  service: string
  undo: UndoTable<Clients>
  clients(by: string): Promise<Clients>
  /** The complete content of the service, for comparison before and after. */
  look(): Promise<unknown>
  /**
   * By kind: things of others, of the same type and as near as they come (same channel, same database, same account without the run
   * id, the next number). Every kind that can be undone needs one; make them when asked.
   */
  strangers: Readonly<Record<string, () => Promise<Stranger[]>>>
}

/** Declares a test for each kind of a service: entries that refer to things of others change nothing and are not closed as undone. */
export function leavesStrangersAlone<Clients>(open: () => StrangersWorld<Clients>, kinds: readonly string[]): void {
  const folder = temporaryFolder()
  let files = 0

  test('every kind that can be undone is tried', () => {
    const undoable = Object.entries(open().undo).flatMap(([kind, { ends }]) => (ends === 'kept' ? [] : [kind]))
    expect([...kinds].sort()).to.deep.equal(undoable.sort())
  })

  for (const kind of kinds) {
    test(`${kind}: things of others are not changed`, async () => {
      const world = open()
      const declared = world.undo[kind]
      const strangers = await world.strangers[kind]?.()
      if (!declared || !strangers?.length) throw new Error(`No stranger's ${kind} to try.`)
      for (const stranger of strangers) {
        const journal = new Journal(Journal.pathOf(`${++files}`, folder), () => false)
        const entry = journal.intend({
          service: world.service,
          kind,
          ends: declared.ends,
          ...stranger,
          data: stranger.data ?? {},
        })
        if (stranger.at !== undefined) entry.at = stranger.at
        const before = await world.look()
        await finish(entry, journal, async () => ({ kind: declared as never, clients: await world.clients(stranger.by) }), 200)
        expect(await world.look(), `what ${world.service} holds`).to.deep.equal(before)
        const { ended, open: left } = readJournal(journal.path)
        expect(
          Object.keys(ended).filter((how) => how !== NOT_THERE),
          'closed as',
        ).to.deep.equal([])
        expect(left.length + (ended[NOT_THERE] ?? 0), 'entries listed').to.equal(1)
        journal.close()
      }
    })
  }
}

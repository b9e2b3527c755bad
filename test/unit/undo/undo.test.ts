import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { temporaryFolder } from '../../../sandbox/kit/test/temporary'
import { UsageError } from '../../../support/config/errors'
import { ApiError } from '../../../support/http/errors'
import { Journal } from '../../../support/undo/journal'
import { readJournal } from '../../../support/undo/journal-reader'
import { StopSignal } from '../../../support/undo/stop'
import { ScenarioOver, Undo, type UndoableKind, type UndoKind } from '../../../support/undo/undo'

const folder = temporaryFolder()
let files = 0

interface Shelf {
  things: Map<string, string>
}

const book: UndoableKind<Shelf> = {
  ends: 'removed',
  proof: 'its title is the one it was given',
  recognise: async ({ things }, { id, name }) => {
    const title = things.get(id)
    if (title === undefined) return 'gone'
    return title === name ? 'ours' : { doubt: `its title is "${title}"` }
  },
  undo: async ({ things }, { id }) => void things.delete(id),
  hasEnded: async ({ things }, { id }) => !things.has(id),
  find: async ({ things }, { name }) => [...things].find(([, title]) => title === name)?.[0],
}

function undoOn(shelf: Shelf, kind: UndoKind<Shelf> = book): { undo: Undo; journal: Journal } {
  const journal = new Journal(join(folder, `${++files}.ndjson`), () => true)
  const undo = new Undo(
    journal,
    StopSignal.shared(),
    async () => ({ kind: kind as UndoKind<unknown>, clients: shelf }),
    async () => kind as UndoKind<never>,
    100,
  )
  return { undo, journal }
}

const refusal = (status: number): ApiError =>
  new ApiError({ service: 'shelf', method: 'POST', path: '/books', status, body: '', curl: '' })

describe('undo', () => {
  test('creations are removed, newest first, and the journal is closed', async () => {
    const shelf = { things: new Map<string, string>() }
    const removed: string[] = []
    const { undo, journal } = undoOn(shelf, {
      ...book,
      undo: async ({ things }, { id }) => {
        removed.push(id)
        things.delete(id)
      },
    })
    for (const id of ['a', 'b']) {
      await undo.create('shelf.book', id, { by: 'Ada' }, async (name) => {
        shelf.things.set(id, name)
        return { id }
      })
    }
    expect(await undo.undoAll()).to.deep.equal([])
    expect(removed).to.deep.equal(['b', 'a'])
    expect(readJournal(journal.path).open).to.deep.equal([])
  })

  test('the intent is on disk before the call leaves', async () => {
    const { undo, journal } = undoOn({ things: new Map() })
    await undo.create('shelf.book', 'Emma', { by: 'Ada', data: { row: '3' } }, async () => {
      const [entry] = readJournal(journal.path).open
      expect(entry).to.include({ service: 'shelf', kind: 'book', name: 'Emma', by: 'Ada', ends: 'removed' })
      expect(entry?.data).to.deep.equal({ row: '3' })
      return { id: '1' }
    })
  })

  test('a refused creation needs no undo', async () => {
    const { undo, journal } = undoOn({ things: new Map() })
    await undo.create('shelf.book', 'Emma', { by: 'Ada' }, () => Promise.reject(refusal(403))).catch(() => undefined)
    expect(readJournal(journal.path).open).to.deep.equal([])
    expect(await undo.undoAll()).to.deep.equal([])
  })

  test('a creation without a response is found by its name and removed', async () => {
    const shelf = { things: new Map([['7', 'Emma']]) }
    const { undo } = undoOn(shelf)
    await undo.create('shelf.book', 'Emma', { by: 'Ada' }, () => Promise.reject(refusal(502))).catch(() => undefined)
    expect(await undo.undoAll()).to.deep.equal([])
    expect([...shelf.things]).to.deep.equal([])
  })

  test('a journal that can no longer be written leaves nothing behind either, and is reported', async () => {
    const shelf = {
      things: new Map([
        ['1', 'x'],
        ['2', 'y'],
      ]),
    }
    const { undo, journal } = undoOn(shelf)
    for (const [id, name] of shelf.things) await undo.create('shelf.book', name, { by: 'Ada' }, async () => ({ id }))
    const full = (): never => {
      throw new Error('the disk is full')
    }
    Object.assign(journal, { ended: full, stuck: full })
    const leftovers = await undo.undoAll()
    expect([...shelf.things]).to.deep.equal([])
    expect(leftovers.map(({ why }) => why)).to.deep.equal(['the disk is full', 'the disk is full'])
  })

  test('on a full disk nothing is created', {
    skip: existsSync('/dev/full') ? false : 'there is no /dev/full here',
  }, async () => {
    const journal = new Journal('/dev/full', () => true)
    const undo = new Undo(
      journal,
      StopSignal.shared(),
      () => Promise.reject(new Error('unused')),
      async () => book,
    )
    let made = 0
    const error = await undo
      .create('shelf.book', 'Emma', { by: 'Ada' }, async () => ({ id: String(++made) }))
      .catch((reason: Error) => reason)
    expect(error)
      .to.be.instanceOf(UsageError)
      .and.have.property('message')
      .that.matches(/ENOSPC.*Free some space/)
    expect(made).to.equal(0)
  })

  // COL-S09
  test('one thing that cannot be removed is a leftover and does not affect others', async () => {
    const shelf = {
      things: new Map([
        ['stuck', 'x'],
        ['other', 'y'],
      ]),
    }
    const { undo, journal } = undoOn(shelf, {
      ...book,
      undo: async ({ things }, { id }) => {
        if (id === 'stuck') throw new Error('the shelf is locked')
        things.delete(id)
      },
    })
    await undo.create('shelf.book', 'y', { by: 'Ada' }, async () => ({ id: 'other' }))
    await undo.create('shelf.book', 'x', { by: 'Ada' }, async () => ({ id: 'stuck' }))
    const leftovers = await undo.undoAll()
    expect(leftovers).to.deep.equal([{ service: 'shelf', kind: 'book', id: 'stuck', name: 'x', why: 'the shelf is locked' }])
    expect([...shelf.things.keys()]).to.deep.equal(['stuck'])
    expect(readJournal(journal.path).open.map(({ id, why }) => ({ id, why }))).to.deep.equal([
      { id: 'stuck', why: 'the shelf is locked' },
    ])
  })

  test('a thing that is still there after its removal is a leftover', async () => {
    const { undo } = undoOn({ things: new Map([['1', 'Emma']]) }, { ...book, undo: async () => undefined })
    await undo.create('shelf.book', 'Emma', { by: 'Ada' }, async () => ({ id: '1' }))
    const [leftover] = await undo.undoAll()
    expect(leftover?.why).to.match(/^book 1 is not removed \(still so after/)
  })

  test('a kept kind is written down as kept', async () => {
    const { undo, journal } = undoOn({ things: new Map() }, { ends: 'kept' })
    await undo.create('shelf.book', 'Emma', { by: 'Ada' }, async () => ({ id: '1' }))
    expect(await undo.undoAll()).to.deep.equal([])
    expect(readJournal(journal.path).ended).to.deep.equal({ kept: 1 })
  })

  test('a thing whose content does not prove that it is the suite’s is not removed but listed', async () => {
    const shelf = { things: new Map([['1', 'a book of another account']]) }
    const { undo, journal } = undoOn(shelf)
    await undo.create('shelf.book', 'Emma', { by: 'Ada' }, async () => ({ id: '1' }))
    const [leftover] = await undo.undoAll()
    expect(leftover?.why).to.match(/left alone.*its title is "a book of another account"/)
    expect([...shelf.things.keys()]).to.deep.equal(['1'])
    expect(readJournal(journal.path).open.map(({ id }) => id)).to.deep.equal(['1'])
  })

  test('a thing that no longer exists ends as such, without a call', async () => {
    const { undo, journal } = undoOn({ things: new Map() }, { ...book, undo: () => Promise.reject(new Error('called')) })
    await undo.create('shelf.book', 'Emma', { by: 'Ada' }, async () => ({ id: '1' }))
    expect(await undo.undoAll()).to.deep.equal([])
    expect(readJournal(journal.path).ended).to.deep.equal({ 'not there': 1 })
  })

  test('a step that is still running after its scenario creates nothing', async () => {
    const { undo, journal } = undoOn({ things: new Map() })
    await undo.undoAll()
    let made = 0
    const error = await undo
      .create('shelf.book', 'Emma', { by: 'Ada' }, async () => ({ id: String(++made) }))
      .catch((reason: Error) => reason)
    expect(error).to.be.instanceOf(ScenarioOver)
    expect(made).to.equal(0)
    expect(existsSync(journal.path)).to.equal(false)
  })

  test('a creation under way when its scenario ends is awaited and undone', async () => {
    const shelf = { things: new Map<string, string>() }
    const { undo } = undoOn(shelf)
    let answer: () => void = () => undefined
    const answered = new Promise<void>((resolve) => {
      answer = resolve
    })
    let begun: () => void = () => undefined
    const leaves = new Promise<void>((resolve) => {
      begun = resolve
    })
    const creation = undo.create('shelf.book', 'Emma', { by: 'Ada' }, async (name) => {
      begun()
      await answered
      shelf.things.set('1', name)
      return { id: '1' }
    })
    await leaves
    const undone = undo.undoAll()
    answer()
    await creation
    expect(await undone).to.deep.equal([])
    expect([...shelf.things]).to.deep.equal([])
  })

  for (const [what, arrives] of [
    ['arrived is taken up', true],
    ['did not arrive is sent once more', false],
  ] as const) {
    test(`a creation whose response was lost and that ${what}`, async () => {
      const shelf = { things: new Map<string, string>() }
      const adopt = async ({ things }: Shelf, { id }: { id: string }) => ({ id, title: things.get(id) })
      const { undo } = undoOn(shelf, { ...book, adopt })
      let calls = 0
      const made = await undo.create('shelf.book', 'Emma', { by: 'Ada' }, async (title) => {
        if (++calls > 1 || arrives) shelf.things.set('1', title)
        if (calls === 1) throw refusal(502)
        return { id: '1', title }
      })
      expect(made).to.deep.equal({ id: '1', title: 'Emma' })
      expect(calls).to.equal(arrives ? 1 : 2)
      expect(await undo.undoAll()).to.deep.equal([])
      expect([...shelf.things]).to.deep.equal([])
    })
  }

  test('a creation whose response was lost is not sent again once its scenario is over', async () => {
    const shelf = { things: new Map<string, string>() }
    const { undo } = undoOn(shelf, { ...book, adopt: async (_shelf, { id }) => ({ id }) })
    let calls = 0
    const creation = undo.create('shelf.book', 'Emma', { by: 'Ada' }, async () => {
      calls++
      throw refusal(504)
    })
    creation.catch(() => undefined)
    await new Promise((resolve) => setImmediate(resolve))
    const leftovers = await undo.undoAll()
    expect(await creation.catch((reason: Error) => reason)).to.be.instanceOf(ScenarioOver)
    expect(calls).to.equal(1)
    expect(leftovers.map(({ name }) => name)).to.deep.equal(['Emma'])
  })

  test('a creation whose response was lost is read by the caller’s own client where there is one', async () => {
    const shelf = { things: new Map<string, string>() }
    const { undo } = undoOn(shelf, { ...book, adopt: async (_shelf, { id }) => ({ id, by: 'the kind' }) })
    const lose = async (title: string): Promise<{ id: string; by: string }> => {
      shelf.things.set('1', title)
      throw refusal(504)
    }
    const adopt = async (id: string) => ({ id, by: 'the caller' })
    expect(await undo.create('shelf.book', 'Emma', { by: 'Ada' }, lose, adopt)).to.deep.equal({ id: '1', by: 'the caller' })
  })

  test('a creation that cannot be read again is undone and sent once more if its response was lost', async () => {
    const shelf = { things: new Map<string, string>() }
    const { undo } = undoOn(shelf, { ...book, isReplaced: true })
    let calls = 0
    const made = await undo.create('shelf.book', 'Emma', { by: 'Ada' }, async (title) => {
      const id = String(++calls)
      shelf.things.set(id, title)
      if (calls === 1) throw refusal(504)
      return { id }
    })
    expect(made).to.deep.equal({ id: '2' })
    expect([...shelf.things]).to.deep.equal([['2', 'Emma']])
  })

  test('a creation whose response was lost is neither used nor sent again if what is found is not proven to be ours', async () => {
    const shelf = { things: new Map<string, string>() }
    const kind: UndoableKind<Shelf> = { ...book, recognise: async () => ({ doubt: 'its owner is unknown' }) }
    const { undo } = undoOn(shelf, { ...kind, adopt: async (_shelf, { id }) => ({ id }) })
    let calls = 0
    const lose = async (title: string): Promise<{ id: string }> => {
      shelf.things.set(String(++calls), title)
      throw refusal(504)
    }
    const error = await undo.create('shelf.book', 'Emma', { by: 'Ada' }, lose).catch((reason: ApiError) => reason)
    expect(error).to.include({ status: 504 })
    expect(calls).to.equal(1)
  })
})

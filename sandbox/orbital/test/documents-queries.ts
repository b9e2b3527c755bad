import { expect } from 'chai'
import { type Collection, type Document, MongoServerError } from 'mongodb'
import type { Probe } from './documents-probes'

/** The ids of the documents that match, in order. */
async function matching(collection: Collection, filter: Document): Promise<number[]> {
  const found = await collection.find(filter).toArray()
  return found.map(({ _id }) => Number(_id)).sort((one, other) => one - other)
}

async function filled(collection: Collection, documents: Document[]): Promise<void> {
  await collection.insertMany(documents.map((document, at) => ({ _id: at + 1, ...document })) as never[])
}

const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    (response) => response,
    (error: unknown) => (error instanceof MongoServerError ? error.code : error),
  )

/** What users of the official driver rely on when they read. */
export const queries: Record<string, Probe> = {
  'null matches a missing field, but no list without documents': async (collection) => {
    await filled(collection, [{ a: null }, {}, { a: 1 }, { a: [] }, { a: [1, null] }, { a: { b: null } }, { a: [{ b: 1 }, {}] }])
    expect(await matching(collection, { a: null })).to.deep.equal([1, 2, 5])
    expect(await matching(collection, { a: { $ne: null } })).to.deep.equal([3, 4, 6, 7])
    expect(await matching(collection, { a: { $exists: false } })).to.deep.equal([2])
    expect(await matching(collection, { 'a.b': null })).to.deep.equal([1, 2, 3, 6, 7])
    expect(await matching(collection, { a: { $in: [null, 1] } })).to.deep.equal([1, 2, 3, 5])
  },
  'lists match by element and as a whole': async (collection) => {
    await filled(collection, [
      { a: [1, 5] },
      { a: [5, 1] },
      { a: 5 },
      { a: [[1, 5]] },
      {
        a: [
          { b: 1, c: 2 },
          { b: 3, c: 4 },
        ],
      },
    ])
    expect(await matching(collection, { a: 5 })).to.deep.equal([1, 2, 3])
    expect(await matching(collection, { a: [1, 5] })).to.deep.equal([1, 4])
    expect(await matching(collection, { a: { $gt: 1, $lt: 5 } })).to.deep.equal([1, 2])
    expect(await matching(collection, { a: { $elemMatch: { $gt: 1, $lt: 5 } } })).to.deep.equal([])
    expect(await matching(collection, { a: { $all: [1, 5] } })).to.deep.equal([1, 2])
    expect(await matching(collection, { a: { $size: 2 } })).to.deep.equal([1, 2, 5])
    expect(await matching(collection, { 'a.0': 1 })).to.deep.equal([1, 4])
    expect(await matching(collection, { 'a.b': 1, 'a.c': 4 })).to.deep.equal([5])
    expect(await matching(collection, { a: { $elemMatch: { b: 1, c: 4 } } })).to.deep.equal([])
    expect(await matching(collection, { 'a.1.b': 3 })).to.deep.equal([5])
  },
  'only values of one type are compared': async (collection) => {
    await filled(collection, [{ a: 5 }, { a: '5' }, { a: true }, { a: new Date(5) }, { a: { b: 1 } }])
    expect(await matching(collection, { a: { $gt: 1 } })).to.deep.equal([1])
    expect(await matching(collection, { a: { $gte: '' } })).to.deep.equal([2])
    expect(await matching(collection, { a: { $lt: new Date(9) } })).to.deep.equal([4])
    expect(await matching(collection, { a: { $not: { $gt: 1 } } })).to.deep.equal([2, 3, 4, 5])
  },
  'documents are equal with the same fields in the same order': async (collection) => {
    await filled(collection, [{ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }])
    expect(await matching(collection, { a: { b: 1, c: 2 } })).to.deep.equal([1])
    expect(await matching(collection, { a: { b: 1 } })).to.deep.equal([])
  },
  'regular expressions match text': async (collection) => {
    await filled(collection, [{ a: 'Red-1' }, { a: ['blue', 'red'] }, { a: 5 }, { a: 'x\nred' }])
    expect(await matching(collection, { a: /red/i })).to.deep.equal([1, 2, 4])
    expect(await matching(collection, { a: { $regex: '^red', $options: 'im' } })).to.deep.equal([1, 2, 4])
    expect(await matching(collection, { a: { $regex: 'Red\\-1' } })).to.deep.equal([1])
    expect(await matching(collection, { a: { $not: /red/ } })).to.deep.equal([1, 3])
    expect(await matching(collection, { a: { $in: [/^blue/, 5] } })).to.deep.equal([2, 3])
  },
  remainders: async (collection) => {
    await filled(collection, [{ a: 4 }, { a: 5 }, { a: 'x' }, { a: -4 }])
    expect(await matching(collection, { a: { $mod: [4, 0] } })).to.deep.equal([1, 4])
    expect(await codeOf(collection.countDocuments({ a: { $mod: [4] } }))).to.equal(2)
  },
  'a filter that cannot be read is refused with 2': async (collection) => {
    const bad = [{ a: { $nonsense: 1 } }, { $nonsense: 1 }, { $or: [] }, { $and: 5 }, { a: { $in: 5 } }, { a: { $not: 5 } }]
    for (const filter of bad) {
      expect(await codeOf(collection.find(filter as Document).toArray()), JSON.stringify(filter)).to.equal(2)
      expect(await codeOf(collection.deleteMany(filter as Document)), JSON.stringify(filter)).to.equal(2)
    }
  },
  'sorting by type, and by the smallest or largest element': async (collection) => {
    await filled(collection, [{ a: 'x' }, { a: 2 }, {}, { a: [9, 1] }, { a: true }, { a: [] }, { a: null }, { a: { b: 1 } }])
    const order = async (direction: 1 | -1): Promise<number[]> =>
      (await collection.find({}).sort({ a: direction, _id: 1 }).toArray()).map(({ _id }) => Number(_id))
    expect(await order(1)).to.deep.equal([6, 3, 7, 4, 2, 1, 8, 5])
    expect(await order(-1)).to.deep.equal([5, 8, 1, 4, 2, 3, 7, 6])
  },
  'choosing fields': async (collection) => {
    await filled(collection, [{ a: 1, b: { c: 1, d: 2 }, list: [{ c: 1, d: 2 }, 5] }])
    const seen = (projection: Document): Promise<unknown> => collection.findOne({}, { projection })
    expect(await seen({ list: 1, a: 1 })).to.deep.equal({ _id: 1, a: 1, list: [{ c: 1, d: 2 }, 5] })
    expect(await seen({ 'b.c': 1, 'list.c': 1, _id: 0 })).to.deep.equal({ b: { c: 1 }, list: [{ c: 1 }] })
    expect(await seen({ b: { d: 1 }, _id: 0 })).to.deep.equal({ b: { d: 2 } })
    expect(await seen({ 'list.c': 0, b: 0 })).to.deep.equal({ _id: 1, a: 1, list: [{ d: 2 }, 5] })
    expect(await seen({ none: 1 })).to.deep.equal({ _id: 1 })
    expect(await seen({ _id: 0 })).to.not.have.property('_id')
    expect(await codeOf(seen({ a: 1, b: 0 }))).to.equal(31_254)
    expect(await codeOf(seen({ a: 0, b: 1 }))).to.equal(31_253)
  },
  'skipping, limiting and counting': async (collection) => {
    await filled(
      collection,
      Array.from({ length: 5 }, (_, n) => ({ n })),
    )
    expect(await collection.find({}).skip(4).limit(3).toArray()).to.have.length(1)
    expect(await collection.find({}).limit(-2).toArray()).to.have.length(2)
    expect(await collection.countDocuments({ n: { $gt: 0 } }, { skip: 1, limit: 2 })).to.equal(2)
    expect(await collection.estimatedDocumentCount()).to.equal(5)
    expect(await codeOf(collection.find({}).skip(-1).toArray())).to.equal(51_024)
  },
  'stages that cannot be read are refused': async (collection) => {
    await filled(collection, [{ a: 'x' }])
    const asked = (...stages: Document[]): Promise<unknown> => codeOf(collection.aggregate(stages).toArray())
    expect(await asked({ $nonsense: 1 })).to.equal(40_324)
    expect(await asked({ $match: {}, $limit: 1 })).to.equal(40_323)
    expect(await asked({ $limit: 0 })).to.equal(15_958)
    expect(await asked({ $group: { n: { $sum: 1 } } })).to.equal(15_955)
    expect(await asked({ $group: { _id: null, n: 5 } })).to.equal(40_234)
    expect(await asked({ $sort: { a: 5 } })).to.be.a('number')
  },
  'unwinding empty and missing lists': async (collection) => {
    await filled(collection, [{ a: [] }, { a: null }, {}, { a: 5 }, { a: [6, 7] }])
    const seen = async (unwind: unknown): Promise<Document[]> => collection.aggregate([{ $unwind: unwind }]).toArray()
    expect((await seen('$a')).map(({ _id, a }) => [_id, a])).to.deep.equal([
      [4, 5],
      [5, 6],
      [5, 7],
    ])
    expect(await seen({ path: '$a', preserveNullAndEmptyArrays: true })).to.deep.equal([
      { _id: 1 },
      { _id: 2, a: null },
      { _id: 3 },
      { _id: 4, a: 5 },
      { _id: 5, a: 6 },
      { _id: 5, a: 7 },
    ])
  },
  'groups of missing values, and first and last': async (collection) => {
    await filled(collection, [{ n: 1 }, { of: null, n: 2 }, { of: 'a' }])
    const group = { _id: '$of', first: { $first: '$n' }, last: { $last: '$n' }, count: { $count: {} }, set: { $addToSet: '$n' } }
    const found = await collection.aggregate([{ $sort: { _id: 1 } }, { $group: group }, { $sort: { _id: 1 } }]).toArray()
    for (const { set } of found) (set as number[]).sort()
    expect(found).to.deep.equal([
      { _id: null, first: 1, last: 2, count: 2, set: [1, 2] },
      { _id: 'a', first: null, last: null, count: 1, set: [] },
    ])
  },
  'a command of the wrong shape is refused': async (_collection, database) => {
    const asked = (command: Document): Promise<unknown> => codeOf(database.command(command))
    expect(await asked({ insert: 'c', documents: 5 })).to.equal(14)
    expect(await asked({ find: 'c', limit: 'x' })).to.equal(14)
    expect(await asked({ find: '' })).to.equal(73)
    expect(await asked({ find: 5 })).to.equal(73)
    expect(await asked({ create: 'a$b' })).to.equal(73)
  },
  'only names are listed where only names are wanted': async (collection, database) => {
    await collection.insertOne({ n: 1 })
    const [shown] = await database.listCollections({ name: collection.collectionName }, { nameOnly: true }).toArray()
    expect(shown).to.deep.equal({ name: collection.collectionName, type: 'collection' })
    const { databases } = await database.admin().listDatabases({ nameOnly: true })
    expect(databases.find(({ name }) => name === database.databaseName)).to.deep.equal({ name: database.databaseName })
  },
  'dropping what does not exist is no error': async (collection, database) => {
    expect(await database.collection(`${collection.collectionName}-none`).drop()).to.equal(true)
    expect(await codeOf(database.collection(`${collection.collectionName}-none`).dropIndex('x'))).to.equal(26)
  },
  'a document cannot have a list as its id': async (collection) => {
    expect(await codeOf(collection.insertOne({ _id: [1] as never }))).to.equal(53)
  },
}

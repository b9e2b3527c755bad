import { expect } from 'chai'
import { type Collection, type Document, MongoBulkWriteError, MongoServerError, ObjectId } from 'mongodb'
import type { Probe } from './documents-probes'

async function updated(
  collection: Collection,
  document: Document,
  update: Document | Document[],
  more: Document = {},
): Promise<Document> {
  await collection.deleteMany({})
  await collection.insertOne({ ...document })
  await collection.updateOne(more.q ?? {}, update, more)
  const { _id, ...rest } = (await collection.findOne({})) ?? {}
  expect(_id).to.be.instanceOf(ObjectId)
  return rest
}

/** The code with which an update of `{n: 1, s: 'x', list: [1]}` is refused, which must then be unchanged. */
async function refusal(collection: Collection, update: Document | Document[], options: Document = {}): Promise<unknown> {
  await collection.deleteMany({})
  const document = { _id: 1 as never, n: 1, s: 'x', list: [1] }
  await collection.insertOne({ ...document })
  const seen: unknown = await collection.updateOne({}, update, options).catch((error: unknown) => error)
  expect(await collection.findOne({})).to.deep.equal(document)
  return seen instanceof MongoServerError ? seen.code : seen
}

const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    (response) => response,
    (error: unknown) => (error instanceof MongoServerError ? error.code : error),
  )

/** What users of the official driver rely on when they write. */
export const updates: Record<string, Probe> = {
  'matched, modified and upserted are counted': async (collection) => {
    await collection.insertMany([{ n: 1 }, { n: 1 }, { n: 2 }])
    const many = await collection.updateMany({ n: 1 }, { $set: { n: 2 } })
    expect([many.matchedCount, many.modifiedCount, many.upsertedCount, many.upsertedId]).to.deep.equal([2, 2, 0, null])
    const same = await collection.updateMany({}, { $set: { n: 2 } })
    expect([same.matchedCount, same.modifiedCount]).to.deep.equal([3, 0])
    const none = await collection.updateOne({ n: 9 }, { $set: { n: 2 } })
    expect([none.matchedCount, none.modifiedCount, none.upsertedId]).to.deep.equal([0, 0, null])
    const made = await collection.updateOne({ n: 9 }, { $set: { a: 1 } }, { upsert: true })
    expect([made.matchedCount, made.modifiedCount, made.upsertedCount]).to.deep.equal([0, 0, 1])
  },
  'an upsert begins with the equalities of its filter': async (collection) => {
    const made = async (filter: Document, update: Document): Promise<Document> => {
      await collection.deleteMany({})
      await collection.updateOne(filter, update, { upsert: true })
      return (await collection.findOne({})) ?? {}
    }
    const conditions = { 'a.b': 1, c: { $eq: 2 }, d: { $gt: 3 }, $and: [{ e: 4 }], _id: 7 }
    expect(await made(conditions, { $set: { f: 5 } })).to.deep.equal({ _id: 7, a: { b: 1 }, c: 2, e: 4, f: 5 })
    expect(await made({ _id: 7, c: 2 }, { $setOnInsert: { g: 1 }, $inc: { c: 1 } })).to.deep.equal({ _id: 7, c: 3, g: 1 })
  },
  'a replacement keeps the id, and takes that of its filter when it inserts': async (collection) => {
    const made = await collection.replaceOne({ _id: 7 as never, c: 2 }, { x: 1 }, { upsert: true })
    expect([made.upsertedId, await collection.findOne({})]).to.deep.equal([7, { _id: 7, x: 1 }])
    await collection.replaceOne({ _id: 7 as never }, { y: 1 })
    expect(await collection.findOne({})).to.deep.equal({ _id: 7, y: 1 })
    expect(await codeOf(collection.replaceOne({}, { _id: 8 as never }))).to.equal(66)
  },
  'an id cannot be changed': async (collection) => {
    expect(await refusal(collection, { $set: { _id: 2 } })).to.equal(66)
    expect(await refusal(collection, { $unset: { _id: '' } })).to.equal(66)
    expect(await refusal(collection, { $rename: { _id: 'id' } })).to.equal(66)
    expect(await refusal(collection, [{ $set: { _id: 2 } }])).to.equal(66)
  },
  'an update that cannot be read is refused with 9': async (collection) => {
    expect(await refusal(collection, { $nonsense: { n: 1 } })).to.equal(9)
    expect(await refusal(collection, { $set: 5 })).to.equal(9)
    expect(await refusal(collection, { $set: { n: 2 }, $pop: { list: 5 } })).to.equal(9)
    expect(await refusal(collection, { $set: { n: 1 } }, { arrayFilters: [{ unused: 1 }] })).to.equal(9)
  },
  'an update of the wrong type is refused with 14': async (collection) => {
    expect(await refusal(collection, { $inc: { s: 1 } })).to.equal(14)
    expect(await refusal(collection, { $inc: { n: 'x' } })).to.equal(14)
    expect(await refusal(collection, { $mul: { s: 2 } })).to.equal(14)
    expect(await refusal(collection, { $pop: { n: 1 } })).to.equal(14)
  },
  'a list operator on something else is refused with 2': async (collection) => {
    expect(await refusal(collection, { $push: { n: 1 } as never })).to.equal(2)
    expect(await refusal(collection, { $addToSet: { n: 1 } as never })).to.equal(2)
    expect(await refusal(collection, { $pull: { n: 1 } as never })).to.equal(2)
    expect(await refusal(collection, { $push: { list: { $each: 1 } } as never })).to.equal(2)
  },
  'two changes of one field are refused with 40, a field in a number with 28': async (collection) => {
    expect(await refusal(collection, { $set: { n: 1 }, $inc: { n: 1 } })).to.equal(40)
    expect(await refusal(collection, { $set: { a: 1, 'a.b': 1 } })).to.equal(40)
    expect(await refusal(collection, { $set: { 'n.deep': 1 } })).to.equal(28)
    expect(await refusal(collection, { $set: { 'list.name': 1 } })).to.equal(28)
    expect(await refusal(collection, { $set: { '': 1 } })).to.equal(56)
  },
  'a duplicate says which key': async (collection) => {
    await collection.createIndex({ name: 1, of: -1 }, { unique: true })
    await collection.insertOne({ name: 'red', of: 1 })
    const refused: unknown = await collection.insertOne({ name: 'red', of: 1 }).catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(MongoServerError)
    const { code, keyPattern, keyValue, message } = refused as MongoServerError
    expect([code, keyPattern, keyValue]).to.deep.equal([11_000, { name: 1, of: -1 }, { name: 'red', of: 1 }])
    expect(message).to.match(/^E11000 duplicate key error collection: \S+ index: name_1_of_-1 dup key: { name: "red", of: 1 }$/)
  },
  'an update into a duplicate is refused and changes nothing': async (collection) => {
    await collection.createIndex({ name: 1 }, { unique: true })
    await collection.insertMany([{ name: 'red' }, { name: 'blue' }])
    expect(await codeOf(collection.updateOne({ name: 'blue' }, { $set: { name: 'red' } }))).to.equal(11_000)
    expect(await collection.distinct('name')).to.have.members(['red', 'blue'])
    await collection.deleteOne({ name: 'red' })
    expect((await collection.updateOne({ name: 'blue' }, { $set: { name: 'red' } })).modifiedCount).to.equal(1)
    expect((await collection.insertOne({ name: 'blue' })).acknowledged).to.equal(true)
  },
  'a unique index counts a missing field as null, and elements of a list each': async (collection) => {
    await collection.createIndex({ name: 1 }, { unique: true })
    await collection.insertMany([{ n: 1 }, { name: ['a', 'b'] }])
    expect(await codeOf(collection.insertOne({ name: null }))).to.equal(11_000)
    expect(await codeOf(collection.insertOne({ name: 'b' }))).to.equal(11_000)
    expect((await collection.insertOne({ name: ['c', 'c'] })).acknowledged).to.equal(true)
  },
  'an index has one list at most': async (collection) => {
    await collection.createIndex({ a: 1, b: 1 })
    expect(await codeOf(collection.insertOne({ a: [1], b: [2] }))).to.equal(171)
    await collection.insertOne({ a: [1], b: 2 })
    expect(await codeOf(collection.updateOne({}, { $set: { b: [1] } }))).to.equal(171)
  },
  'a write that is not confirmed is done': async (collection) => {
    const { acknowledged } = await collection.insertOne({ n: 1 }, { writeConcern: { w: 0 } })
    expect(acknowledged).to.equal(false)
    for (const end = Date.now() + 5_000; (await collection.countDocuments()) === 0 && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 10))
    expect(await collection.countDocuments()).to.equal(1)
  },
  'indexes are kept apart': async (collection) => {
    await collection.insertMany([{ n: 1 }, { n: 1 }])
    expect(await codeOf(collection.createIndex({ n: 1 }, { unique: true }))).to.equal(11_000)
    expect(await collection.createIndex({ n: 1 })).to.equal('n_1')
    expect(await collection.createIndex({ n: 1 })).to.equal('n_1')
    expect(await codeOf(collection.createIndex({ n: 1 }, { name: 'other' }))).to.equal(85)
    expect(await codeOf(collection.createIndex({ m: 1 }, { name: 'n_1' }))).to.equal(86)
    expect(await codeOf(collection.dropIndex('none'))).to.equal(27)
    expect(await codeOf(collection.dropIndex('_id_'))).to.equal(72)
    await collection.dropIndex('n_1')
    expect((await collection.indexes()).map(({ name }) => name)).to.deep.equal(['_id_'])
  },
  'ordered writes stop at the first refusal, unordered ones go on': async (collection) => {
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }] as never[]
    const first: unknown = await collection.insertMany(documents).catch((error: unknown) => error)
    expect(first).to.be.instanceOf(MongoBulkWriteError)
    expect([(first as MongoBulkWriteError).code, (first as MongoBulkWriteError).insertedCount]).to.deep.equal([11_000, 1])
    expect(await collection.countDocuments()).to.equal(1)
    const second: unknown = await collection.insertMany(documents, { ordered: false }).catch((error: unknown) => error)
    expect((second as MongoBulkWriteError).insertedCount).to.equal(1)
    expect(await collection.distinct('_id')).to.deep.equal([1, 2])
  },
  'operators of lists': async (collection) => {
    const change = (list: unknown, update: Document): Promise<unknown> =>
      updated(collection, { list }, update).then((document) => document.list)
    expect(await change([1], { $push: { list: { $each: [3, 2], $position: 0 } } })).to.deep.equal([3, 2, 1])
    expect(await change([1], { $push: { list: { $each: [3, 2], $sort: -1, $slice: 2 } } })).to.deep.equal([3, 2])
    expect(await change([1, 2], { $push: { list: { $each: [3], $slice: -2 } } })).to.deep.equal([2, 3])
    expect(await change([1], { $push: { list: [2] } })).to.deep.equal([1, [2]])
    expect(await change([1], { $addToSet: { list: { $each: [1, 2, 2] } } })).to.deep.equal([1, 2])
    expect(await change([1, 2, 3], { $pull: { list: { $gte: 2 } } })).to.deep.equal([1])
    expect(await change([{ a: 1, b: 1 }, { a: 2 }], { $pull: { list: { a: 1 } } })).to.deep.equal([{ a: 2 }])
    expect(await change([1, 2, 1], { $pullAll: { list: [1] } })).to.deep.equal([2])
    expect(await change([1, 2], { $pop: { list: -1 } })).to.deep.equal([2])
    expect(await change([1, 2], { $unset: { 'list.0': '' } })).to.deep.equal([null, 2])
    expect(await change([1], { $set: { 'list.2': 3 } })).to.deep.equal([1, null, 3])
    expect(await updated(collection, {}, { $push: { list: 1 } })).to.deep.equal({ list: [1] })
  },
  'elements of a list by position': async (collection) => {
    const list = [
      { a: 1, n: 1 },
      { a: 2, n: 2 },
      { a: 2, n: 3 },
    ]
    const change = async (update: Document, more: Document): Promise<unknown> =>
      ((await updated(collection, { list }, update, more)).list as Document[]).map(({ n }) => n)
    expect(await change({ $set: { 'list.$.n': 9 } }, { q: { 'list.a': 2 } })).to.deep.equal([1, 9, 3])
    expect(await change({ $inc: { 'list.$.n': 9 } }, { q: { list: { $elemMatch: { a: 2, n: 3 } } } })).to.deep.equal([1, 2, 12])
    expect(await change({ $inc: { 'list.$[].n': 1 } }, {})).to.deep.equal([2, 3, 4])
    expect(await change({ $set: { 'list.$[x].n': 0 } }, { arrayFilters: [{ 'x.a': 2 }] })).to.deep.equal([1, 0, 0])
  },
  'fields are added by name, and keep their order otherwise': async (collection) => {
    const order = async (document: Document, update: Document | Document[]): Promise<string[]> =>
      Object.keys(await updated(collection, document, update))
    expect(await order({ z: 1 }, { $set: { c: 1, a: 1 }, $inc: { b: 1 } })).to.deep.equal(['z', 'a', 'b', 'c'])
    expect(await order({ a: 1, b: 1 }, { $set: { a: 2 } })).to.deep.equal(['a', 'b'])
    expect(await order({ a: 1, b: 1 }, { $rename: { a: 'c' } })).to.deep.equal(['b', 'c'])
  },
  'smaller, larger, renamed, and dated by the server': async (collection) => {
    expect(await updated(collection, { a: 5, b: 5 }, { $min: { a: 3, b: 7 }, $max: { c: 1 } })).to.deep.equal({
      a: 3,
      b: 5,
      c: 1,
    })
    expect(await updated(collection, { a: 1 }, { $rename: { a: 'b.c', none: 'd' } })).to.deep.equal({ b: { c: 1 } })
    const { at } = await updated(collection, {}, { $currentDate: { at: true } })
    expect(at).to.be.instanceOf(Date)
  },
  'an update by stages': async (collection) => {
    const stages = [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'b' }]
    expect(await updated(collection, { a: 1, b: 2 }, stages)).to.deep.equal({ a: 1, sum: 3 })
    expect(await refusal(collection, [{ $match: {} }])).to.equal(72)
  },
  'finding and changing with sort, upsert and nothing found': async (collection) => {
    await collection.insertMany([{ n: 1 }, { n: 3 }, { n: 2 }])
    expect((await collection.findOneAndUpdate({}, { $set: { top: true } }, { sort: { n: -1 } }))?.n).to.equal(3)
    expect(await collection.findOneAndUpdate({ n: 9 }, { $set: { a: 1 } })).to.equal(null)
    expect(await collection.findOneAndUpdate({ n: 9 }, { $set: { a: 1 } }, { upsert: true })).to.equal(null)
    const more = { upsert: true, returnDocument: 'after', includeResultMetadata: true, projection: { _id: 0 } } as const
    const { value, lastErrorObject } = await collection.findOneAndUpdate({ n: 8 }, { $set: { a: 1 } }, more)
    expect(value).to.deep.equal({ n: 8, a: 1 })
    expect([lastErrorObject?.n, lastErrorObject?.updatedExisting]).to.deep.equal([1, false])
    expect(lastErrorObject?.upserted).to.be.instanceOf(ObjectId)
    expect(await collection.findOneAndDelete({}, { sort: { n: 1 }, projection: { _id: 0 } })).to.deep.equal({ n: 1 })
  },
}

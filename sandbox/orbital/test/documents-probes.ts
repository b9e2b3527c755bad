import { expect } from 'chai'
import { type Collection, type Db, ObjectId } from 'mongodb'

export type Probe = (collection: Collection, database: Db) => Promise<void>

const gloves = [
  { name: 'red', size: 3, tags: ['wool', 'left'], place: { lat: 1.5 }, found: new Date('2026-01-01') },
  { name: 'blue', size: 1, tags: ['silk'], place: { lat: 2.5 }, found: new Date('2026-01-02') },
  { name: 'green', size: 2, tags: ['wool'], place: { lat: 3.5 }, found: new Date('2026-01-03') },
]
const names = (found: Record<string, unknown>[]): unknown[] => found.map(({ name }) => name)
const filled = async (collection: Collection): Promise<void> =>
  void (await collection.insertMany(gloves.map((glove) => ({ ...glove }))))

/** Behaviours on which users of MongoDB's official driver rely; checked with the emulation, and with a real one if available. */
export const probes: Record<string, Probe> = {
  'a document comes back with its types': async (collection) => {
    const { insertedId } = await collection.insertOne({ at: new Date(5), id: new ObjectId(), n: 1, f: 1.5, s: 'x', no: null })
    const found = await collection.findOne({ _id: insertedId })
    expect(found?.at).to.be.instanceOf(Date)
    expect(found?.id).to.be.instanceOf(ObjectId)
    expect(found).to.include({ n: 1, f: 1.5, s: 'x', no: null })
  },
  'sorting, skipping, limiting and choosing fields': async (collection) => {
    await filled(collection)
    const found = await collection
      .find({}, { projection: { name: 1, _id: 0 } })
      .sort({ size: -1 })
      .skip(1)
      .limit(1)
      .toArray()
    expect(found).to.deep.equal([{ name: 'green' }])
  },
  'comparisons, lists, nested fields and dates': async (collection) => {
    await filled(collection)
    expect(await collection.countDocuments({ size: { $gte: 2 }, tags: 'wool' })).to.equal(2)
    expect(names(await collection.find({ 'place.lat': { $lt: 2 } }).toArray())).to.deep.equal(['red'])
    expect(names(await collection.find({ found: { $gt: new Date('2026-01-02') } }).toArray())).to.deep.equal(['green'])
    expect(names(await collection.find({ $or: [{ name: /^b/ }, { name: { $in: ['green'] } }] }).toArray())).to.deep.equal([
      'blue',
      'green',
    ])
  },
  'a long answer comes in batches': async (collection) => {
    await collection.insertMany(Array.from({ length: 250 }, (_, n) => ({ n })))
    expect(await collection.find({}, { batchSize: 20 }).toArray()).to.have.length(250)
    expect(await collection.find({}).toArray()).to.have.length(250)
  },
  'a cursor may be left half read': async (collection) => {
    await collection.insertMany(Array.from({ length: 50 }, (_, n) => ({ n })))
    const cursor = collection.find({}, { batchSize: 5 })
    expect((await cursor.next())?.n).to.equal(0)
    await cursor.close()
  },
  'many documents are inserted, each as fast as the first': async (collection) => {
    await collection.createIndex({ name: 1 }, { unique: true })
    await collection.insertMany(Array.from({ length: 40_000 }, (_, n) => ({ name: `glove ${n}` })))
    expect(await collection.estimatedDocumentCount()).to.equal(40_000)
  },
  'the same id twice is refused': async (collection) => {
    const { insertedId } = await collection.insertOne({ a: 1 })
    const again = await collection.insertOne({ _id: insertedId }).catch((error: { code: number }) => error.code)
    expect(again).to.equal(11_000)
  },
  'a unique index is kept': async (collection) => {
    await collection.createIndex({ name: 1 }, { unique: true })
    await filled(collection)
    const again = await collection.insertOne({ name: 'red' }).catch((error: { code: number }) => error.code)
    expect(again).to.equal(11_000)
    expect((await collection.indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'name_1'])
  },
  'updates by operators': async (collection) => {
    await filled(collection)
    const { matchedCount, modifiedCount } = await collection.updateMany(
      { tags: 'wool' },
      { $inc: { size: 10 }, $set: { kept: true } },
    )
    expect([matchedCount, modifiedCount]).to.deep.equal([2, 2])
    expect((await collection.findOne({ name: 'red' }))?.size).to.equal(13)
    expect((await collection.updateOne({ name: 'red' }, { $set: { kept: true } })).modifiedCount).to.equal(0)
  },
  'upserts and replacements': async (collection) => {
    const made = await collection.updateOne(
      { name: 'grey' },
      { $set: { size: 9 }, $setOnInsert: { isNew: true } },
      { upsert: true },
    )
    expect(made.upsertedId).to.be.instanceOf(ObjectId)
    expect(await collection.findOne({ name: 'grey' })).to.include({ size: 9, isNew: true })
    await collection.replaceOne({ name: 'grey' }, { name: 'black' })
    expect(await collection.findOne({ name: 'black' })).to.not.have.property('size')
  },
  'finding and changing at once': async (collection) => {
    await filled(collection)
    expect((await collection.findOneAndUpdate({ name: 'red' }, { $set: { size: 7 } }))?.size).to.equal(3)
    expect(
      (await collection.findOneAndUpdate({ name: 'red' }, { $inc: { size: 1 } }, { returnDocument: 'after' }))?.size,
    ).to.equal(8)
    expect((await collection.findOneAndDelete({ name: 'red' }))?.size).to.equal(8)
    expect(await collection.findOne({ name: 'red' })).to.equal(null)
  },
  'deleting one and many': async (collection) => {
    await filled(collection)
    expect((await collection.deleteOne({ tags: 'wool' })).deletedCount).to.equal(1)
    expect((await collection.deleteMany({})).deletedCount).to.equal(2)
  },
  'grouping, and different values': async (collection) => {
    await filled(collection)
    const groups = await collection
      .aggregate([{ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { _id: 1 } }])
      .toArray()
    expect(groups).to.deep.equal([
      { _id: 'left', n: 1 },
      { _id: 'silk', n: 1 },
      { _id: 'wool', n: 2 },
    ])
    expect((await collection.distinct('tags')).sort()).to.deep.equal(['left', 'silk', 'wool'])
  },
  'several writes in one go': async (collection) => {
    const done = await collection.bulkWrite([
      { insertOne: { document: { n: 1 } } },
      { updateOne: { filter: { n: 1 }, update: { $set: { n: 2 } } } },
      { deleteOne: { filter: { n: 5 } } },
    ])
    expect([done.insertedCount, done.modifiedCount, done.deletedCount]).to.deep.equal([1, 1, 0])
  },
  'collections and databases are listed and dropped': async (collection, database) => {
    await collection.insertOne({ a: 1 })
    expect((await database.listCollections().toArray()).map(({ name }) => name)).to.include(collection.collectionName)
    expect(await collection.drop()).to.equal(true)
    expect(await collection.countDocuments()).to.equal(0)
  },
  'an unknown command is refused with its code': async (_collection, database) => {
    const refused = await database.command({ noSuchThing: 1 }).catch((error: { code: number }) => error.code)
    expect(refused).to.equal(59)
  },
}

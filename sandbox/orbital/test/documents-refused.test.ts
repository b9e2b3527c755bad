import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Collection, type Db, Decimal128, Long, MaxKey, MongoClient, Timestamp } from 'mongodb'
import { MongoServer } from '../../backing/mongo/server'

type Ask = (collection: Collection, database: Db) => Promise<unknown>

/** What MongoDB does and the emulation does not: success without the effect would mislead a client, so each is refused. */
const ASKED: Record<string, Ask> = {
  'a collection with a validator': (_c, db) => db.createCollection('strict', { validator: { $jsonSchema: { required: ['n'] } } }),
  'a capped collection': (_c, db) => db.createCollection('capped', { capped: true, size: 4_096 }),
  'a time series': (_c, db) => db.createCollection('series', { timeseries: { timeField: 'at' } }),
  'a view': (_c, db) => db.createCollection('seen', { viewOn: 'other', pipeline: [] }),
  'a collection with a collation': (_c, db) => db.createCollection('ordered', { collation: { locale: 'de' } }),
  'renaming a collection': (c) => c.rename('renamed'),
  'a changed collection': (c, db) => db.command({ collMod: c.collectionName, validationLevel: 'off' }),
  'a collation': (c) => c.find({}, { collation: { locale: 'de' } }).toArray(),
  'a hint': (c) => c.find({}, { hint: { n: 1 } }).toArray(),
  'bounds of an index': (c) => c.find({}, { min: { n: 1 }, hint: { n: 1 } }).toArray(),
  'a tailable cursor': (c) => c.find({}, { tailable: true }).toArray(),
  'variables of a query': (c) => c.find({}, { let: { x: 1 } }).toArray(),
  'a hint of an update': (c) => c.updateOne({}, { $set: { n: 1 } }, { hint: { n: 1 } }),
  'a collation of a deletion': (c) => c.deleteOne({}, { collation: { locale: 'de' } }),
  'a text index': (c) => c.createIndex({ name: 'text' }),
  'a geo index': (c) => c.createIndex({ place: '2dsphere' }),
  'a hashed index': (c) => c.createIndex({ name: 'hashed' }),
  'an index that expires documents': (c) => c.createIndex({ at: 1 }, { expireAfterSeconds: 60 }),
  'a sparse index': (c) => c.createIndex({ n: 1 }, { sparse: true }),
  'a partial index': (c) => c.createIndex({ n: 1 }, { partialFilterExpression: { n: { $gt: 1 } } }),
  'a wildcard index': (c) => c.createIndex({ '$**': 1 }, { wildcardProjection: { n: 1 } }),
  'a hidden index': (c) => c.createIndex({ n: 1 }, { hidden: true }),
  $text: (c) => c.find({ $text: { $search: 'red' } }).toArray(),
  $where: (c) => c.find({ $where: 'true' }).toArray(),
  $expr: (c) => c.find({ $expr: { $gt: ['$n', 1] } }).toArray(),
  $jsonSchema: (c) => c.find({ $jsonSchema: { required: ['n'] } }).toArray(),
  $near: (c) => c.find({ place: { $near: [1, 2] } }).toArray(),
  $geoWithin: (c) => c.find({ place: { $geoWithin: { $center: [[1, 2], 3] } } }).toArray(),
  $type: (c) => c.find({ n: { $type: 'int' } }).toArray(),
  $bitsAllSet: (c) => c.find({ n: { $bitsAllSet: 1 } }).toArray(),
  $out: (c) => c.aggregate([{ $out: 'elsewhere' }]).toArray(),
  $merge: (c) => c.aggregate([{ $merge: 'elsewhere' }]).toArray(),
  $lookup: (c) => c.aggregate([{ $lookup: { from: 'x', localField: 'n', foreignField: 'n', as: 'm' } }]).toArray(),
  $graphLookup: (c) =>
    c
      .aggregate([{ $graphLookup: { from: 'x', startWith: '$n', connectFromField: 'n', connectToField: 'n', as: 'm' } }])
      .toArray(),
  $geoNear: (c) => c.aggregate([{ $geoNear: { near: [1, 2], distanceField: 'd' } }]).toArray(),
  $collStats: (c) => c.aggregate([{ $collStats: { count: {} } }]).toArray(),
  $indexStats: (c) => c.aggregate([{ $indexStats: {} }]).toArray(),
  $unionWith: (c) => c.aggregate([{ $unionWith: 'x' }]).toArray(),
  $sample: (c) => c.aggregate([{ $sample: { size: 1 } }]).toArray(),
  'a plan': (c) => c.find({}).explain(),
  'a change stream': async (c) => {
    const stream = c.watch()
    try {
      return await stream.next()
    } finally {
      await stream.close()
    }
  },
  'a transaction': async (c, db) => {
    const session = db.client.startSession()
    try {
      return await session.withTransaction(() => c.insertOne({ n: 1 }, { session }))
    } finally {
      await session.endSession()
    }
  },
  'two nodes that confirm': (c) => c.insertOne({ n: 1 }, { writeConcern: { w: 2 } }),
  'a snapshot': (c) => c.find({}, { readConcern: { level: 'snapshot' } }).toArray(),
  'linearizable reads': (c) => c.find({}, { readConcern: { level: 'linearizable' } }).toArray(),
  'a change of bits': (c) => c.updateOne({}, { $bit: { n: { and: 1 } } } as never),
  'adding a decimal': (c) => c.updateOne({}, { $inc: { n: Decimal128.fromString('1') } }),
  'comparing with a decimal': (c) => c.find({ n: { $gt: Decimal128.fromString('0') } }).toArray(),
  'a decimal as an id': (c) => c.insertOne({ _id: Decimal128.fromString('1') as never }),
  'a timestamp that the server sets': (c) => c.insertOne({ at: new Timestamp({ t: 0, i: 0 }) }),
  'an upsert by a list of one': (c) => c.updateOne({ name: { $in: ['blue'] } }, { $set: { n: 2 } }, { upsert: true }),
  'a slice of a list': (c) => c.find({}, { projection: { place: { $slice: 1 } } }).toArray(),
  'an element of a list by projection': (c) => c.find({}, { projection: { place: { $elemMatch: { $gt: 1 } } } }).toArray(),
  'an expression beyond the emulated ones': (c) => c.aggregate([{ $project: { n: { $pow: ['$n', 2] } } }]).toArray(),
  'an accumulator beyond the emulated ones': (c) => c.aggregate([{ $group: { _id: 1, n: { $stdDevPop: '$n' } } }]).toArray(),
  'a variable of an aggregation': (c) => c.aggregate([{ $project: { at: '$$NOW' } }]).toArray(),
  'a sum beyond 64 bits': (c) => c.aggregate([{ $project: { n: { $add: ['$n', Long.MAX_VALUE] } } }]).toArray(),
  'an expression that JavaScript cannot read': (c) => c.find({ name: { $regex: '(?i)RED' } }).toArray(),
  'a comparison with the largest key': (c) => c.find({ n: { $lt: new MaxKey() } }).toArray(),
  'indexes by their keys': (c, db) => db.command({ dropIndexes: c.collectionName, index: { n: 1 } }),
  'several facets': (c) => c.aggregate([{ $facet: { all: [] } }]).toArray(),
  'an unknown update operator': (c) => c.updateOne({}, { $nonsense: { n: 1 } } as never),
  'an update of an id': (c) => c.updateOne({ n: 1 }, { $set: { _id: 'another' } }),
  'an unknown command': (_c, db) => db.command({ nonsense: 1 }),
  'users of a database': (_c, db) => db.command({ createUser: 'ada', pwd: 'x', roles: [] }),
  'server-side scripts': (_c, db) => db.command({ mapReduce: 'x', map: 'm', reduce: 'r', out: { inline: 1 } }),
}

describe('what the emulated document store does not do, it refuses', () => {
  const server = new MongoServer()
  let client: MongoClient
  before(async () => {
    await server.start()
    client = new MongoClient(`mongodb://127.0.0.1:${server.port}/?directConnection=true`)
  })
  after(async () => {
    await client.close()
    await server.stop()
  })

  for (const [what, ask] of Object.entries(ASKED))
    test(what, { timeout: 20_000 }, async () => {
      const database = client.db('refusals')
      const collection = database.collection('gloves')
      await collection.deleteMany({})
      await collection.insertOne({ n: 1, name: 'red', place: [1, 2] })
      const refusal: unknown = await ask(collection, database).then(
        (response) => `it responded with ${JSON.stringify(response)}`,
        (error: unknown) => error,
      )
      expect(refusal, String(refusal)).to.be.instanceOf(Error)
      expect(await collection.countDocuments({}), 'documents afterwards').to.equal(1)
    })
})

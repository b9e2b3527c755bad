import { expect } from 'chai'
import { type Collection, Decimal128, type Document, Double, Int32, Long } from 'mongodb'
import type { Probe } from './documents-probes'

const RAW = { promoteValues: false, promoteLongs: false } as const

/** `5`, `5.0` and the 64-bit `5` as words, of which JavaScript would make the same number. */
function typed(value: unknown): unknown {
  if (value instanceof Int32) return `int ${value.valueOf()}`
  if (value instanceof Double) return `double ${value.valueOf()}`
  if (value instanceof Long) return `long ${value.toString()}`
  if (value instanceof Decimal128) return `decimal ${value.toString()}`
  if (Array.isArray(value)) return value.map(typed)
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typed(inner)]))
  return value
}

const NUMBERS = { i: new Int32(5), d: new Double(5), l: Long.fromNumber(5), big: Long.fromString('9007199254740993') }
const WORDS = { i: 'int 5', d: 'double 5', l: 'long 5', big: 'long 9007199254740993' }

const stored = (collection: Collection, document: Document): Promise<unknown> =>
  collection.insertOne({ _id: 1 as never, ...document })

async function read(collection: Collection): Promise<unknown> {
  return typed(await collection.findOne({}, { projection: { _id: 0 }, ...RAW }))
}

async function afterUpdate(collection: Collection, document: Document, update: Document | Document[]): Promise<unknown> {
  await collection.deleteMany({})
  await stored(collection, document)
  await collection.updateOne({}, update)
  return read(collection)
}

async function aggregated(collection: Collection, documents: Document[], stages: Document[]): Promise<unknown> {
  await collection.deleteMany({})
  await collection.insertMany(documents)
  return (await collection.aggregate(stages, RAW).toArray()).map(typed)
}

/** Types of numbers, which a client of another language than JavaScript sees. */
export const types: Record<string, Probe> = {
  'numbers keep their types': async (collection) => {
    await stored(collection, {
      ...NUMBERS,
      in: { ...NUMBERS },
      list: Object.values(NUMBERS),
      money: Decimal128.fromString('1.10'),
    })
    const all = { ...WORDS, in: WORDS, list: Object.values(WORDS), money: 'decimal 1.10' }
    expect(await read(collection)).to.deep.equal(all)
    expect(typed(await collection.findOne({}, RAW))).to.deep.equal({ _id: 'int 1', ...all })
  },
  'numbers keep their types in projections': async (collection) => {
    await stored(collection, { ...NUMBERS, in: { ...NUMBERS } })
    const seen = (projection: Document): Promise<unknown> => collection.findOne({}, { projection, ...RAW }).then(typed)
    expect(await seen({ d: 1, 'in.l': 1, _id: 0 })).to.deep.equal({ d: 'double 5', in: { l: 'long 5' } })
    expect(await seen({ i: 0, in: 0 })).to.deep.equal({ _id: 'int 1', d: WORDS.d, l: WORDS.l, big: WORDS.big })
    expect(await seen({ _id: 0, d: true, copy: '$l' })).to.deep.equal({ d: 'double 5', copy: 'long 5' })
  },
  'numbers keep their types when found and changed at once': async (collection) => {
    await stored(collection, NUMBERS)
    const before = await collection.findOneAndUpdate({}, { $set: { name: 'x' } }, { projection: { _id: 0 }, ...RAW })
    expect(typed(before)).to.deep.equal(WORDS)
    const after = await collection.findOneAndUpdate({}, { $inc: { d: 1 } }, { returnDocument: 'after', ...RAW })
    expect(typed(after)).to.deep.equal({ _id: 'int 1', ...WORDS, d: 'double 6', name: 'x' })
    const other = await collection.findOneAndReplace({}, { l: Long.fromNumber(7) }, { returnDocument: 'after', ...RAW })
    expect(typed(other)).to.deep.equal({ _id: 'int 1', l: 'long 7' })
    expect(typed(await collection.findOneAndDelete({}, RAW))).to.deep.equal({ _id: 'int 1', l: 'long 7' })
  },
  'numbers keep their types when another field changes': async (collection) => {
    expect(await afterUpdate(collection, NUMBERS, { $set: { name: 'x' } })).to.deep.equal({ ...WORDS, name: 'x' })
    expect(await afterUpdate(collection, NUMBERS, [{ $set: { name: 'x' } }])).to.deep.equal({ ...WORDS, name: 'x' })
    expect(await afterUpdate(collection, { list: [NUMBERS.d] }, { $push: { list: NUMBERS.l as never } })).to.deep.equal({
      list: ['double 5', 'long 5'],
    })
  },
  'adding gives the wider type': async (collection) => {
    const add = async (one: unknown, other: unknown): Promise<unknown> =>
      ((await afterUpdate(collection, { n: one }, { $inc: { n: other } })) as Document).n
    expect(await add(NUMBERS.i, new Int32(1))).to.equal('int 6')
    expect(await add(NUMBERS.i, Long.fromNumber(1))).to.equal('long 6')
    expect(await add(NUMBERS.l, new Int32(1))).to.equal('long 6')
    expect(await add(NUMBERS.i, new Double(1))).to.equal('double 6')
    expect(await add(NUMBERS.d, new Int32(1))).to.equal('double 6')
    expect(await add(NUMBERS.d, Long.fromNumber(1))).to.equal('double 6')
    expect(await add(NUMBERS.big, new Int32(1))).to.equal('long 9007199254740994')
    expect(await add(new Int32(2_147_483_647), new Int32(1))).to.equal('long 2147483648')
  },
  'adding to nothing gives what is added': async (collection) => {
    const update = { $inc: { i: new Int32(1), l: Long.fromNumber(1), d: new Double(1) } }
    expect(await afterUpdate(collection, {}, update)).to.deep.equal({ d: 'double 1', i: 'int 1', l: 'long 1' })
    expect(await afterUpdate(collection, {}, { $mul: { l: Long.fromNumber(3) } })).to.deep.equal({ l: 'long 0' })
  },
  'multiplying gives the wider type': async (collection) => {
    const update = { $mul: { i: new Int32(2), l: new Int32(2), d: new Int32(2) } }
    expect(await afterUpdate(collection, { i: NUMBERS.i, l: NUMBERS.l, d: NUMBERS.d }, update)).to.deep.equal({
      i: 'int 10',
      l: 'long 10',
      d: 'double 10',
    })
  },
  'more than 64 bits is refused': async (collection) => {
    await stored(collection, { n: Long.MAX_VALUE })
    const refused = await collection.updateOne({}, { $inc: { n: 1 } }).catch((error: { code: number }) => error.code)
    expect([refused, await read(collection)]).to.deep.equal([2, { n: 'long 9223372036854775807' }])
  },
  'setting the same number in another type is a change': async (collection) => {
    await stored(collection, { n: NUMBERS.i })
    expect((await collection.updateOne({}, { $set: { n: NUMBERS.i } })).modifiedCount).to.equal(0)
    expect((await collection.updateOne({}, { $set: { n: NUMBERS.d } })).modifiedCount).to.equal(1)
    expect(await read(collection)).to.deep.equal({ n: 'double 5' })
    expect((await collection.updateOne({}, { $max: { n: NUMBERS.l } })).modifiedCount).to.equal(0)
  },
  'numbers are found and unique whatever their type': async (collection) => {
    await collection.createIndex({ n: 1 }, { unique: true })
    await stored(collection, { n: NUMBERS.d })
    for (const n of [5, NUMBERS.l, NUMBERS.d]) expect(await collection.countDocuments({ n })).to.equal(1)
    expect(await collection.countDocuments({ _id: NUMBERS.l.subtract(4) as never })).to.equal(1)
    const again = await collection.insertOne({ n: NUMBERS.l }).catch((error: { code: number }) => error.code)
    expect(again).to.equal(11_000)
  },
  '64-bit integers are compared exactly': async (collection) => {
    await stored(collection, { n: NUMBERS.big })
    const [same, less] = [NUMBERS.big, NUMBERS.big.subtract(1)]
    expect(await collection.countDocuments({ n: same })).to.equal(1)
    expect(await collection.countDocuments({ n: less })).to.equal(0)
    expect(await collection.countDocuments({ n: { $gt: less } })).to.equal(1)
  },
  'sums have the type of what they sum': async (collection) => {
    const sum = async (...ns: unknown[]): Promise<unknown> =>
      (
        (await aggregated(
          collection,
          ns.map((n) => ({ n })),
          [{ $group: { _id: null, n: { $sum: '$n' } } }],
        )) as [Document]
      )[0].n
    expect(await sum(new Int32(1), new Int32(2), 'x', null)).to.equal('int 3')
    expect(await sum(new Int32(1), Long.fromNumber(2))).to.equal('long 3')
    expect(await sum(new Int32(1), new Double(2))).to.equal('double 3')
    expect(await sum(new Int32(2_147_483_647), new Int32(1))).to.equal('long 2147483648')
    expect(await sum(...Array.from({ length: 10 }, () => new Double(0.1)))).to.equal('double 1')
  },
  'averages are doubles, extremes keep their types': async (collection) => {
    const group = { _id: '$of', avg: { $avg: '$n' }, min: { $min: '$n' }, max: { $max: '$n' }, all: { $push: '$n' } }
    const documents = [{ of: NUMBERS.d, n: Long.fromNumber(4) }, { of: 5, n: new Double(2) }, { of: 5 }]
    expect(await aggregated(collection, documents, [{ $group: group }])).to.deep.equal([
      { _id: 'double 5', avg: 'double 3', min: 'double 2', max: 'long 4', all: ['long 4', 'double 2'] },
    ])
    expect(await aggregated(collection, [{ n: 'x' }], [{ $group: { _id: null, avg: { $avg: '$n' } } }])).to.deep.equal([
      { _id: null, avg: null },
    ])
  },
  'stages keep types': async (collection) => {
    const stages = [
      { $match: { l: { $gte: 5 } } },
      { $set: { sum: { $add: ['$i', '$l'] }, half: { $divide: ['$i', 5] }, copy: '$d' } },
      { $unwind: { path: '$list', includeArrayIndex: 'at' } },
      { $project: { _id: 0, sum: 1, half: 1, copy: 1, list: 1, at: 1 } },
    ]
    expect(await aggregated(collection, [{ ...NUMBERS, list: [NUMBERS.d] }], stages)).to.deep.equal([
      { list: 'double 5', sum: 'long 10', half: 'double 1', copy: 'double 5', at: 'long 0' },
    ])
    expect(await aggregated(collection, [{}, {}], [{ $count: 'n' }])).to.deep.equal([{ n: 'int 2' }])
  },
  'different values keep the type of the first': async (collection) => {
    await collection.insertMany([{ n: NUMBERS.d }, { n: NUMBERS.i }, { n: [NUMBERS.l, Long.fromNumber(6)] }])
    expect((await collection.distinct('n', {}, RAW)).map(typed)).to.deep.equal(['double 5', 'long 6'])
  },
  'an upsert keeps the types of its filter': async (collection) => {
    await collection.updateOne(
      { _id: Long.fromNumber(9) as never, 'a.d': NUMBERS.d },
      { $inc: { n: NUMBERS.l } },
      { upsert: true },
    )
    expect(typed(await collection.findOne({}, RAW))).to.deep.equal({ _id: 'long 9', a: { d: 'double 5' }, n: 'long 5' })
  },
}

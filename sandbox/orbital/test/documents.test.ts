import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { MongoClient } from 'mongodb'
import { MongoServer } from '../../backing/mongo/server'
import { startMongodb } from '../../backing/mongodb'
import type { BackingServer } from '../../backing/server'
import { probes } from './documents-probes'
import { queries } from './documents-queries'
import { types } from './documents-types'
import { updates } from './documents-updates'

/** The server may be given by URL, with databases of others. */
const DATABASE = `acceptance_probes_${randomUUID()}`

function askAll(client: () => MongoClient): void {
  let serial = 0
  for (const [what, probe] of Object.entries({ ...probes, ...types, ...updates, ...queries }))
    test(what, { timeout: 20_000 }, async () => {
      const database = client().db(DATABASE)
      await probe(database.collection(`probe_${++serial}`), database)
    })
}

describe('the emulated document store', () => {
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
  askAll(() => client)
})

describe('the document store of this machine, a real MongoDB where there is one, behaves the same', () => {
  let server: BackingServer
  let client: MongoClient
  before(async () => {
    server = await startMongodb()
    await server.ready()
    client = new MongoClient(server.url)
  })
  after(async () => {
    await client.db(DATABASE).dropDatabase()
    await client.close()
    await server.stop()
  })
  askAll(() => client)
})

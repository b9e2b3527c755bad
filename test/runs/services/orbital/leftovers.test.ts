import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { MongoClient } from 'mongodb'
import { Client } from 'pg'
import type { RunningSandbox } from '../../../../sandbox/kit/sandbox'
import { startOrbital } from '../../../../sandbox/orbital/server'
import { SuiteCopy } from '../../../support/suite-copy'

const FEATURE = `
Feature: Everything a scenario can make

  @needs:rabbitmq @needs:mongodb @needs:redis
  Scenario: All goes well
    Given other services are subscribed to events
    And Ada reported a position
    When "Order 1042" is assigned to Ada
    Then Ada sees that "Order 1042" is assigned

  @needs:rabbitmq @needs:mongodb @needs:redis
  Scenario: A step fails
    Given Ada reported a position
    And "Order 1042" is assigned to Ada
    When Ada sees that "Order 1042" is assigned
    Then nothing is stored for Ada

  @needs:rabbitmq
  Scenario: A dead letter that was not read
    When an unreadable assignment arrives
    Then Ada's newest position is stored
`

describe('leftovers of a run', () => {
  const suite = new SuiteCopy({ 'orbital/all.feature': FEATURE })
  let sandbox: RunningSandbox

  before(async () => {
    sandbox = await startOrbital()
  })
  after(async () => {
    suite.remove()
    await sandbox.stop()
  })

  /** The content of every server; of the dead-letter queue the number of messages. */
  async function content(): Promise<Record<string, unknown>> {
    const {
      ORBITAL_POSTGRES_URL = '',
      ORBITAL_MONGODB_URL = '',
      ORBITAL_REDIS_URL = '',
      ORBITAL_RABBITMQ_URL = '',
    } = sandbox.variables
    const database = new Client({ connectionString: ORBITAL_POSTGRES_URL })
    await database.connect()
    const rows = async (table: string): Promise<unknown[]> =>
      (await database.query(`select to_jsonb(one) as row from ${table} as one order by 1`)).rows
    const documents = new MongoClient(ORBITAL_MONGODB_URL)
    const { Redis } = await import('ioredis')
    const cache = new Redis(ORBITAL_REDIS_URL)
    const { connect } = await import('amqplib')
    const connection = await connect(ORBITAL_RABBITMQ_URL)
    const found = {
      users: await rows('marten.users'),
      couriers: await rows('self_delivery.couriers'),
      deliveries: await rows('self_delivery.deliveries'),
      documents: await documents.db().collection('courier_location_history').find().sort({ _id: 1 }).toArray(),
      positions: (await cache.keys('*')).sort(),
      letters: (await (await connection.createChannel()).checkQueue(`${sandbox.variables.ORBITAL_DELIVERIES_QUEUE}.dead`))
        .messageCount,
    }
    cache.disconnect()
    await Promise.all([database.end(), documents.close(), connection.close()])
    return found
  }

  // ORB-067
  test('nothing, also where a step failed', async () => {
    const before = await content()
    const { stdout, code } = await suite.run([], sandbox.variables as Record<string, string>)
    expect(code, stdout).to.equal(1)
    expect(stdout).to.match(/3 scenarios \(1 passed, 2 failed\)/)
    expect(stdout).to.contain('the row of Ada')
    expect(await content(), stdout).to.deep.equal(before)
    expect(suite.journals(), stdout).to.deep.equal([])
  })
})

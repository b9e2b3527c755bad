import { after, before, describe, test } from 'node:test'
import { connect } from 'amqplib'
import { expect } from 'chai'
import { Redis } from 'ioredis'
import { SignJWT } from 'jose'
import { MongoClient } from 'mongodb'
import { Client } from 'pg'
import { freePort } from '../../../sandbox/backing/free-port'
import { findRabbit, PrivateRabbit } from '../../../sandbox/backing/rabbitmq-local'
import { type OrbitalSandbox, startOrbital } from '../../../sandbox/orbital/server'
import { needs } from '../../support/needs'

const REPORTS = 200
const AT_ONCE = 8
const STOP_AFTER = 60
const QUEUE = 'everything'

interface Report {
  userId: number
  token: string
  /** Of the answer; the wall clock of when it was sent and when it was answered. */
  status?: number
  sentAt?: number
  answeredAt?: number
}

describe('the broker is stopped in the middle of 200 reports', needs('rabbitmq'), () => {
  let rabbit: PrivateRabbit
  let sandbox: OrbitalSandbox
  let database: Client
  let reports: Report[]
  let stoppedAt = 0

  before(async () => {
    const program = findRabbit()
    if (!program) throw new Error('RabbitMQ is there, but not its Erlang')
    rabbit = new PrivateRabbit(program, await freePort())
    await rabbit.start()
    process.env.ACCEPTANCE_RABBITMQ_URL = rabbit.url
    sandbox = await startOrbital()
    delete process.env.ACCEPTANCE_RABBITMQ_URL
    database = new Client({ connectionString: sandbox.variables.ORBITAL_POSTGRES_URL })
    await database.connect()
    reports = await seed()
    await listen()
  })
  after(async () => {
    await database.end()
    await sandbox.stop()
    await rabbit.stop()
  })

  async function seed(): Promise<Report[]> {
    const users = await database.query<{ id: string }>(
      'insert into marten.users (external_id) select gen_random_uuid() from generate_series(1, $1) returning id',
      [REPORTS],
    )
    await database.query('insert into self_delivery.couriers (user_id) select id from marten.users')
    const secret = Buffer.from(sandbox.variables.ORBITAL_JWT_SECRET ?? '')
    return Promise.all(
      users.rows.map(async ({ id }) => ({
        userId: Number(id),
        token: await new SignJWT().setProtectedHeader({ alg: 'HS256' }).setSubject(id).setExpirationTime('1h').sign(secret),
      })),
    )
  }

  async function listen(): Promise<void> {
    const connection = await connect(rabbit.url)
    const channel = await connection.createChannel()
    await channel.assertQueue(QUEUE, { durable: true })
    await channel.bindQueue(QUEUE, sandbox.variables.ORBITAL_EXCHANGE ?? '', 'courier.location')
    await connection.close()
  }

  async function send(report: Report): Promise<void> {
    report.sentAt = performance.now()
    const answer = await fetch(`${sandbox.address}/courier/location`, {
      method: 'POST',
      headers: { authorization: `Bearer ${report.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ latitude: 1, longitude: report.userId / 1_000 }),
    })
    report.status = answer.status
    report.answeredAt = performance.now()
  }

  async function sendAll(): Promise<void> {
    const waiting = [...reports]
    let stopping: Promise<void> | undefined
    const worker = async (): Promise<void> => {
      for (let report = waiting.shift(); report; report = waiting.shift()) {
        await send(report)
        if (!stopping && reports.filter(({ status }) => status !== undefined).length >= STOP_AFTER) {
          stoppedAt = performance.now()
          stopping = rabbit.halt()
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    await stopping
  }

  async function told(): Promise<Map<number, number>> {
    const connection = await connect(rabbit.url)
    const channel = await connection.createChannel()
    const counts = new Map<number, number>()
    for (let message = await channel.get(QUEUE, { noAck: true }); message; message = await channel.get(QUEUE, { noAck: true })) {
      const { user_id } = JSON.parse(message.content.toString()) as { user_id: number }
      counts.set(user_id, (counts.get(user_id) ?? 0) + 1)
    }
    await connection.close()
    return counts
  }

  async function kept(): Promise<{ rows: Set<number>; documents: Set<number>; cached: Set<number> }> {
    const rows = await database.query<{ user_id: string }>(
      'select user_id from self_delivery.couriers where last_seen_at is not null',
    )
    const mongo = new MongoClient(sandbox.variables.ORBITAL_MONGODB_URL ?? '')
    const documents = await mongo.db().collection('courier_location_history').find().toArray()
    const redis = new Redis(sandbox.variables.ORBITAL_REDIS_URL ?? '')
    const keys = await redis.keys('courier:*:location')
    redis.disconnect()
    await mongo.close()
    return {
      rows: new Set(rows.rows.map(({ user_id }) => Number(user_id))),
      documents: new Set(documents.map(({ user_id }) => Number(user_id))),
      cached: new Set(keys.map((key) => Number(key.split(':')[1]))),
    }
  }

  test('what was accepted is everywhere, what was not is nowhere, but for events under way', { timeout: 90_000 }, async () => {
    await sendAll()
    const accepted = reports.filter(({ status }) => status === 204).map(({ userId }) => userId)
    const refused = reports.filter(({ status }) => status === 503)
    expect(accepted.length + refused.length, 'reports answered with 204 or 503').to.equal(REPORTS)
    expect(accepted.length, 'accepted').to.be.at.least(STOP_AFTER)
    expect(refused.length, 'refused').to.be.greaterThan(0)
    await rabbit.start()
    const [events, { rows, documents, cached }] = [await told(), await kept()]
    for (const found of [rows, documents, cached]) expect([...found]).to.have.members(accepted)
    for (const userId of accepted) expect(events.get(userId), `events of ${userId}`).to.equal(1)
    const extra = refused.filter(({ userId }) => events.has(userId))
    const underWay = refused.filter(({ sentAt = 0 }) => sentAt <= stoppedAt + 2_000)
    for (const one of extra) expect(underWay, 'an event without a 204 was under way').to.include(one)
    expect(extra.length, 'events without a 204').to.be.at.most(AT_ONCE)
    console.log(`${accepted.length} accepted, ${refused.length} refused, ${extra.length} events without a 204`)
  })

  test('when it is back, reports are taken again', { timeout: 30_000 }, async () => {
    const [report] = reports
    if (!report) throw new Error('nobody was seeded')
    const deadline = Date.now() + 10_000
    do await send(report)
    while (report.status !== 204 && Date.now() < deadline)
    expect(report.status).to.equal(204)
  })
})

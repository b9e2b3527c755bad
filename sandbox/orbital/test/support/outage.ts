import { connect } from 'amqplib'
import { expect } from 'chai'
import { Redis } from 'ioredis'
import { SignJWT } from 'jose'
import { MongoClient } from 'mongodb'
import { Client } from 'pg'
import type { RunningSandbox } from '../../../kit/sandbox'

const QUEUE = 'everything'

/** One courier's only report, and its outcome. Times are those of `performance.now()`. */
export interface Report {
  userId: number
  token: string
  place: { latitude: number; longitude: number }
  status: number
  detail: string | undefined
  sentAt: number
  answeredAt: number
}

/** Positions by courier, duplicates included. */
export type Places = Record<number, string[]>

export const textOf = ({ latitude, longitude }: Report['place']): string => `${latitude}, ${longitude}`

export function placesOf(reports: readonly Report[]): Places {
  return Object.fromEntries(reports.map(({ userId, place }) => [userId, [textOf(place)]]))
}

/** A backend with a broker that can be stopped, examined only through its servers. */
export class Stage {
  private places = 0

  constructor(private readonly sandbox: RunningSandbox) {}

  /** Couriers, each with a report that has not been sent yet. */
  async reports(count: number): Promise<Report[]> {
    const secret = Buffer.from(this.variable('JWT_SECRET'))
    const users = await this.inDatabase<{ id: string }>(
      `with made as (insert into marten.users (external_id) select gen_random_uuid() from generate_series(1, ${count}) returning id)
       insert into self_delivery.couriers (user_id) select id from made returning user_id as id`,
    )
    return Promise.all(
      users.map(async ({ id }) => ({
        userId: Number(id),
        token: await new SignJWT().setProtectedHeader({ alg: 'HS256' }).setSubject(id).setExpirationTime('1h').sign(secret),
        place: { latitude: ++this.places / 1_000, longitude: -this.places / 1_000 },
        ...{ status: 0, detail: undefined, sentAt: 0, answeredAt: 0 },
      })),
    )
  }

  /** Declares and binds a durable queue that keeps every event, also while the broker is down. Repeating it changes nothing. */
  async listen(): Promise<void> {
    const connection = await connect(this.variable('RABBITMQ_URL'))
    const channel = await connection.createChannel()
    await channel.assertQueue(QUEUE, { durable: true })
    await channel.bindQueue(QUEUE, this.variable('EXCHANGE'), 'courier.location')
    await connection.close()
  }

  async send(report: Report): Promise<void> {
    report.sentAt = performance.now()
    const answer = await fetch(`${this.sandbox.address}/courier/location`, {
      method: 'POST',
      headers: { authorization: `Bearer ${report.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(report.place),
    })
    report.status = answer.status
    report.detail = answer.ok ? undefined : ((await answer.json()) as { detail: string }).detail
    report.answeredAt = performance.now()
  }

  async events(): Promise<Places> {
    const connection = await connect(this.variable('RABBITMQ_URL'))
    const channel = await connection.createChannel()
    const found: Found[] = []
    for (let message = await channel.get(QUEUE, { noAck: true }); message; message = await channel.get(QUEUE, { noAck: true }))
      found.push(JSON.parse(message.content.toString()))
    await connection.close()
    return grouped(found)
  }

  async rows(): Promise<Places> {
    const columns = 'user_id, last_latitude as latitude, last_longitude as longitude'
    return grouped(await this.inDatabase(`select ${columns} from self_delivery.couriers where last_seen_at is not null`))
  }

  async documents(): Promise<Places> {
    const mongo = new MongoClient(this.variable('MONGODB_URL'))
    const found = await mongo.db().collection<Found>('courier_location_history').find().toArray()
    await mongo.close()
    return grouped(found)
  }

  async cached(): Promise<Places> {
    const redis = new Redis(this.variable('REDIS_URL'))
    const keys = await redis.keys('*courier:*:location')
    const found = await Promise.all(
      keys.map(async (key) => ({ user_id: key.split(':').at(-2) ?? '', ...JSON.parse((await redis.get(key)) ?? '{}') })),
    )
    redis.disconnect()
    return grouped(found)
  }

  private variable(name: string): string {
    const value = this.sandbox.variables[`ORBITAL_${name}`]
    expect(value, name).to.be.a('string')
    return value ?? ''
  }

  private async inDatabase<T extends object>(sql: string): Promise<T[]> {
    const database = new Client({ connectionString: this.variable('POSTGRES_URL') })
    await database.connect()
    try {
      return (await database.query<T>(sql)).rows
    } finally {
      await database.end()
    }
  }
}

type Found = { user_id: number | string } & Report['place']

function grouped(found: readonly Found[]): Places {
  const places: Places = {}
  for (const { user_id, ...place } of found) places[Number(user_id)] = [...(places[Number(user_id)] ?? []), textOf(place)]
  return places
}

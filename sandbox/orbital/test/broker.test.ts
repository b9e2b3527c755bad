import { after, before, describe, test } from 'node:test'
import { type Channel, type ChannelModel, connect } from 'amqplib'
import { expect } from 'chai'
import { Broker } from '../../backing/amqp/broker'
import { freePort } from '../../backing/free-port'
import { findRabbit, PrivateRabbit } from '../../backing/rabbitmq-local'
import { needs } from '../../kit/test/needs'
import type { Bench } from './broker/bench'
import { observed, TABLE } from './broker/conformance'
import { silentClient } from './broker/heartbeats'
import { queues } from './broker/queues'
import { refusals } from './broker/refusals'
import { routing } from './broker/routing'

/** Behaviours on which clients of RabbitMQ rely; the same list is checked with the real one and the emulation. */
const probes = { ...routing, ...queues, ...refusals }

let serial = 0

function benchOn(connection: ChannelModel): Bench {
  return {
    channel: async () => connection.createChannel(),
    confirming: async () => connection.createConfirmChannel(),
    name: (text) => `${text}-${process.pid}-${++serial}`,
    refusal: async (act: (channel: Channel) => Promise<unknown>) => {
      const channel = await connection.createChannel()
      const closed = new Promise<string>((resolve) =>
        channel.once('error', (error: Error & { code?: number }) => resolve(`${error.code} ${error.message}`)),
      )
      act(channel).catch(() => undefined)
      return closed
    },
  }
}

function askAll(url: () => string): void {
  for (const [what, probe] of Object.entries(probes))
    test(what, { timeout: 20_000 }, async () => {
      const connection = await connect(url())
      connection.on('error', () => undefined)
      try {
        await probe(benchOn(connection))
      } finally {
        await connection.close().catch(() => undefined)
      }
    })
}

const wrongPassword = (url: string): Promise<string> => {
  const wrong = new URL(url)
  wrong.password = 'wrong'
  return connect(wrong.href).then(
    () => 'let in',
    (error: Error) => error.message,
  )
}

/** Heartbeats come every half interval; whoever sends none for two intervals is disconnected. */
async function keepsHeartbeats(url: string): Promise<void> {
  const { heartbeats, closedAfter } = await silentClient(url)
  expect(heartbeats, 'heartbeats').to.be.within(2, 8)
  expect(closedAfter, 'closed after').to.be.within(1_500, 4_500)
}

/** A client that sends heartbeats, and has nothing else to say, stays connected. */
async function staysConnected(url: string): Promise<void> {
  const connection = await connect(`${url}?heartbeat=1`)
  const events: string[] = []
  for (const event of ['error', 'close'] as const) connection.on(event, () => void events.push(event))
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  const channel = await connection.createChannel()
  await channel.checkExchange('amq.topic')
  expect(events).to.deep.equal([])
  await connection.close()
}

/** Durable things survive a restart, others do not. */
async function restarts(url: string, restart: () => Promise<void>): Promise<void> {
  const first = await connect(url)
  first.on('error', () => undefined)
  const channel = await first.createConfirmChannel()
  channel.on('error', () => undefined)
  await channel.assertQueue('stays', { durable: true })
  await channel.assertQueue('goes', { durable: false })
  channel.sendToQueue('stays', Buffer.from('kept'), { persistent: true })
  channel.sendToQueue('stays', Buffer.from('lost'), { persistent: false })
  await channel.waitForConfirms()
  await restart()
  const second = await connect(url)
  second.on('error', () => undefined)
  try {
    await expectRestarted(await second.createChannel())
  } finally {
    await second.close().catch(() => undefined)
  }
}

async function expectRestarted(channel: Channel): Promise<void> {
  const refused = new Promise<number>((resolve) => channel.once('error', (error: { code: number }) => resolve(error.code)))
  const got = await channel.get('stays', { noAck: true })
  expect(got ? got.content.toString() : 'nothing').to.equal('kept')
  channel.checkQueue('goes').catch(() => undefined)
  expect(await refused).to.equal(404)
}

describe('the emulated broker', () => {
  const broker = new Broker({ user: 'guest', password: 'guest' })
  const url = (): string => `amqp://guest:guest@127.0.0.1:${broker.port}`
  before(() => broker.start())
  after(() => broker.stop())
  askAll(url)
  test('a wrong password is refused', async () => void expect(await wrongPassword(url())).to.match(/403.*ACCESS.REFUSED/s))
  test('behaves like RabbitMQ, or refuses', { timeout: 60_000 }, async (context) => {
    const verdicts: Record<string, string[]> = { same: [], refused: [], pretended: [] }
    for (const [at, row] of TABLE.entries()) {
      const seen = await observed(row, url(), `conformance-${process.pid}-${at}`)
      const verdict = seen === row.real ? 'same' : seen === '540' ? 'refused' : 'pretended'
      verdicts[verdict]?.push(`${row.does}: ${seen}, RabbitMQ ${row.real}`)
    }
    context.diagnostic(`of ${TABLE.length}: ${verdicts.same?.length} the same, ${verdicts.refused?.length} refused`)
    expect(verdicts.pretended, 'pretended').to.deep.equal([])
  })
  test('a silent client is disconnected', { timeout: 20_000 }, () => keepsHeartbeats(url()))
  test('a client with heartbeats stays', { timeout: 20_000 }, () => staysConnected(url()))
  test('what survives a restart', () =>
    restarts(url(), async () => {
      await broker.stop()
      await broker.start()
    }))
})

describe('a real RabbitMQ behaves the same', needs('rabbitmq'), () => {
  let rabbit: PrivateRabbit
  before(async () => {
    const program = findRabbit()
    if (!program) throw new Error('RabbitMQ is there, but not its Erlang')
    rabbit = new PrivateRabbit(program, await freePort())
    await rabbit.start()
  })
  after(() => rabbit.stop())
  askAll(() => rabbit.url)
  test('the conformance table describes its behaviour', { timeout: 60_000 }, async () => {
    const wrong: string[] = []
    for (const [at, row] of TABLE.entries()) {
      const seen = await observed(row, rabbit.url, `conformance-${process.pid}-${at}`)
      if (seen !== row.real) wrong.push(`${row.does}: ${seen}, not ${row.real}`)
    }
    expect(wrong).to.deep.equal([])
  })
  test('a wrong password is refused', async () => void expect(await wrongPassword(rabbit.url)).to.match(/403.*ACCESS.REFUSED/s))
  test('a silent client is disconnected', { timeout: 20_000 }, () => keepsHeartbeats(rabbit.url))
  test('a client with heartbeats stays', { timeout: 20_000 }, () => staysConnected(rabbit.url))
  test('what survives a restart', () =>
    restarts(rabbit.url, async () => {
      await rabbit.halt()
      await rabbit.start()
    }))
})

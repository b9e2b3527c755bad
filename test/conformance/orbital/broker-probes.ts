import type { Channel, ConfirmChannel, GetMessage } from 'amqplib'
import { expect } from 'chai'
import { eventually } from '../../../support/core/eventually'

/** What a probe works with: a connection's channels, and names nobody else has. */
export interface Bench {
  channel(): Promise<Channel>
  confirming(): Promise<ConfirmChannel>
  /** A channel that is expected to be closed by the broker; resolves to the code and text it gave. */
  refusal(act: (channel: Channel) => Promise<unknown>): Promise<string>
  name(text: string): string
}

type Probe = (bench: Bench) => Promise<void>

const body = Buffer.from('{"glove":"red"}')

async function one(channel: Channel, queue: string): Promise<GetMessage> {
  for (let tries = 0; tries < 200; tries++) {
    const got = await channel.get(queue)
    if (got) return got
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`nothing came to ${queue}`)
}

async function fresh(bench: Bench, type = 'topic'): Promise<{ channel: Channel; exchange: string; queue: string }> {
  const channel = await bench.channel()
  const { queue } = await channel.assertQueue('', { exclusive: true })
  const exchange = bench.name('exchange')
  await channel.assertExchange(exchange, type, { autoDelete: true, durable: false })
  return { channel, exchange, queue }
}

/** What clients of RabbitMQ rely on; the same list is asked of the real one and of the emulation. */
export const probes: Record<string, Probe> = {
  'a topic exchange matches one word and any number of words': async (bench) => {
    const { channel, exchange, queue } = await fresh(bench)
    await channel.bindQueue(queue, exchange, 'courier.*')
    await channel.bindQueue(queue, exchange, '#.completed')
    for (const key of ['courier.location', 'courier.a.b', 'delivery.a.completed', 'completed'])
      channel.publish(exchange, key, body)
    const keys = [await one(channel, queue), await one(channel, queue), await one(channel, queue)].map(
      ({ fields }) => fields.routingKey,
    )
    expect(keys).to.deep.equal(['courier.location', 'delivery.a.completed', 'completed'])
    expect(await channel.get(queue)).to.equal(false)
  },
  'direct, fanout and headers exchanges': async (bench) => {
    const direct = await fresh(bench, 'direct')
    await direct.channel.bindQueue(direct.queue, direct.exchange, 'a')
    direct.channel.publish(direct.exchange, 'b', body)
    direct.channel.publish(direct.exchange, 'a', body)
    expect((await one(direct.channel, direct.queue)).fields.routingKey).to.equal('a')
    const fanout = await fresh(bench, 'fanout')
    await fanout.channel.bindQueue(fanout.queue, fanout.exchange, '')
    fanout.channel.publish(fanout.exchange, 'anything', body)
    await one(fanout.channel, fanout.queue)
    const headers = await fresh(bench, 'headers')
    await headers.channel.bindQueue(headers.queue, headers.exchange, '', { 'x-match': 'all', colour: 'red' })
    headers.channel.publish(headers.exchange, '', body, { headers: { colour: 'blue' } })
    headers.channel.publish(headers.exchange, '', body, { headers: { colour: 'red' } })
    expect((await one(headers.channel, headers.queue)).properties.headers).to.include({ colour: 'red' })
  },
  'properties and body arrive as they were sent': async (bench) => {
    const channel = await bench.channel()
    const { queue } = await channel.assertQueue('', { exclusive: true })
    const sent = {
      contentType: 'application/json',
      messageId: 'm-1',
      timestamp: 1_700_000_000,
      persistent: true,
      headers: { n: 1 },
    }
    const large = Buffer.alloc(400_000, 'x')
    channel.sendToQueue(queue, large, sent)
    const { properties, content } = await one(channel, queue)
    expect(properties).to.include({
      contentType: 'application/json',
      messageId: 'm-1',
      timestamp: 1_700_000_000,
      deliveryMode: 2,
    })
    expect(content.equals(large)).to.equal(true)
  },
  'an empty body': async (bench) => {
    const channel = await bench.channel()
    const { queue } = await channel.assertQueue('', { exclusive: true })
    channel.sendToQueue(queue, Buffer.alloc(0))
    expect((await one(channel, queue)).content).to.have.length(0)
  },
  'publishes are confirmed, in their order': async (bench) => {
    const channel = await bench.confirming()
    const { queue } = await channel.assertQueue('', { exclusive: true })
    const order: number[] = []
    for (let at = 0; at < 50; at++) channel.sendToQueue(queue, body, {}, (error) => order.push(error ? -1 : at))
    await channel.waitForConfirms()
    expect(order).to.deep.equal(Array.from({ length: 50 }, (_, at) => at))
  },
  'a mandatory message without a way comes back': async (bench) => {
    const channel = await bench.confirming()
    const returned = new Promise<string>((resolve) => channel.once('return', ({ fields }) => resolve(fields.routingKey)))
    channel.publish('amq.topic', bench.name('nowhere'), body, { mandatory: true })
    await channel.waitForConfirms()
    expect(await returned).to.include('nowhere')
  },
  'what is rejected goes to the dead letters with its story': async (bench) => {
    const channel = await bench.channel()
    const dead = (await channel.assertQueue('', { exclusive: true })).queue
    const queue = bench.name('living')
    await channel.assertQueue(queue, { exclusive: true, deadLetterExchange: '', deadLetterRoutingKey: dead })
    channel.sendToQueue(queue, body)
    channel.nack(await one(channel, queue), false, false)
    const { properties } = await one(channel, dead)
    const [death] = properties.headers?.['x-death'] ?? []
    expect(death).to.include({ reason: 'rejected', queue, exchange: '' })
    expect(properties.headers).to.include({ 'x-first-death-reason': 'rejected', 'x-first-death-queue': queue })
  },
  'what is too old or too much dies likewise': async (bench) => {
    const channel = await bench.channel()
    const dead = (await channel.assertQueue('', { exclusive: true })).queue
    const queue = bench.name('short')
    const deadLetters = { deadLetterExchange: '', deadLetterRoutingKey: dead }
    await channel.assertQueue(queue, { exclusive: true, maxLength: 1, ...deadLetters })
    channel.sendToQueue(queue, Buffer.from('first'), { expiration: '100' })
    channel.sendToQueue(queue, Buffer.from('second'), { expiration: '50' })
    expect((await one(channel, dead)).content.toString()).to.equal('first')
    const expired = await one(channel, dead)
    expect(expired.content.toString()).to.equal('second')
    expect(expired.properties.headers?.['x-death']?.[0]?.reason).to.equal('expired')
  },
  'what is put back comes again, marked': async (bench) => {
    const channel = await bench.channel()
    const { queue } = await channel.assertQueue('', { exclusive: true })
    channel.sendToQueue(queue, body)
    const first = await one(channel, queue)
    expect(first.fields.redelivered).to.equal(false)
    channel.nack(first)
    expect((await one(channel, queue)).fields.redelivered).to.equal(true)
  },
  'a prefetch holds back what is not acknowledged': async (bench) => {
    const channel = await bench.channel()
    const { queue } = await channel.assertQueue('', { exclusive: true })
    await channel.prefetch(2)
    const got: number[] = []
    await channel.consume(queue, (message) => void got.push(message?.fields.deliveryTag ?? 0))
    for (let at = 0; at < 5; at++) channel.sendToQueue(queue, body)
    while (got.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
    // What was sent reaches the queue one by one.
    await eventually(async () => expect((await channel.checkQueue(queue)).messageCount).to.equal(3))
    expect(got).to.deep.equal([1, 2])
    channel.ackAll()
    while (got.length < 4) await new Promise((resolve) => setTimeout(resolve, 5))
  },
  'consumers of one queue take turns': async (bench) => {
    const channel = await bench.channel()
    const { queue } = await channel.assertQueue('', { exclusive: true })
    const takers: string[] = []
    for (const who of ['a', 'b']) await channel.consume(queue, () => void takers.push(who), { noAck: true })
    for (let at = 0; at < 4; at++) channel.sendToQueue(queue, body)
    while (takers.length < 4) await new Promise((resolve) => setTimeout(resolve, 5))
    expect([...takers].sort().join('')).to.equal('aabb')
  },
  'an auto-delete queue goes with its last consumer': async (bench) => {
    const channel = await bench.channel()
    const queue = bench.name('passing')
    await channel.assertQueue(queue, { autoDelete: true, durable: false })
    const { consumerTag } = await channel.consume(queue, () => undefined)
    await channel.cancel(consumerTag)
    expect(await bench.refusal((other) => other.checkQueue(queue))).to.match(/404.*NOT_FOUND - no queue/s)
  },
  'deleting a queue tells its consumers': async (bench) => {
    const channel = await bench.channel()
    const { queue } = await channel.assertQueue(bench.name('doomed'), { durable: false })
    const told = new Promise<unknown>((resolve) => void channel.consume(queue, resolve))
    await (await bench.channel()).deleteQueue(queue)
    expect(await told).to.equal(null)
  },
  'a missing exchange or queue closes the channel with 404': async (bench) => {
    expect(await bench.refusal((channel) => channel.checkExchange(bench.name('none')))).to.match(/404.*NOT_FOUND - no exchange/s)
    expect(await bench.refusal((channel) => channel.bindQueue(bench.name('none'), 'amq.topic', '#'))).to.match(/404.*no queue/s)
  },
  'declaring it otherwise closes the channel with 406': async (bench) => {
    const { exchange } = await fresh(bench)
    expect(
      await bench.refusal((channel) => channel.assertExchange(exchange, 'direct', { durable: false, autoDelete: true })),
    ).to.match(/406.*PRECONDITION_FAILED - inequivalent arg 'type' for exchange/s)
  },
  'a tag that was never given closes the channel with 406': async (bench) => {
    const refused = bench.refusal(async (channel) => {
      channel.ack({ fields: { deliveryTag: 99 } } as GetMessage)
      await channel.checkExchange('amq.topic')
    })
    expect(await refused).to.match(/406.*unknown delivery tag 99/s)
  },
  'reserved names are refused with 403': async (bench) => {
    expect(await bench.refusal((channel) => channel.assertExchange('amq.mine', 'topic'))).to.match(/403.*reserved prefix/s)
    expect(await bench.refusal((channel) => channel.assertQueue('amq.mine'))).to.match(/403.*reserved prefix/s)
  },
  'exchanges can be bound to each other': async (bench) => {
    const { channel, exchange, queue } = await fresh(bench)
    const inner = bench.name('inner')
    await channel.assertExchange(inner, 'fanout', { durable: false, autoDelete: true })
    await channel.bindQueue(queue, inner, '')
    await channel.bindExchange(inner, exchange, 'a.#')
    channel.publish(exchange, 'a.b', body)
    expect((await one(channel, queue)).fields.routingKey).to.equal('a.b')
  },
  'an alternate exchange takes what finds no way': async (bench) => {
    const channel = await bench.channel()
    const [other, exchange] = [bench.name('other'), bench.name('exchange')]
    const { queue } = await channel.assertQueue('', { exclusive: true })
    await channel.assertExchange(other, 'fanout', { durable: false })
    await channel.assertExchange(exchange, 'topic', { durable: false, alternateExchange: other })
    await channel.bindQueue(queue, other, '')
    channel.publish(exchange, 'lost', body)
    expect((await one(channel, queue)).fields).to.include({ routingKey: 'lost', exchange })
    for (const name of [exchange, other]) await channel.deleteExchange(name)
  },
  'a quorum queue, purging and counting': async (bench) => {
    const channel = await bench.confirming()
    const queue = bench.name('quorum')
    await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } })
    for (let at = 0; at < 3; at++) channel.sendToQueue(queue, body, { persistent: true })
    await channel.waitForConfirms()
    expect((await channel.purgeQueue(queue)).messageCount).to.equal(3)
    expect((await channel.deleteQueue(queue)).messageCount).to.equal(0)
  },
  'an answer goes straight to who asked': async (bench) => {
    const asker = await bench.channel()
    const server = await bench.channel()
    const { queue } = await server.assertQueue('', { exclusive: true })
    const answered = new Promise<string>((resolve) => {
      void asker
        .consume('amq.rabbitmq.reply-to', (message) => resolve(String(message?.content)), { noAck: true })
        .then(() => asker.sendToQueue(queue, body, { replyTo: 'amq.rabbitmq.reply-to' }))
    })
    const { properties } = await one(server, queue)
    server.sendToQueue(properties.replyTo, Buffer.from('here'))
    expect(await answered).to.equal('here')
  },
}

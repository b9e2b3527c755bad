import { expect } from 'chai'
import { eventually } from '../../../kit/test/eventually'
import { body, one, type Probe } from './bench'

/** Probes of messages in a queue. */
export const queues: Record<string, Probe> = {
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
    // Messages reach the queue one by one.
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
    const cancelled = new Promise<unknown>((resolve) => void channel.consume(queue, resolve))
    await (await bench.channel()).deleteQueue(queue)
    expect(await cancelled).to.equal(null)
  },
  'purging and counting': async (bench) => {
    const channel = await bench.confirming()
    const queue = bench.name('counted')
    await channel.assertQueue(queue, { durable: true })
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

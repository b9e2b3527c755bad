import { expect } from 'chai'
import { body, fresh, one, type Probe } from './bench'

/** Probes of routing. */
export const routing: Record<string, Probe> = {
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
  'a mandatory message without a way comes back': async (bench) => {
    const channel = await bench.confirming()
    const returned = new Promise<string>((resolve) => channel.once('return', ({ fields }) => resolve(fields.routingKey)))
    channel.publish('amq.topic', bench.name('nowhere'), body, { mandatory: true })
    await channel.waitForConfirms()
    expect(await returned).to.include('nowhere')
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
}

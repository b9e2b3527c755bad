import type { GetMessage } from 'amqplib'
import { expect } from 'chai'
import { fresh, type Probe } from './bench'

/** Probes of errors for which the broker closes a channel. */
export const refusals: Record<string, Probe> = {
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
}

import type { Channel, ConfirmChannel, GetMessage } from 'amqplib'

/** The tools of a probe: a connection's channels, and unique names. */
export interface Bench {
  channel(): Promise<Channel>
  confirming(): Promise<ConfirmChannel>
  /** A channel that is expected to be closed by the broker; resolves to its code and text. */
  refusal(act: (channel: Channel) => Promise<unknown>): Promise<string>
  name(text: string): string
}

export type Probe = (bench: Bench) => Promise<void>

export const body = Buffer.from('{"glove":"red"}')

/** Waits for the next message of a queue. */
export async function one(channel: Channel, queue: string): Promise<GetMessage> {
  for (let tries = 0; tries < 200; tries++) {
    const got = await channel.get(queue)
    if (got) return got
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`nothing came to ${queue}`)
}

/** A queue and an exchange without a binding. */
export async function fresh(bench: Bench, type = 'topic'): Promise<{ channel: Channel; exchange: string; queue: string }> {
  const channel = await bench.channel()
  const { queue } = await channel.assertQueue('', { exclusive: true })
  const exchange = bench.name('exchange')
  await channel.assertExchange(exchange, type, { autoDelete: true, durable: false })
  return { channel, exchange, queue }
}

import { type Channel, type ChannelModel, connect, type GetMessage, type Options } from 'amqplib'

/** One behaviour as a client sees it: a few words, or the code with which the broker refuses it. */
type Observe = (channel: Channel, name: string) => Promise<string>

export interface Row {
  does: string
  /** The behaviour of RabbitMQ 3.10. */
  real: string
  observe: Observe
}

const body = Buffer.from('x')
const queueWith =
  (args: Record<string, unknown>, options: Options.AssertQueue = { durable: true, autoDelete: true }): Observe =>
  async (channel, name) => {
    await channel.assertQueue(name, { ...options, arguments: args })
    return 'declared'
  }

async function next(channel: Channel, queue: string, within = 1_000): Promise<GetMessage | undefined> {
  for (const end = Date.now() + within; Date.now() < end; ) {
    const message = await channel.get(queue, { noAck: true })
    if (message) return message
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return undefined
}

async function nextToAck(channel: Channel, queue: string): Promise<GetMessage | undefined> {
  for (const end = Date.now() + 1_000; Date.now() < end; ) {
    const message = await channel.get(queue)
    if (message) return message
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return undefined
}

const published =
  (options: Options.Publish): Observe =>
  async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    channel.sendToQueue(name, body, options)
    return (await next(channel, name)) ? 'delivered' : 'lost'
  }

async function orderOf(channel: Channel, queue: string, count: number): Promise<string> {
  const got: string[] = []
  for (let at = 0; at < count; at++) got.push(String((await next(channel, queue))?.content))
  return got.join(' ')
}

const row = (does: string, real: string, observe: Observe): Row => ({ does, real, observe })

/** Behaviours of RabbitMQ that clients rely on; an emulation behaves the same, or refuses. */
export const TABLE: readonly Row[] = [
  row('a message TTL below zero', '406', queueWith({ 'x-message-ttl': -1 })),
  row('a message TTL in words', '406', queueWith({ 'x-message-ttl': 'soon' })),
  row('a length in words', '406', queueWith({ 'x-max-length': 'two' })),
  row('a dead-letter key without an exchange', '406', queueWith({ 'x-dead-letter-routing-key': 'k' })),
  row('a dead-letter exchange that is a number', '406', queueWith({ 'x-dead-letter-exchange': 1 })),
  row('a priority queue delivers by priority', 'high low', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true, arguments: { 'x-max-priority': 5 } })
    channel.sendToQueue(name, Buffer.from('low'), { priority: 1 })
    channel.sendToQueue(name, Buffer.from('high'), { priority: 5 })
    await new Promise((resolve) => setTimeout(resolve, 100))
    return orderOf(channel, name, 2)
  }),
  row('a queue that expires unused', '404', async (channel, name) => {
    await channel.assertQueue(name, { durable: false, expires: 100 })
    await new Promise((resolve) => setTimeout(resolve, 600))
    await channel.checkQueue(name)
    return 'still there'
  }),
  row('a length in bytes drops the head', 'bb none', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true, arguments: { 'x-max-length-bytes': 2 } })
    for (const text of ['aa', 'bb']) channel.sendToQueue(name, Buffer.from(text))
    const first = await next(channel, name)
    return `${first?.content} ${(await next(channel, name, 200))?.content ?? 'none'}`
  }),
  row('an overflow that rejects keeps the first', 'first', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true, arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' } })
    for (const text of ['first', 'second']) channel.sendToQueue(name, Buffer.from(text))
    return orderOf(channel, name, 1)
  }),
  row('an overflow of no known kind', '406', queueWith({ 'x-max-length': 1, 'x-overflow': 'explode' })),
  row('a single active consumer', 'a a', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true, arguments: { 'x-single-active-consumer': true } })
    const takers: string[] = []
    for (const who of ['a', 'b']) await channel.consume(name, () => void takers.push(who), { noAck: true })
    for (let at = 0; at < 2; at++) channel.sendToQueue(name, body)
    await new Promise((resolve) => setTimeout(resolve, 200))
    return takers.join(' ')
  }),
  row('a stream cannot be read by get', '540', async (channel, name) => {
    await channel.assertQueue(name, { durable: true, arguments: { 'x-queue-type': 'stream' } })
    await channel.get(name)
    return 'read'
  }),
  row('a quorum queue that is exclusive', '406', queueWith({ 'x-queue-type': 'quorum' }, { exclusive: true, durable: false })),
  row('a queue type of no known kind', '406', queueWith({ 'x-queue-type': 'heap' })),
  row('a copy to another queue by CC', 'delivered', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    channel.publish('', `${name}-none`, body, { CC: [name] })
    return (await next(channel, name)) ? 'delivered' : 'lost'
  }),
  row('an expiration in words', '406', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    channel.sendToQueue(name, body, { expiration: 'soon' })
    await channel.checkQueue(name)
    return 'accepted'
  }),
  row('a message that expired behind another stays', '2', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    channel.sendToQueue(name, body)
    channel.sendToQueue(name, body, { expiration: '50' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    return String((await channel.checkQueue(name)).messageCount)
  }),
  row('a message that expires at once reaches a waiting consumer', 'delivered', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    const got: unknown[] = []
    await channel.consume(name, (message) => void got.push(message), { noAck: true })
    channel.sendToQueue(name, body, { expiration: '0' })
    await new Promise((resolve) => setTimeout(resolve, 200))
    return got.length > 0 ? 'delivered' : 'lost'
  }),
  row('a full queue that dead-letters to itself', '1', async (channel, name) => {
    const own = { deadLetterExchange: '', deadLetterRoutingKey: name }
    await channel.assertQueue(name, { exclusive: true, maxLength: 1, ...own })
    for (let at = 0; at < 3; at++) channel.sendToQueue(name, body)
    await new Promise((resolve) => setTimeout(resolve, 200))
    return String((await channel.checkQueue(name)).messageCount)
  }),
  row('the expiration of a dead letter is kept in its history', '50', async (channel, name) => {
    await channel.assertQueue(`${name}-dead`, { exclusive: true })
    await channel.assertQueue(name, { exclusive: true, deadLetterExchange: '', deadLetterRoutingKey: `${name}-dead` })
    channel.sendToQueue(name, body, { expiration: '50' })
    const [death] = (await next(channel, `${name}-dead`))?.properties.headers?.['x-death'] ?? []
    return String((death as Record<string, unknown> | undefined)?.['original-expiration'])
  }),
  row('a foreign user id', '406', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    channel.sendToQueue(name, body, { userId: 'someone-else' })
    await channel.checkQueue(name)
    return 'accepted'
  }),
  row('a priority without a priority queue', 'delivered', published({ priority: 3 })),
  row('a consumer with a priority comes first', 'b b', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    const takers: string[] = []
    const take = (who: string) => () => void takers.push(who)
    await channel.consume(name, take('a'), { noAck: true })
    await channel.consume(name, take('b'), { noAck: true, priority: 10 })
    for (let at = 0; at < 2; at++) channel.sendToQueue(name, body)
    await new Promise((resolve) => setTimeout(resolve, 200))
    return takers.join(' ')
  }),
  row('acknowledging several with a tag that was not given', '406', async (channel) => {
    channel.ack({ fields: { deliveryTag: 9 } } as GetMessage, true)
    await channel.checkExchange('amq.topic')
    return 'accepted'
  }),
  row('another alternate exchange than was declared', '406', async (channel, name) => {
    await channel.assertExchange(name, 'topic', { autoDelete: true, durable: false })
    await channel.assertExchange(name, 'topic', { autoDelete: true, durable: false, alternateExchange: 'amq.fanout' })
    return 'accepted'
  }),
  row('headers with an unknown match', '406', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    await channel.bindQueue(name, 'amq.headers', '', { 'x-match': 'most' })
    return 'bound'
  }),
  row('headers whose names begin with x-', 'lost', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    await channel.bindQueue(name, 'amq.headers', '', { 'x-match': 'any-with-x', 'x-kind': 'a' })
    channel.publish('amq.headers', '', body, { headers: { 'x-kind': 'b' } })
    return (await next(channel, name, 300)) ? 'delivered' : 'lost'
  }),
  row('an exchange of a kind no plugin brings', '503', async (channel, name) => {
    await channel.assertExchange(name, 'x-delayed-message', { durable: false })
    return 'declared'
  }),
  row('a hidden copy to another queue by BCC', 'delivered without BCC', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    channel.publish('', `${name}-none`, body, { BCC: [name] })
    const message = await next(channel, name)
    return message ? `delivered ${'BCC' in (message.properties.headers ?? {}) ? 'with' : 'without'} BCC` : 'lost'
  }),
  row('a message for one queue by two keys comes once', '1', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    channel.publish('', name, body, { CC: [name, `${name}-none`] })
    await new Promise((resolve) => setTimeout(resolve, 200))
    return String((await channel.checkQueue(name)).messageCount)
  }),
  row('copies are remembered among the dead letters', 'queue,other with CC', async (channel, name) => {
    await channel.assertExchange(`${name}-x`, 'fanout', { autoDelete: true, durable: false })
    await channel.assertQueue(`${name}-dead`, { exclusive: true })
    await channel.bindQueue(`${name}-dead`, `${name}-x`, '')
    await channel.assertQueue(name, { exclusive: true, deadLetterExchange: `${name}-x`, messageTtl: 20 })
    channel.sendToQueue(name, body, { CC: [`${name}-other`] })
    const headers = (await next(channel, `${name}-dead`))?.properties.headers ?? {}
    const [death] = (headers['x-death'] ?? []) as unknown as Record<string, string[]>[]
    const keys = death?.['routing-keys']?.map((key) => key.replace(`${name}-`, '').replace(name, 'queue'))
    return `${keys} ${'CC' in headers ? 'with' : 'without'} CC`
  }),
  row('a dead-letter key replaces copies', 'without CC', async (channel, name) => {
    await channel.assertQueue(`${name}-dead`, { exclusive: true })
    const dead = { deadLetterExchange: '', deadLetterRoutingKey: `${name}-dead` }
    await channel.assertQueue(name, { exclusive: true, messageTtl: 20, ...dead })
    channel.sendToQueue(name, body, { CC: [`${name}-other`] })
    const headers = (await next(channel, `${name}-dead`))?.properties.headers ?? {}
    return `${'CC' in headers ? 'with' : 'without'} CC`
  }),
  row('copies in a header that is no list', '406', async (channel, name) => {
    channel.publish('', name, body, { headers: { CC: 'elsewhere' } })
    await channel.checkExchange('amq.topic')
    return 'accepted'
  }),
  row('a message for immediate delivery', '540', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    const { sendMessage } = channel as unknown as { sendMessage(...args: unknown[]): void }
    const fields = { exchange: '', routingKey: name, mandatory: false, immediate: true, ticket: 0 }
    sendMessage.call(channel, fields, {}, body)
    await channel.checkQueue(name)
    return 'accepted'
  }),
  row('a stream is declared', 'declared', queueWith({ 'x-queue-type': 'stream' }, { durable: true })),
  row('a stream that is not durable', '406', queueWith({ 'x-queue-type': 'stream' }, { durable: false })),
  row('a stream is consumed without prefetch', '406', async (channel, name) => {
    await channel.assertQueue(name, { durable: true, arguments: { 'x-queue-type': 'stream' } })
    await channel.consume(name, () => undefined)
    return 'consumed'
  }),
  row('a priority beyond the largest', '406', queueWith({ 'x-max-priority': 256 })),
  row('a negative priority', '406', queueWith({ 'x-max-priority': -1 })),
  row('an expiration in milliseconds', 'gone', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    channel.sendToQueue(name, body, { expiration: '50' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    return (await channel.get(name, { noAck: true })) ? 'there' : 'gone'
  }),
  row('a negative expiration', '406', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    channel.sendToQueue(name, body, { expiration: '-1' })
    await channel.checkQueue(name)
    return 'accepted'
  }),
  row('the shorter of two expirations counts', 'gone', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true, messageTtl: 50 })
    channel.sendToQueue(name, body, { expiration: '60000' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    return (await channel.get(name, { noAck: true })) ? 'there' : 'gone'
  }),
  row('a full queue that dead-letters to itself keeps its connection', 'c open', async (channel, name) => {
    await channel.assertExchange(`${name}-x`, 'fanout', { autoDelete: true, durable: false })
    await channel.assertQueue(name, { exclusive: true, maxLength: 1, deadLetterExchange: `${name}-x` })
    await channel.bindQueue(name, `${name}-x`, '')
    for (const text of ['a', 'b', 'c']) channel.sendToQueue(name, Buffer.from(text))
    await new Promise((resolve) => setTimeout(resolve, 200))
    const order = await orderOf(channel, name, 1)
    await channel.checkExchange('amq.topic')
    return `${order} open`
  }),
  row('a queue without room dead-letters everything', '0', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true, maxLength: 0, deadLetterExchange: '', deadLetterRoutingKey: name })
    channel.sendToQueue(name, body)
    await new Promise((resolve) => setTimeout(resolve, 200))
    return String((await channel.checkQueue(name)).messageCount)
  }),
  row('rejections to itself are counted', '3', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true, deadLetterExchange: '', deadLetterRoutingKey: name })
    channel.sendToQueue(name, body)
    for (let at = 0; at < 3; at++) {
      const message = await nextToAck(channel, name)
      if (message) channel.reject(message, false)
    }
    const [death] = (await next(channel, name))?.properties.headers?.['x-death'] ?? []
    return String((death as Record<string, unknown> | undefined)?.count)
  }),
  row('a transaction', 'selected', async (channel) => {
    const { rpc } = channel as unknown as { rpc(method: number, fields: object, expected: number): Promise<unknown> }
    const [select, selected] = [5_898_250, 5_898_251]
    await rpc.call(channel, select, {}, selected)
    return 'selected'
  }),
  row('a consumer tag twice', '530', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    for (let at = 0; at < 2; at++) await channel.consume(name, () => undefined, { consumerTag: 'same' })
    return 'consumed'
  }),
  row('a second consumer beside an exclusive one', '403', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    await channel.consume(name, () => undefined, { exclusive: true })
    await channel.consume(name, () => undefined)
    return 'consumed'
  }),
  row('a queue in use is not deleted', '406', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    await channel.consume(name, () => undefined)
    await channel.deleteQueue(name, { ifUnused: true })
    return 'deleted'
  }),
  row('a queue with messages is not deleted', '406', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    channel.sendToQueue(name, body)
    await channel.deleteQueue(name, { ifEmpty: true })
    return 'deleted'
  }),
  row('publishing to an internal exchange', '403', async (channel, name) => {
    await channel.assertExchange(name, 'fanout', { internal: true, durable: false })
    channel.publish(name, '', body)
    await channel.checkExchange('amq.topic')
    return 'accepted'
  }),
  row('a missing queue is deleted', 'deleted 0', async (channel, name) => {
    const { messageCount } = await channel.deleteQueue(name)
    return `deleted ${messageCount}`
  }),
  row('an unbound queue is unbound', 'unbound', async (channel, name) => {
    await channel.assertQueue(name, { exclusive: true })
    await channel.unbindQueue(name, 'amq.topic', 'k')
    return 'unbound'
  }),
  row('a mandatory message without a queue is returned', '312', async (channel, name) => {
    const returned = new Promise<string>((resolve) => channel.once('return', ({ fields }) => resolve(String(fields.replyCode))))
    channel.publish('amq.direct', name, body, { mandatory: true })
    return returned
  }),
  row('publishing to an exchange that is not there', '404', async (channel, name) => {
    channel.publish(name, 'k', body)
    await channel.checkExchange('amq.topic')
    return 'accepted'
  }),
]

/** On a separate connection, because a refusal may close it. */
export async function observed({ observe }: Row, url: string, name: string): Promise<string> {
  const connection: ChannelModel = await connect(url)
  const refused = new Promise<string>((resolve) => {
    connection.on('error', ({ code }: Error & { code?: number }) => resolve(`${code}`))
    connection.once('close', (error?: Error & { code?: number }) => error?.code && resolve(`${error.code}`))
  })
  try {
    const channel = await connection.createChannel()
    const closed = new Promise<string>((resolve) =>
      channel.on('error', ({ code }: Error & { code?: number }) => resolve(`${code}`)),
    )
    const seen = observe(channel, name).catch((error: Error & { code?: number }) => (error.code ? `${error.code}` : closed))
    return await Promise.race([seen, refused, closed])
  } finally {
    await connection.close().catch(() => undefined)
  }
}

import type { Fields } from './codec'
import type { DeathReason, Message, Queue } from './queue'

/** The message as its queue's dead-letter exchange receives it, with its history in the headers; undefined where there is no such exchange. */
export function deadLetter(queue: Queue, message: Message, reason: DeathReason): Message | undefined {
  const { args } = queue.options
  const exchange = args['x-dead-letter-exchange']
  if (typeof exchange !== 'string') return undefined
  const { expiration: _, ...properties } = message.properties
  const key = args['x-dead-letter-routing-key']
  const { CC, ...headers } = deathHeaders(queue.name, message, reason)
  // A key of the queue's own replaces all those of the message.
  const isKept = key === undefined && CC !== undefined
  return {
    exchange,
    key: String(key ?? message.key),
    copies: key === undefined ? (message.copies ?? []) : [],
    properties: { ...properties, headers: isKept ? { CC, ...headers } : headers },
    body: message.body,
    redelivered: false,
  }
}

function deathHeaders(queue: string, { properties, exchange, key, copies = [] }: Message, reason: DeathReason): Fields {
  const headers = (properties.headers ?? {}) as Fields
  const past = Array.isArray(headers['x-death']) ? (headers['x-death'] as Fields[]) : []
  const same = past.find((death) => death.queue === queue && death.reason === reason)
  const time = { '!': 'timestamp', value: Math.floor(Date.now() / 1000) }
  const { expiration } = properties
  const death = {
    ...{ count: Number(same?.count ?? 0) + 1, reason, queue, time, exchange, 'routing-keys': [key, ...copies] },
    ...(expiration === undefined ? {} : { 'original-expiration': expiration }),
  }
  const first = { 'x-first-death-queue': queue, 'x-first-death-reason': reason, 'x-first-death-exchange': exchange }
  return { ...headers, ...(past.length === 0 ? first : {}), 'x-death': [death, ...past.filter((one) => one !== same)] }
}

/** Whether the message came back to the queue without being rejected on the way: RabbitMQ drops it then. */
export function isCycle({ properties }: Message, queue: string, reason: DeathReason): boolean {
  if (reason === 'rejected') return false
  const deaths = ((properties.headers as Fields | undefined)?.['x-death'] ?? []) as Fields[]
  const at = deaths.findIndex((death) => death.queue === queue)
  return at >= 0 && deaths.slice(0, at + 1).every((death) => death.reason !== 'rejected')
}

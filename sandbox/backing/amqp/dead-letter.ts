import type { Fields } from './codec'
import type { DeathReason, Message, Queue } from './queue'

/** The message as its queue's dead-letter exchange gets it, the story of its death in the headers; nothing where there is none. */
export function deadLetter(queue: Queue, message: Message, reason: DeathReason): Message | undefined {
  const { args } = queue.options
  const exchange = args['x-dead-letter-exchange']
  if (typeof exchange !== 'string') return undefined
  const { expiration: _, ...properties } = message.properties
  return {
    exchange,
    key: String(args['x-dead-letter-routing-key'] ?? message.key),
    properties: { ...properties, headers: story(queue.name, message, reason) },
    body: message.body,
    redelivered: false,
  }
}

function story(queue: string, { properties, exchange, key }: Message, reason: DeathReason): Fields {
  const headers = (properties.headers ?? {}) as Fields
  const past = Array.isArray(headers['x-death']) ? (headers['x-death'] as Fields[]) : []
  const same = past.find((death) => death.queue === queue && death.reason === reason)
  const time = { '!': 'timestamp', value: Math.floor(Date.now() / 1000) }
  const death = { count: Number(same?.count ?? 0) + 1, reason, queue, time, exchange, 'routing-keys': [key] }
  const first = { 'x-first-death-queue': queue, 'x-first-death-reason': reason, 'x-first-death-exchange': exchange }
  return { ...headers, ...(past.length === 0 ? first : {}), 'x-death': [death, ...past.filter((one) => one !== same)] }
}

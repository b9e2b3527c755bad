import type { Fields } from './codec'
import { type AmqpError, notImplemented, preconditionFailed } from './errors'

const COUNTS = ['x-message-ttl', 'x-max-length']
const TEXTS = ['x-dead-letter-exchange', 'x-dead-letter-routing-key']
/** Arguments of which only one value is emulated: the one that a queue without them has. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  'x-queue-type': 'classic',
  'x-overflow': 'drop-head',
  'x-queue-mode': 'default',
}

/** @throws AmqpError for a value RabbitMQ refuses, and for what is not emulated */
export function checkQueueArguments(queue: string, args: Fields): void {
  for (const [name, value] of Object.entries(args)) {
    if (COUNTS.includes(name)) checkCount(queue, name, value)
    else if (TEXTS.includes(name)) checkText(queue, name, value)
    else if (name.startsWith('x-') && DEFAULTS[name] !== value) throw notImplemented(`queue argument ${name}`)
  }
  if ('x-dead-letter-routing-key' in args && !('x-dead-letter-exchange' in args))
    throw invalid(queue, 'x-dead-letter-routing-key', 'routing_key_but_no_dlx_defined')
}

export function checkExchangeArguments(args: Fields): void {
  const unknown = Object.keys(args).find((name) => name.startsWith('x-'))
  if (unknown) throw notImplemented(`exchange argument ${unknown}`)
}

export function checkConsumerArguments(args: Fields): void {
  const unknown = Object.keys(args).find((name) => name.startsWith('x-'))
  if (unknown) throw notImplemented(`consumer argument ${unknown}`)
}

export function checkBindingArguments(type: string, args: Fields): void {
  const match = args['x-match']
  if (type !== 'headers' || match === undefined || match === 'all' || match === 'any') return
  if (match === 'all-with-x' || match === 'any-with-x') throw notImplemented(`x-match ${match}`)
  throw preconditionFailed(`Invalid x-match field value ${JSON.stringify(match)}; expected all or any`)
}

/** @throws AmqpError for a message that RabbitMQ would refuse, or deliver to more queues than this emulation does */
export function checkMessage(fields: Fields, properties: Fields): void {
  if (fields.immediate === true) throw notImplemented('immediate=true')
  if (properties.userId !== undefined) throw notImplemented('user-id')
  const { expiration } = properties
  if (expiration !== undefined && !/^\d+$/.test(String(expiration)))
    throw preconditionFailed(`invalid expiration '${expiration}'`)
}

/** @throws AmqpError for a header that is no list of texts */
export function copiesOf(properties: Fields): string[] {
  const headers = (properties.headers ?? {}) as Fields
  return ['CC', 'BCC'].flatMap((name) => {
    const keys = headers[name] ?? []
    if (Array.isArray(keys) && keys.every((key) => typeof key === 'string')) return keys
    throw preconditionFailed(`invalid value of header ${name}: ${JSON.stringify(keys)}`)
  })
}

/** Recipients do not see the hidden keys. */
export function withoutHidden(properties: Fields): Fields {
  const { BCC, ...headers } = (properties.headers ?? {}) as Fields
  return BCC === undefined ? properties : { ...properties, headers }
}

function checkCount(queue: string, name: string, value: unknown): void {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw invalid(queue, name, 'unacceptable_type')
  if (value < 0) throw invalid(queue, name, `{value_negative,${value}}`)
}

function checkText(queue: string, name: string, value: unknown): void {
  if (typeof value !== 'string') throw invalid(queue, name, 'unacceptable_type')
}

function invalid(queue: string, name: string, why: string): AmqpError {
  return preconditionFailed(`invalid arg '${name}' for queue '${queue}' in vhost '/': ${why}`)
}

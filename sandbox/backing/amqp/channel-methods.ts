import { randomUUID } from 'node:crypto'
import type { Channel } from './channel'
import type { Fields } from './codec'
import { notImplemented } from './errors'
import type { Binding } from './exchange'
import type { Queue } from './queue'

type Handler = (channel: Channel, fields: Fields) => void

/** Sends the response unless the client set `no-wait`. */
const answering =
  (reply: string, act: (channel: Channel, fields: Fields) => unknown): Handler =>
  (channel, fields) => {
    const answer = act(channel, fields)
    if (!fields.nowait) channel.answer(reply, (answer ?? {}) as Fields)
  }

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const table = (value: unknown): Fields => (value ?? {}) as Fields
const flag = (value: unknown): boolean => value === true

function bindingOf(fields: Fields, kind: Binding['kind']): { source: string; binding: Binding } {
  const [source, destination] = kind === 'queue' ? [fields.exchange, fields.queue] : [fields.source, fields.destination]
  return {
    source: text(source),
    binding: { kind, destination: text(destination), key: text(fields.routingKey), args: table(fields.arguments) },
  }
}

const exchangeMethods: Record<string, Handler> = {
  ExchangeDeclare: answering('ExchangeDeclareOk', ({ topology }, fields) => {
    const { durable, autoDelete, internal } = fields
    const flags = { durable: flag(durable), autoDelete: flag(autoDelete), internal: flag(internal) }
    const wanted = { name: text(fields.exchange), type: text(fields.type), args: table(fields.arguments), ...flags }
    topology.declareExchange(wanted, flag(fields.passive))
  }),
  ExchangeDelete: answering('ExchangeDeleteOk', ({ topology }, { exchange, ifUnused }) =>
    topology.deleteExchange(text(exchange), flag(ifUnused)),
  ),
  ExchangeBind: answering('ExchangeBindOk', ({ topology, line }, fields) => {
    const { source, binding } = bindingOf(fields, 'exchange')
    topology.bind(source, binding, line)
  }),
  ExchangeUnbind: answering('ExchangeUnbindOk', ({ topology }, fields) => {
    const { source, binding } = bindingOf(fields, 'exchange')
    topology.unbind(source, binding)
  }),
}

const queueMethods: Record<string, Handler> = {
  QueueDeclare: answering('QueueDeclareOk', ({ topology, line }, fields) => {
    const { durable, exclusive, autoDelete } = fields
    const flags = { durable: flag(durable), exclusive: flag(exclusive), autoDelete: flag(autoDelete) }
    const name = text(fields.queue) || `amq.gen-${randomUUID().replaceAll('-', '').slice(0, 22)}`
    const wanted = { name, args: table(fields.arguments), owner: flags.exclusive ? line : undefined, ...flags }
    return countsOf(topology.declareQueue(wanted, flag(fields.passive), line))
  }),
  QueueBind: answering('QueueBindOk', ({ topology, line }, fields) => {
    const { source, binding } = bindingOf(fields, 'queue')
    topology.bind(source, binding, line)
  }),
  QueueUnbind: (channel, fields) => {
    const { source, binding } = bindingOf(fields, 'queue')
    channel.topology.unbind(source, binding)
    channel.answer('QueueUnbindOk')
  },
  QueuePurge: answering('QueuePurgeOk', ({ topology, line }, { queue }) => {
    const { messages } = topology.queue(text(queue), line)
    return { messageCount: messages.splice(0).length }
  }),
  QueueDelete: answering('QueueDeleteOk', ({ topology, line }, { queue, ifUnused, ifEmpty }) => {
    const only = { ifUnused: flag(ifUnused), ifEmpty: flag(ifEmpty) }
    return { messageCount: topology.deleteQueue(text(queue), line, only) }
  }),
}

function countsOf({ name, messages, consumers }: Queue): Fields {
  return { queue: name, messageCount: messages.length, consumerCount: consumers.length }
}

const messageMethods: Record<string, Handler> = {
  BasicQos: (channel, { prefetchSize, prefetchCount, global }) => {
    if (Number(prefetchSize) > 0) throw notImplemented(`prefetch_size!=0 (${prefetchSize})`)
    if (global) channel.prefetch.all = Number(prefetchCount)
    else channel.prefetch.each = Number(prefetchCount)
    channel.answer('BasicQosOk')
  },
  BasicConsume: (channel, { queue, consumerTag, noAck, exclusive, nowait, arguments: args }) => {
    const tag = text(consumerTag) || `amq.ctag-${randomUUID()}`
    channel.consume(text(queue), { tag, noAck: flag(noAck), exclusive: flag(exclusive), args: table(args) })
    if (!nowait) channel.answer('BasicConsumeOk', { consumerTag: tag })
    channel.consumers.get(tag)?.queue.drain()
  },
  BasicCancel: answering('BasicCancelOk', (channel, { consumerTag }) => {
    channel.cancel(text(consumerTag))
    return { consumerTag }
  }),
  BasicGet: (channel, { queue: name, noAck }) => {
    const queue = channel.topology.queue(text(name), channel.line)
    const message = queue.shift()
    if (!message) return channel.answer('BasicGetEmpty', { clusterId: '' })
    channel.give('BasicGetOk', queue, message, { noAck: flag(noAck), more: { messageCount: queue.messages.length } })
  },
  BasicAck: (channel, { deliveryTag, multiple }) => channel.settle(Number(deliveryTag), flag(multiple)),
  BasicNack: (channel, { deliveryTag, multiple, requeue }) =>
    channel.settle(Number(deliveryTag), flag(multiple), requeue ? back : dead),
  BasicReject: (channel, { deliveryTag, requeue }) => channel.settle(Number(deliveryTag), false, requeue ? back : dead),
  BasicRecover: (channel, { requeue }) => {
    if (!requeue) throw notImplemented('requeue=false')
    channel.settle(0, true, back)
    channel.answer('BasicRecoverOk')
  },
}

const back: NonNullable<Parameters<Channel['settle']>[2]> = (queue, message) => queue.requeue(message)
const dead: NonNullable<Parameters<Channel['settle']>[2]> = (queue, message) => queue.reject(message)

/** Every method a channel understands, by its AMQP name; publishing, which spans frames, is the channel's own. */
export const handlers: Readonly<Record<string, Handler>> = {
  ...exchangeMethods,
  ...queueMethods,
  ...messageMethods,
  ConfirmSelect: answering('ConfirmSelectOk', (channel) => channel.confirmPublishes()),
  ChannelFlow: (channel, { active }) => {
    if (!active) throw notImplemented('active=false')
    channel.answer('ChannelFlowOk', { active })
  },
}

import { checkBindingArguments, checkExchangeArguments, checkQueueArguments } from './arguments'
import type { Fields } from './codec'
import { deadLetter, isCycle } from './dead-letter'
import { AmqpError, accessRefused, locked, notFound, preconditionFailed } from './errors'
import { type Binding, BUILT_IN, type Exchange, matches, TYPES } from './exchange'
import { type DeathReason, type Message, Queue, type QueueOptions } from './queue'

/** Exchanges, queues and bindings of a broker. Only the durable ones survive a restart. */
export class Topology {
  private readonly exchanges = new Map<string, Exchange>(BUILT_IN.map((one) => [one.name, { ...one, bindings: [] }]))
  private readonly queues = new Map<string, Queue>()

  exchange(name: string): Exchange {
    const found = this.exchanges.get(name)
    if (!found) throw notFound('exchange', name)
    return found
  }

  /** @throws where it is missing, or exclusive to another connection */
  queue(name: string, owner: object): Queue {
    const found = this.queues.get(name)
    if (!found) throw notFound('queue', name)
    if (found.options.exclusive && found.options.owner !== owner) throw locked(name)
    return found
  }

  declareExchange(wanted: Omit<Exchange, 'bindings'>, passive: boolean): void {
    const found = this.exchanges.get(wanted.name)
    if (passive) {
      this.exchange(wanted.name)
      return
    }
    if (!TYPES.includes(wanted.type))
      throw new AmqpError(503, `COMMAND_INVALID - unknown exchange type '${wanted.type}'`, 'connection')
    if (!found && wanted.name.startsWith('amq.')) throw reserved('exchange', wanted.name)
    checkExchangeArguments(wanted.args)
    if (!found) {
      this.exchanges.set(wanted.name, { ...wanted, bindings: [] })
      return
    }
    for (const field of ['type', 'durable', 'autoDelete', 'internal'] as const)
      if (found[field] !== wanted[field]) throw inequivalent(field, 'exchange', wanted.name, [wanted[field], found[field]])
    const alternates = [wanted.args['alternate-exchange'], found.args['alternate-exchange']] as const
    if (alternates[0] !== alternates[1]) throw inequivalent('alternate-exchange', 'exchange', wanted.name, [...alternates])
  }

  deleteExchange(name: string, ifUnused: boolean): void {
    const found = this.exchanges.get(name)
    if (name === '' || name.startsWith('amq.')) throw reserved('exchange', name)
    if (ifUnused && found && found.bindings.length > 0) throw preconditionFailed(`exchange '${name}' in vhost '/' in use`)
    this.exchanges.delete(name)
    for (const exchange of this.exchanges.values()) this.unbindAll(exchange, 'exchange', name)
  }

  /** @param by the connection that declares it */
  declareQueue(wanted: QueueOptions, passive: boolean, by: object): Queue {
    if (passive || this.queues.has(wanted.name)) return this.sameQueue(wanted, passive, by)
    if (wanted.name.startsWith('amq.') && !wanted.name.startsWith('amq.gen-')) throw reserved('queue', wanted.name)
    checkQueueArguments(wanted.name, wanted.args)
    return this.addQueue(wanted)
  }

  /** A queue of the broker's own, whose name clients cannot declare: for direct reply-to. */
  addQueue(wanted: QueueOptions): Queue {
    const known = this.queues.get(wanted.name)
    if (known) return known
    const queue = new Queue(wanted, (from, message, reason) => this.deadLetter(from, message, reason))
    this.queues.set(wanted.name, queue)
    return queue
  }

  private sameQueue(wanted: QueueOptions, passive: boolean, by: object): Queue {
    const found = this.queue(wanted.name, by)
    if (passive) return found
    for (const field of ['durable', 'exclusive', 'autoDelete'] as const)
      if (found.options[field] !== wanted[field])
        throw inequivalent(field, 'queue', wanted.name, [wanted[field], found.options[field]])
    const names = new Set([...Object.keys(found.options.args), ...Object.keys(wanted.args)])
    for (const name of names)
      if (found.options.args[name] !== wanted.args[name])
        throw inequivalent(name, 'queue', wanted.name, [wanted.args[name], found.options.args[name]])
    return found
  }

  /** @returns how many messages were deleted with it */
  deleteQueue(name: string, owner: object, { ifUnused = false, ifEmpty = false } = {}): number {
    if (!this.queues.has(name)) return 0
    const queue = this.queue(name, owner)
    if (ifUnused && queue.consumers.length > 0) throw preconditionFailed(`queue '${name}' in vhost '/' in use`)
    if (ifEmpty && queue.messages.length > 0) throw preconditionFailed(`queue '${name}' in vhost '/' not empty`)
    this.queues.delete(name)
    for (const exchange of [...this.exchanges.values()]) this.unbindAll(exchange, 'queue', name)
    queue.forget()
    return queue.messages.length
  }

  bind(source: string, binding: Binding, owner: object): void {
    if (binding.kind === 'queue') this.queue(binding.destination, owner)
    else this.exchange(binding.destination)
    if (source === '') throw accessRefused('operation not permitted on the default exchange')
    const { bindings, type } = this.exchange(source)
    checkBindingArguments(type, binding.args)
    if (!bindings.some((one) => sameBinding(one, binding))) bindings.push(binding)
  }

  unbind(source: string, binding: Binding): void {
    const exchange = this.exchange(source)
    exchange.bindings = exchange.bindings.filter((one) => !sameBinding(one, binding))
    this.sweep(exchange)
  }

  /** @returns how many queues received it */
  publish(message: Message): number {
    const exchange = this.exchange(message.exchange)
    if (exchange.internal) throw accessRefused(`cannot publish to internal exchange '${exchange.name}' in vhost '/'`)
    const reached = this.routeAll(exchange, message)
    for (const queue of reached) queue.push(message)
    return reached.size
  }

  /** After a restart of the broker: removes consumers and everything that is not durable. */
  restart(): void {
    for (const [name, queue] of [...this.queues]) {
      queue.consumers.splice(0)
      if (!queue.options.durable || queue.options.exclusive) this.deleteQueue(name, queue.options.owner ?? this)
      else
        queue.messages.splice(
          0,
          queue.messages.length,
          ...queue.messages.filter(({ properties }) => properties.deliveryMode === 2),
        )
    }
    for (const [name, { durable }] of [...this.exchanges]) if (!durable) this.exchanges.delete(name)
  }

  /** Deletes the exclusive queues of a connection that closed. */
  release(owner: object): void {
    for (const [name, { options }] of [...this.queues])
      if (options.exclusive && options.owner === owner) this.deleteQueue(name, owner)
  }

  /** The queues of all routing keys of a message, each once. */
  private routeAll(exchange: Exchange, message: Message): Set<Queue> {
    const keys = [message.key, ...(message.copies ?? [])]
    return new Set(keys.flatMap((key) => [...this.route(exchange, { ...message, key }, new Set())]))
  }

  private route(exchange: Exchange, { key, properties }: Message, seen: Set<Exchange>): Set<Queue> {
    const reached = new Set<Queue>()
    if (seen.has(exchange)) return reached
    seen.add(exchange)
    if (exchange.name === '') return new Set([this.queues.get(key)].filter((queue) => queue !== undefined))
    const headers = (properties.headers ?? {}) as Fields
    for (const binding of exchange.bindings.filter((one) => matches(exchange.type, one, key, headers)))
      for (const queue of this.reachedBy(binding, { key, properties } as Message, seen)) reached.add(queue)
    const alternate = exchange.args['alternate-exchange']
    if (reached.size === 0 && typeof alternate === 'string' && this.exchanges.has(alternate))
      return this.route(this.exchange(alternate), { key, properties } as Message, seen)
    return reached
  }

  private reachedBy({ kind, destination }: Binding, message: Message, seen: Set<Exchange>): Iterable<Queue> {
    if (kind === 'exchange') return this.route(this.exchange(destination), message, seen)
    const queue = this.queues.get(destination)
    return queue ? [queue] : []
  }

  private deadLetter(queue: Queue, message: Message, reason: DeathReason): void {
    const dead = deadLetter(queue, message, reason)
    if (!dead || !this.exchanges.has(dead.exchange)) return
    for (const target of this.routeAll(this.exchange(dead.exchange), dead))
      if (!isCycle(dead, target.name, reason)) target.push(dead)
  }

  private unbindAll(exchange: Exchange, kind: Binding['kind'], destination: string): void {
    const before = exchange.bindings.length
    exchange.bindings = exchange.bindings.filter((one) => one.kind !== kind || one.destination !== destination)
    if (exchange.bindings.length < before) this.sweep(exchange)
  }

  private sweep({ name, autoDelete, bindings }: Exchange): void {
    if (autoDelete && bindings.length === 0) this.exchanges.delete(name)
  }
}

function sameBinding(one: Binding, other: Binding): boolean {
  return (
    one.kind === other.kind &&
    one.destination === other.destination &&
    one.key === other.key &&
    JSON.stringify(one.args) === JSON.stringify(other.args)
  )
}

function reserved(what: string, name: string): AmqpError {
  return accessRefused(`${what} name '${name}' contains reserved prefix 'amq.*'`)
}

function inequivalent(field: string, what: string, name: string, [received, current]: [unknown, unknown]): AmqpError {
  return preconditionFailed(
    `inequivalent arg '${field}' for ${what} '${name}' in vhost '/': received '${received}' but current is '${current}'`,
  )
}

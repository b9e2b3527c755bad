import { changes } from './changes'
import { fabricated } from './fabricate'
import type { Delivery, Handler } from './handler'
import { Memory } from './memory'
import type { Mutation } from './mutation'
import { placeOf, type Sample } from './recording'
import { edit, SAME, walk } from './tree'
import { type Call, isFailure, type Reply, type Wire, type WireEvent } from './wire'

const AT_ONCE: Delivery = { copies: 1, delay: 0 }
const REFUSALS = [400, 401, 403, 404, 409, 422]
const SERVER_ERROR = 500

/** Applies one mutation at every use of its operation. */
export class Mutator implements Handler {
  /** How often it has changed traffic. */
  applied = 0
  private readonly memory = new Memory()
  private scenario = ''
  private readonly turns = new Map<string, number>()
  private readonly byPlace = new Map<string, unknown>()
  private readonly firstReplies = new Map<string, { status: number; tree: unknown }>()
  private held: { at: number; event: unknown }[] = []
  private latest: { key: string; status: number; tree: unknown } | undefined

  /** @param samples recorded exchanges of the mutation's operation @param late milliseconds by which late events are late */
  constructor(
    private readonly wire: Wire,
    private readonly mutation: Mutation,
    private readonly samples: readonly Sample[],
    private readonly late: number,
  ) {}

  begin(scenario: string): void {
    this.scenario = scenario
    this.firstReplies.clear()
    this.latest = undefined
  }

  /** The mutation stays in effect. */
  cleanUp(): void {}

  call(call: Call): { isChanged: boolean; reply?: Reply | undefined } {
    this.memory.learn(`${call.operation} request`, call.request.tree)
    if (!this.concerns(call.operation)) return { isChanged: false }
    const { mutation } = this
    if (mutation.on === 'request') return { isChanged: this.edits(call.request, mutation) }
    if (mutation.on === 'call' && mutation.change === 'lost') return { isChanged: false, reply: this.confirmed(call) }
    return { isChanged: false }
  }

  reply(call: Call, reply: Reply): boolean {
    const isChanged = this.concerns(call.operation) && this.changesReply(call, reply)
    const isOfEvents = this.changesCarried(call, reply)
    this.see(call.operation, reply.body.tree)
    return isChanged || isOfEvents
  }

  /** Events within a response: late ones are delivered with a later response. */
  private changesCarried(call: Call, reply: Reply): boolean {
    const path = this.wire.eventsIn?.(call)
    if (!path) return false
    const due = this.held.filter(({ at }) => at <= Date.now())
    this.held = this.held.filter(({ at }) => at > Date.now())
    let isChanged = due.length > 0
    edit(reply.body, path, (list) => {
      if (!Array.isArray(list)) return SAME
      const passed = list.flatMap((tree: unknown) => {
        const event: WireEvent = { operation: `event ${this.wire.nameOfCarried?.(tree) ?? ''}`, body: { tree } }
        const { isChanged: isEdited, delivery } = this.event(event)
        isChanged ||= isEdited || delivery !== AT_ONCE
        if (delivery.delay > 0) this.held.push({ at: Date.now() + delivery.delay, event: event.body.tree })
        return delivery.delay > 0 ? [] : Array.from({ length: delivery.copies }, () => event.body.tree)
      })
      return [...due.map(({ event }) => event), ...passed]
    })
    return isChanged
  }

  event(event: WireEvent): { isChanged: boolean; delivery: Delivery } {
    this.see(event.operation, event.body.tree)
    const { mutation } = this
    if (!this.concerns(event.operation)) return { isChanged: false, delivery: AT_ONCE }
    if (mutation.on === 'event') return { isChanged: this.edits(event.body, mutation), delivery: AT_ONCE }
    this.applied++
    if (mutation.change === 'never') return { isChanged: false, delivery: { copies: 0, delay: 0 } }
    if (mutation.change === 'twice') return { isChanged: false, delivery: { copies: 2, delay: 0 } }
    return { isChanged: false, delivery: { copies: 1, delay: this.late } }
  }

  control(path: string, tree: unknown): void {
    this.see(`control ${path}`, tree)
  }

  private concerns(operation: string): boolean {
    return operation === this.mutation.operation
  }

  private edits(holder: { tree: unknown }, mutation: Extract<Mutation, { path: unknown }>): boolean {
    const change = changes[mutation.change] as (typeof changes)[keyof typeof changes]
    const context = { memory: this.memory, to: mutation.to }
    const changed = edit(holder, mutation.path, (value, index, siblings) => change(value, context, index, siblings))
    if (changed > 0) this.applied++
    return changed > 0
  }

  private changesReply(call: Call, reply: Reply): boolean {
    const { mutation } = this
    const failed = isFailure(this.wire, reply)
    if (mutation.on === 'response' || mutation.on === 'refusal')
      return (mutation.on === 'refusal') === failed && this.edits(reply.body, mutation)
    if (mutation.on === 'header') return this.edits({ tree: reply.headers }, mutation)
    if (mutation.on !== 'call') return false
    const isChanged = this.changesCall(call, reply, failed)
    if (isChanged) this.applied++
    return isChanged
  }

  private changesCall(call: Call, reply: Reply, failed: boolean): boolean {
    switch (this.mutation.change) {
      case 'server error':
        return !failed && this.breaks(reply)
      case 'success instead of refusal':
        return failed && this.accepts(call, reply)
      case 'another refusal':
        return failed && this.refusesOtherwise(reply)
      case 'stale':
        return !failed && this.isStale(call, reply)
      case 'response of another call':
        return !failed && this.isAnothers(call, reply)
      default:
        return false
    }
  }

  private breaks(reply: Reply): boolean {
    if (this.wire.fail) this.wire.fail(reply)
    else {
      reply.status = SERVER_ERROR
      reply.body.tree = { detail: 'Internal Server Error' }
    }
    return true
  }

  private accepts(call: Call, reply: Reply): boolean {
    const sample = this.sampleFor(call.operation)
    if (!sample) return this.isPlainlyAccepted(reply)
    Object.assign(
      reply,
      fabricated(sample, call, (place) => this.byPlace.get(place)),
    )
    return true
  }

  private isPlainlyAccepted(reply: Reply): boolean {
    if (this.wire.accept) this.wire.accept(reply)
    else {
      reply.status = 200
      reply.body.tree = {}
    }
    return true
  }

  private refusesOtherwise(reply: Reply): boolean {
    if (this.wire.refuseOtherwise) this.wire.refuseOtherwise(reply)
    else reply.status = Number(this.mutation.to ?? REFUSALS.find((status) => status !== reply.status))
    return true
  }

  /** The first response to the same request, although something has changed since. */
  private isStale(call: Call, reply: Reply): boolean {
    const key = keyOf(call)
    const first = this.firstReplies.get(key)
    if (!first) {
      this.firstReplies.set(key, structuredClone({ status: reply.status, tree: reply.body.tree }))
      return false
    }
    if (JSON.stringify(first.tree) === JSON.stringify(reply.body.tree)) return false
    reply.status = first.status
    reply.body.tree = structuredClone(first.tree)
    return true
  }

  /** The operation's last response to another request. */
  private isAnothers(call: Call, reply: Reply): boolean {
    const key = keyOf(call)
    const other = this.latest
    const own = structuredClone({ key, status: reply.status, tree: reply.body.tree })
    if (!other || other.key === key || JSON.stringify(other.tree) === JSON.stringify(own.tree)) {
      this.latest = own
      return false
    }
    reply.status = other.status
    reply.body.tree = structuredClone(other.tree)
    return true
  }

  private confirmed(call: Call): Reply | undefined {
    if (call.method === 'SEND') {
      this.applied++
      return { status: 0, headers: {}, body: { tree: undefined } }
    }
    const sample = this.sampleFor(call.operation)
    if (!sample) return undefined
    this.applied++
    const reply = fabricated(sample, call, (place) => this.byPlace.get(place))
    this.see(call.operation, reply.body.tree)
    return reply
  }

  /** The recorded exchange of the same scenario and position, or the closest one. */
  private sampleFor(operation: string): Sample | undefined {
    const turn = this.turns.get(operation) ?? 0
    const own = this.samples.filter(({ scenario }) => scenario === this.scenario)
    return own.find((sample) => sample.turn === turn) ?? own.at(-1) ?? this.samples[0]
  }

  private see(source: string, tree: unknown): void {
    const turn = this.turns.get(source) ?? 0
    this.turns.set(source, turn + 1)
    this.memory.learn(source, tree)
    walk(
      tree,
      (path, value) => {
        if (typeof value === 'string' || typeof value === 'number') this.byPlace.set(placeOf(source, turn, path), value)
      },
      true,
    )
  }
}

function keyOf({ operation, request }: Call): string {
  return `${operation} ${JSON.stringify(request.tree)}`
}

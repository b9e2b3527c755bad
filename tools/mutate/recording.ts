import type { Handler } from './handler'
import { ELEMENT, type Path, showPath, valuesAt, walk } from './tree'
import { type Call, isFailure, isWrite, type Reply, type RequestTree, type Wire, type WireEvent } from './wire'

export const SIDES = ['request', 'response', 'refusal', 'header', 'event'] as const
export type Side = (typeof SIDES)[number]

/** One field in the scenarios' traffic. */
export interface FieldRecord {
  path: Path
  /** Some distinct values: scalars unchanged, an empty list or object for others. */
  samples: unknown[]
  /** Length of the longest list at this place. */
  longest: number
  scenarios: string[]
}

/** One operation that the scenarios use. */
export interface OperationRecord {
  operation: string
  is: 'read' | 'write' | 'send' | 'event'
  scenarios: string[]
  /** Scenarios whose call was refused. */
  refused: string[]
  /** Scenarios whose call was not. */
  accepted: string[]
  /** Statuses of refusals. */
  refusals: number[]
  /** Scenarios that sent the same request twice, and those that sent it for two things. */
  repeated: string[]
  varied: string[]
  fields: Record<Side, Record<string, FieldRecord>>
  samples: Sample[]
}

/** A successful exchange as a pattern for fabricated ones. */
export interface Sample {
  scenario: string
  /** The position of this call among those of its operation in its scenario. */
  turn: number
  request: RequestTree
  status: number
  headers: Record<string, string | string[]>
  body: unknown
  /** The places where values of the response occurred first, before this exchange: place by value. */
  origins: [unknown, string][]
  /** Values that occur first in this response. */
  novel: unknown[]
}

export type Recording = Record<string, OperationRecord>

const MOST_SAMPLES = 12
const MOST_PATTERNS = 3

/** Identifies the origin of a value, the same in every run of a scenario. */
export function placeOf(source: string, turn: number, path: Path): string {
  return `${source} #${turn} ${path.join('/')}`
}

/** Records the traffic of one scenario after the other. */
export class Recorder implements Handler {
  readonly recording: Recording = {}
  private scenario = ''
  private isCleaningUp = false
  private readonly turns = new Map<string, number>()
  private readonly firstSeen = new Map<unknown, string>()
  private readonly asked = new Map<string, Set<string>>()

  constructor(private readonly wire: Wire) {}

  begin(scenario: string): void {
    this.scenario = scenario
    this.isCleaningUp = false
    this.turns.clear()
    this.firstSeen.clear()
    this.asked.clear()
  }

  /** Later traffic is that of the undo; its responses are not recorded as promised. */
  cleanUp(): void {
    this.isCleaningUp = true
  }

  call(call: Call): { isChanged: false } {
    const record = this.operation(call.operation, call.method === 'SEND' ? 'send' : isWrite(this.wire, call) ? 'write' : 'read')
    if (!this.isCleaningUp || record.is === 'write') this.fields(record.fields.request, call.request.tree)
    if (!this.isCleaningUp) this.askedAgain(record, call)
    return { isChanged: false }
  }

  reply(call: Call, reply: Reply): boolean {
    const record = this.operation(call.operation, 'read')
    const failed = isFailure(this.wire, reply)
    if (!this.isCleaningUp || (!failed && record.is === 'write')) add(failed ? record.refused : record.accepted, this.scenario)
    if (!this.isCleaningUp) {
      if (failed) add(record.refusals, reply.status)
      // Events within a response are recorded as such.
      const apart = failed ? undefined : this.wire.eventsIn?.(call)
      this.fields(failed ? record.fields.refusal : record.fields.response, reply.body.tree, apart)
      const named = Object.entries(reply.headers).filter(([name]) => this.wire.headers?.includes(name))
      if (named.length > 0) this.fields(record.fields.header, Object.fromEntries(named))
    }
    for (const event of this.carried(call, reply)) this.event(event)
    const turn = this.turn(call.operation)
    if (!failed) this.sample(record, call, reply, turn)
    this.see(call.operation, turn, reply.body.tree)
    return false
  }

  event(event: WireEvent): { isChanged: false; delivery: { copies: 1; delay: 0 } } {
    const record = this.operation(event.operation, 'event')
    this.fields(record.fields.event, event.body.tree)
    this.see(event.operation, this.turn(event.operation), event.body.tree)
    return { isChanged: false, delivery: { copies: 1, delay: 0 } }
  }

  private carried(call: Call, { body }: Reply): WireEvent[] {
    const path = this.wire.eventsIn?.(call)
    const events = path ? valuesAt(body.tree, [...path, ELEMENT]) : []
    return events.map((tree) => ({ operation: `event ${this.wire.nameOfCarried?.(tree) ?? ''}`, body: { tree } }))
  }

  control(path: string, tree: unknown): void {
    this.see(`control ${path}`, this.turn(`control ${path}`), tree)
  }

  private operation(operation: string, is: OperationRecord['is']): OperationRecord {
    const record = this.recording[operation] ?? {
      operation,
      is,
      ...{ scenarios: [], refused: [], accepted: [], refusals: [], repeated: [], varied: [], samples: [] },
      fields: { request: {}, response: {}, refusal: {}, header: {}, event: {} },
    }
    this.recording[operation] = record
    add(record.scenarios, this.scenario)
    return record
  }

  private askedAgain(record: OperationRecord, { operation, request }: Call): void {
    const urls = this.asked.get(operation) ?? new Set<string>()
    this.asked.set(operation, urls)
    const url = JSON.stringify(request.tree)
    if (urls.has(url)) add(record.repeated, this.scenario)
    urls.add(url)
    if (urls.size > 1) add(record.varied, this.scenario)
  }

  private fields(known: Record<string, FieldRecord>, tree: unknown, apart?: Path): void {
    walk(tree, (path, value) => {
      if (apart?.every((token, at) => path[at] === token)) return
      const key = showPath(path)
      const field = known[key] ?? { path, samples: [], longest: 0, scenarios: [] }
      known[key] = field
      add(field.scenarios, this.scenario)
      if (Array.isArray(value)) field.longest = Math.max(field.longest, value.length)
      const sample = typeof value === 'object' && value !== null ? (Array.isArray(value) ? [] : {}) : value
      const isKnown = field.samples.some((one) => one === sample || (typeof one === 'object' && typeof sample === 'object'))
      if (!isKnown && field.samples.length < MOST_SAMPLES) field.samples.push(sample)
    })
  }

  private sample(record: OperationRecord, call: Call, { status, headers, body }: Reply, turn: number): void {
    const patterns = record.samples.filter(({ scenario }) => scenario === this.scenario)
    if (record.is === 'read' ? record.samples.length > 0 : patterns.length >= MOST_PATTERNS) return
    const origins = new Map<unknown, string>()
    const novel = new Set<unknown>()
    walk(body.tree, (_path, value) => {
      if (typeof value !== 'string' && typeof value !== 'number') return
      const origin = this.firstSeen.get(value)
      if (origin) origins.set(value, origin)
      else novel.add(value)
    })
    const request = structuredClone(call.request.tree)
    const whole = { scenario: this.scenario, turn, request, status, headers, body: structuredClone(body.tree) }
    record.samples.push({ ...whole, origins: [...origins], novel: [...novel] })
  }

  private see(source: string, turn: number, tree: unknown): void {
    walk(
      tree,
      (path, value) => {
        if ((typeof value === 'string' || typeof value === 'number') && !this.firstSeen.has(value))
          this.firstSeen.set(value, placeOf(source, turn, path))
      },
      true,
    )
  }

  private turn(source: string): number {
    const turn = this.turns.get(source) ?? 0
    this.turns.set(source, turn + 1)
    return turn
  }
}

/** Several recordings, of different scenarios, in one. */
export function merged(recordings: readonly Recording[]): Recording {
  const all: Recording = {}
  for (const [operation, record] of recordings.flatMap((one) => Object.entries(one))) {
    const known = all[operation]
    if (known) mergeInto(known, record)
    else all[operation] = structuredClone(record)
  }
  return all
}

function mergeInto(known: OperationRecord, more: OperationRecord): void {
  if (known.is === 'read') known.is = more.is
  for (const list of ['scenarios', 'refused', 'accepted', 'repeated', 'varied'] as const)
    for (const one of more[list]) add(known[list], one)
  for (const status of more.refusals) add(known.refusals, status)
  known.samples.push(...more.samples)
  for (const side of SIDES) {
    for (const [key, field] of Object.entries(more.fields[side])) {
      const mine = known.fields[side][key]
      if (!mine) known.fields[side][key] = structuredClone(field)
      else mergeField(mine, field)
    }
  }
}

function mergeField(mine: FieldRecord, more: FieldRecord): void {
  mine.longest = Math.max(mine.longest, more.longest)
  for (const scenario of more.scenarios) add(mine.scenarios, scenario)
  for (const sample of more.samples) {
    if (mine.samples.length < MOST_SAMPLES && !mine.samples.some((one) => JSON.stringify(one) === JSON.stringify(sample)))
      mine.samples.push(sample)
  }
}

function add<T>(list: T[], one: T): void {
  if (!list.includes(one)) list.push(one)
}

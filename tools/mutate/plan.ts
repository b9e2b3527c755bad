import { createHash } from 'node:crypto'
import type { ChangeName } from './changes'
import { describe, KINDS, type Kind, type Mutation } from './mutation'
import { type FieldRecord, type OperationRecord, type Recording, SIDES, type Side } from './recording'
import { nameOf, type Shape, shapeOf } from './shapes'
import { showPath } from './tree'
import { matches, type Unpromised, type Wire } from './wire'

export interface Planned {
  mutation: Mutation
  /** Scenarios whose traffic contains what it changes. */
  scenarios: string[]
}

export interface Plan {
  planned: Planned[]
  /** Mutations that are left out because neither service nor features promise the field. */
  unpromised: { mutation: Mutation; because: string }[]
  /** Fields of responses and events whose names are in no contract, by operation. */
  unnamed: Record<string, string[]>
}

export interface PlanOptions {
  wire: Wire
  /** Names of fields in contracts and features. */
  promisedNames: ReadonlySet<string>
  only?: readonly Kind[] | undefined
  seed: number
  /** All changes of every field, not a selection. */
  isThorough: boolean
}

/** For each shape: the changes of a response that are always tried, and those from which the seed selects. */
const IN_RESPONSE: Readonly<Record<Shape, readonly [readonly ChangeName[], readonly ChangeName[]]>> = {
  text: [['lengthened'], ['replaced', 'shortened', 'in capitals', 'emptied', 'value of a neighbour', 'missing', 'null']],
  markup: [['lengthened'], ['replaced', 'value of a neighbour', 'missing']],
  id: [['value of a neighbour'], ['unknown id', 'missing', 'null']],
  time: [['year 2001'], ['year 1970', 'an hour late', 'missing']],
  link: [['foreign host'], ['lengthened', 'value of a neighbour', 'missing']],
  word: [['other known value'], ['lengthened', 'missing', 'null']],
  number: [['plus one'], ['minus one', 'ten times', 'zero', 'missing']],
  flag: [['flipped'], ['missing', 'null']],
  nothing: [['other known value'], ['missing']],
  list: [
    ['reversed', 'first missing', 'last missing', 'doubled', 'one invented'],
    ['emptied', 'missing'],
  ],
  object: [[], ['missing', 'null']],
}

const IN_REQUEST: typeof IN_RESPONSE = {
  text: [['lengthened'], ['replaced', 'shortened', 'in capitals', 'missing']],
  markup: [['lengthened'], ['replaced', 'missing']],
  id: [['value of a neighbour'], ['missing']],
  time: [['year 2001'], ['missing']],
  link: [['foreign host'], ['lengthened', 'missing']],
  word: [['other known value'], ['lengthened', 'missing']],
  number: [['plus one'], ['minus one', 'missing']],
  flag: [['flipped'], ['missing']],
  nothing: [[], ['missing']],
  list: [['first missing', 'one invented'], ['missing']],
  object: [[], ['missing']],
}

/** A part of the path is always present. */
const IN_PATH: readonly ChangeName[] = ['value of a neighbour', 'unknown id']

/** All mutations of the recorded traffic, in an order that depends on the seed, so that a budget selects a fair sample. */
export function planOf(recording: Recording, options: PlanOptions): Plan {
  const plan: Plan = { planned: [], unpromised: [], unnamed: {} }
  const words = knownWords(recording)
  for (const record of Object.values(recording)) {
    const all = [...callMutations(record), ...fieldMutations(record, { ...options, words, unnamed: plan.unnamed })]
    for (const one of all) {
      if (options.only && !options.only.includes(one.mutation.kind)) continue
      const excuse = options.wire.unpromised.find((entry) => excuses(entry, one.mutation))
      if (excuse) plan.unpromised.push({ mutation: one.mutation, because: excuse.because })
      else plan.planned.push(one)
    }
  }
  plan.planned = shuffled(plan.planned, options.seed)
  return plan
}

function excuses({ on, field, change }: Unpromised, mutation: Mutation): boolean {
  if (!matches(on, mutation.operation) || !matches(change, mutation.change)) return false
  if (field === undefined) return true
  return mutation.on !== 'call' && matches(field, `${mutation.on} ${showPath(mutation.path) || '(whole)'}`)
}

function callMutations({
  operation,
  is,
  refused,
  accepted,
  refusals,
  repeated,
  varied,
  scenarios,
  samples,
}: OperationRecord): Planned[] {
  const call = (kind: Kind, change: Extract<Mutation, { on: 'call' }>['change'], seenBy: string[], to?: unknown): Planned[] =>
    seenBy.length > 0
      ? [{ mutation: { kind, operation, on: 'call', change, ...(to === undefined ? {} : { to }) }, scenarios: seenBy }]
      : []
  if (is === 'event') return (['never', 'twice', 'late'] as const).flatMap((change) => call('d', change, scenarios))
  if (is === 'send') return call('c', 'lost', scenarios)
  const others = [400, 403, 404, 409].filter((status) => !refusals.includes(status))
  return [
    ...call('e', 'server error', accepted),
    ...call('e', 'success instead of refusal', refused),
    ...call('e', 'another refusal', refused, others[operation.length % others.length]),
    ...(is === 'write' && samples.length > 0 ? call('c', 'lost', accepted) : []),
    ...(is === 'read' ? [...call('b', 'stale', repeated), ...call('b', 'response of another call', varied)] : []),
  ]
}

interface FieldContext extends PlanOptions {
  words: ReadonlyMap<string, readonly unknown[]>
  unnamed: Record<string, string[]>
}

function fieldMutations(record: OperationRecord, context: FieldContext): Planned[] {
  return SIDES.flatMap((side) =>
    Object.values(record.fields[side]).flatMap((field) => ofField(record.operation, side, field, context)),
  )
}

function ofField(operation: string, side: Side, field: FieldRecord, context: FieldContext): Planned[] {
  const { path, samples, scenarios } = field
  const shape = shapeOf(path, samples)
  if (isContainer(side, path, shape)) return []
  if (!isPromised(side, field, context)) {
    if (isPromised(side, { path: path.slice(0, -1) }, context))
      context.unnamed[operation] = [...(context.unnamed[operation] ?? []), showPath(path)]
    return []
  }
  const kind = side === 'request' ? 'a' : 'b'
  return chosen(operation, side, field, shape, context).flatMap((change): Planned[] => {
    const to = change === 'other known value' ? otherWord(field, context) : undefined
    if (change === 'other known value' && to === undefined)
      return shape === 'word' ? [{ mutation: { kind, operation, on: side, path, change: 'replaced' }, scenarios }] : []
    return [{ mutation: { kind, operation, on: side, path, change, ...(to === undefined ? {} : { to }) }, scenarios }]
  })
}

/** Parts of a request that only group others. */
function isContainer(side: Side, path: readonly string[], shape: Shape): boolean {
  if (side === 'request') return path.length < 2 && (path[0] !== 'body' || shape === 'object' || shape === 'nothing')
  return path.length === 0 && (shape === 'object' || shape === 'nothing')
}

/** Every key on the way to the field must be known: a known name may also occur in parts of a response that are in no contract. */
function isPromised(side: Side, { path }: Pick<FieldRecord, 'path'>, { promisedNames }: PlanOptions): boolean {
  if (side === 'request' || side === 'refusal' || side === 'header') return true
  return path.every((token) => /^[[{<]/.test(token) || promisedNames.has(token))
}

function chosen(
  operation: string,
  side: Side,
  field: FieldRecord,
  shape: Shape,
  { seed, isThorough }: PlanOptions,
): ChangeName[] {
  if (side === 'request' && field.path[0] === 'path') return [...IN_PATH]
  const [always, some] = (side === 'request' ? IN_REQUEST : IN_RESPONSE)[shape]
  const sure = shape === 'list' ? always.filter((change) => change !== 'reversed' || field.longest > 1) : always
  if (isThorough || some.length === 0) return [...sure, ...some]
  const pick = some[hash(`${seed} ${operation} ${side} ${showPath(field.path)}`) % some.length]
  return pick ? [...sure, pick] : [...sure]
}

/** Values of one field name anywhere in the traffic, as alternatives for a status or a kind. */
function knownWords(recording: Recording): Map<string, unknown[]> {
  const words = new Map<string, unknown[]>()
  for (const { fields } of Object.values(recording)) {
    for (const { path, samples } of Object.values(fields).flatMap((side) => Object.values(side))) {
      if (!['word', 'nothing'].includes(shapeOf(path, samples))) continue
      const known = words.get(nameOf(path)) ?? []
      words.set(nameOf(path), [...new Set([...known, ...samples.filter((value) => typeof value === 'string')])])
    }
  }
  return words
}

function otherWord({ path, samples }: FieldRecord, { words }: FieldContext): unknown {
  const others = (words.get(nameOf(path)) ?? []).filter((word) => !samples.includes(word))
  return others[0] ?? (samples.length > 1 ? samples[1] : undefined)
}

/** One of each operation and kind in turn, in an order that depends only on the seed. */
function shuffled(planned: readonly Planned[], seed: number): Planned[] {
  const rank = new Map<Planned, number>()
  const counts = new Map<string, number>()
  const inOrder = [...planned].sort((one, other) => orderOf(one, seed) - orderOf(other, seed))
  for (const one of inOrder) {
    const group = `${one.mutation.operation} ${one.mutation.kind}`
    const count = counts.get(group) ?? 0
    counts.set(group, count + 1)
    rank.set(one, count)
  }
  return inOrder.sort((one, other) => (rank.get(one) ?? 0) - (rank.get(other) ?? 0))
}

function orderOf({ mutation }: Planned, seed: number): number {
  return hash(`${seed} ${mutation.kind} ${describe(mutation)}`)
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0)
}

export function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text)
}

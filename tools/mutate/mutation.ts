import type { ChangeName } from './changes'
import type { Side } from './recording'
import { type Path, showPath } from './tree'

/** The five kinds: request, response, lost write, event, status. */
export const KINDS = ['a', 'b', 'c', 'd', 'e'] as const
export type Kind = (typeof KINDS)[number]

export const KIND_TITLES: Readonly<Record<Kind, string>> = {
  a: 'request changed',
  b: 'response changed',
  c: 'write confirmed, but lost',
  d: 'event twice, late or never',
  e: 'status changed',
}

/** One change of the traffic, applied at every use of the operation. */
export type Mutation = { kind: Kind; operation: string } & (
  | { on: Side; path: Path; change: ChangeName; to?: unknown }
  | { on: 'call'; change: CallChange; to?: unknown }
)

/** Changes of a call or an event as a whole. */
export type CallChange =
  | 'lost'
  | 'stale'
  | 'response of another call'
  | 'server error'
  | 'success instead of refusal'
  | 'another refusal'
  | 'never'
  | 'twice'
  | 'late'

export function describe(mutation: Mutation): string {
  const where = mutation.on === 'call' ? '' : ` ${mutation.on} ${showPath(mutation.path) || '(whole)'}`
  const to = mutation.to === undefined ? '' : ` (${JSON.stringify(mutation.to)})`
  return `${mutation.operation}${where}: ${mutation.change}${to}`
}

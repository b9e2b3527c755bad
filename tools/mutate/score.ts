import { KINDS, type Kind, type Mutation } from './mutation'
import type { Failure } from './session'

/** `badly`: failed, but by an error of the suite itself that does not show what is wrong. */
export type Verdict = 'killed' | 'badly' | 'survived' | 'hung'

export interface Judged {
  mutation: Mutation
  verdict: Verdict
  /** The flow that uses the operation most. */
  flow: string
  /** Scenarios whose traffic was changed, where it survived. */
  seenBy: string[]
  /** The first failed scenario. */
  failure?: Failure | undefined
}

export interface Count {
  killed: number
  badly: number
  valid: number
}

const OWN_ERRORS = /^(?:Type|Reference|Range|Syntax)Error\b/

/** Whether the failure is an error of the suite itself, which shows nothing about the service. */
export function blamesBadly({ type, message }: Pick<Failure, 'type' | 'message'>): boolean {
  return OWN_ERRORS.test(type) || OWN_ERRORS.test(message)
}

export function count(judged: readonly Judged[]): Count {
  const of = (...verdicts: Verdict[]): number => judged.filter(({ verdict }) => verdicts.includes(verdict)).length
  return { killed: of('killed', 'hung'), badly: of('badly'), valid: judged.length }
}

/** Percent, one decimal; 100 where there were no mutations. */
export function percent({ killed, valid }: Count): number {
  return valid === 0 ? 100 : Math.floor((killed / valid) * 1_000) / 10
}

export function byKind(judged: readonly Judged[]): Record<Kind, Count> {
  const counts = KINDS.map((kind) => [kind, count(judged.filter(({ mutation }) => mutation.kind === kind))] as const)
  return Object.fromEntries(counts) as Record<Kind, Count>
}

export function byFlow(judged: readonly Judged[]): Map<string, Judged[]> {
  const flows = new Map<string, Judged[]>()
  for (const one of judged) flows.set(one.flow, [...(flows.get(one.flow) ?? []), one])
  return new Map([...flows].sort(([one], [other]) => one.localeCompare(other)))
}

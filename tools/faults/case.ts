import type { FaultKind, InjectedFault } from '../../sandbox/kit/injected-faults'

/** What happens to one flow when its service breaks one kind of promise. */
export type FaultCase = {
  /** The feature file, from the project's root. */
  flow: string
  kind: FaultKind
} & (
  | { fault: InjectedFault /** Must be found in what the red scenario says. */; blames: RegExp }
  | { /** Why this kind cannot befall this flow. */ cannot: string }
)

import type { FaultCase } from './case'
import type { Flow } from './colony/flow'
import { people } from './colony/people'
import { posts } from './colony/posts'

const NO_EVENTS = 'nothing is pushed in this flow: every answer is asked for'
const READ_ONLY = 'nothing is written in this flow'

const feature = (flow: string): string => `features/colony/${flow}.feature`
const noEvents = (flow: string): FaultCase => ({ flow: feature(flow), kind: 'event-never', cannot: NO_EVENTS })
const noWrites = (flow: string): FaultCase[] => [
  { flow: feature(flow), kind: 'lost-write', cannot: READ_ONLY },
  { flow: feature(flow), kind: 'stale-read', cannot: READ_ONLY },
]

function casesOf(one: Flow): FaultCase[] {
  const flow = feature(one.flow)
  const cases: FaultCase[] = [
    { flow, kind: 'wrong-status', fault: { kind: 'wrong-status', on: one.read, status: 500 }, blames: /returned 500/ },
    { flow, kind: 'missing-field', fault: { kind: 'missing-field', on: one.read, field: one.field }, blames: one.blamesMissing },
    {
      flow,
      kind: 'others-data',
      fault: { kind: 'others-data', on: one.othersOn ?? one.read, set: one.others },
      blames: one.blamesOthers,
    },
  ]
  const { write, seenBy, blamesLost, blamesStale } = one
  if (write && blamesLost) cases.push({ flow, kind: 'lost-write', fault: { kind: 'lost-write', on: write }, blames: blamesLost })
  if (seenBy && blamesStale)
    cases.push({ flow, kind: 'stale-read', fault: { kind: 'stale-read', on: seenBy }, blames: blamesStale })
  if (!write) cases.push(...noWrites(one.flow))
  else if (!seenBy)
    cases.push({ flow, kind: 'stale-read', cannot: 'what is written here is never read back by a call of its own' })
  return [...cases, ...events(one.flow)]
}

function events(flow: string): FaultCase[] {
  if (flow !== 'webhooks') return [noEvents(flow)]
  return [
    {
      flow: feature(flow),
      kind: 'event-never',
      fault: { kind: 'event-never', on: 'post_created' },
      blames: /no post_created about/,
    },
  ]
}

/** Every flow of The Colony under each of the six faults. */
export const faults: readonly FaultCase[] = [...posts, ...people].flatMap(casesOf)

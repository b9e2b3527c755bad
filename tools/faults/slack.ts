import type { FaultCase } from './case'
import { FLOWS, type Flow } from './slack/flows'

const feature = (flow: string): string => `features/slack/${flow}.feature`
const NO_EVENTS = 'nothing is pushed in this flow: every answer is asked for'
const NOTHING_KEPT = 'nothing is written in this flow that is read back'
const CANNOT_READ = 'what is written here is not read back by a call of its own'

/** A feature of refusals breaks where a call that must be refused is answered otherwise. */
function casesOf(one: Flow): FaultCase[] {
  const flow = feature(one.flow)
  const { read, field, write, lost, seenBy, stale, event, blamesEvent } = one
  return [
    { flow, kind: 'wrong-status', fault: { kind: 'wrong-status', on: read, status: 500 }, blames: /returned 500/ },
    { flow, kind: 'missing-field', fault: { kind: 'missing-field', on: read, field }, blames: one.missing },
    {
      flow,
      kind: 'others-data',
      fault: { kind: 'others-data', on: one.othersOn ?? read, set: one.others },
      blames: one.blamesOthers,
    },
    write && lost
      ? { flow, kind: 'lost-write', fault: { kind: 'lost-write', on: write }, blames: lost }
      : { flow, kind: 'lost-write', cannot: NOTHING_KEPT },
    seenBy && stale
      ? { flow, kind: 'stale-read', fault: { kind: 'stale-read', on: seenBy }, blames: stale }
      : { flow, kind: 'stale-read', cannot: write ? CANNOT_READ : NOTHING_KEPT },
    event && blamesEvent
      ? { flow, kind: 'event-never', fault: { kind: 'event-never', on: event }, blames: blamesEvent }
      : { flow, kind: 'event-never', cannot: NO_EVENTS },
  ]
}

/** Every flow of Slack under each of the six faults. */
export const faults: readonly FaultCase[] = FLOWS.flatMap(casesOf)

import type { FaultCase } from './case'
import { FLOWS, type Flow } from './cocalc/flows'

const NO_EVENTS = 'nothing is pushed in this flow: every answer is asked for'
const READ_ONLY = 'nothing is written in this flow'

function casesOf(one: Flow): FaultCase[] {
  const flow = `features/cocalc/${one.flow}.feature`
  const { read, field, others, othersOn = read } = one
  return [
    { flow, kind: 'wrong-status', fault: { kind: 'wrong-status', on: read, status: 500 }, blames: /returned 500/ },
    { flow, kind: 'missing-field', fault: { kind: 'missing-field', on: read, field }, blames: one.blamesMissing },
    { flow, kind: 'others-data', fault: { kind: 'others-data', on: othersOn, set: others }, blames: one.blamesOthers },
    lostWrite(flow, one),
    staleRead(flow, one),
    { flow, kind: 'event-never', cannot: NO_EVENTS },
  ]
}

function lostWrite(flow: string, { write, blamesLost }: Flow): FaultCase {
  if (!write || !blamesLost) return { flow, kind: 'lost-write', cannot: READ_ONLY }
  return { flow, kind: 'lost-write', fault: { kind: 'lost-write', on: write }, blames: blamesLost }
}

function staleRead(flow: string, { seenBy, blamesStale, neverStale = READ_ONLY }: Flow): FaultCase {
  if (!seenBy || !blamesStale) return { flow, kind: 'stale-read', cannot: neverStale }
  return { flow, kind: 'stale-read', fault: { kind: 'stale-read', on: seenBy }, blames: blamesStale }
}

/** Other writes of these flows, each of which somebody must miss. */
const OTHER_WRITES: readonly [flow: string, on: string, blames: RegExp][] = [
  ['projects', 'hub projects.start', /whether Herbarium runs/],
  ['projects', 'hub projects.deleteProject', /whether Herbarium is deleted/],
  ['running', 'hub projects.touch', /whether Herbarium runs/],
  ['collaborators', 'hub projects.removeCollaborator', /who is on Herbarium/],
  ['organizations', 'hub org.create', /no org named|the organizations: expected|It was not refused/],
  ['members', 'hub org.addAdmin', /Ben among the admins of Botany/],
  ['members', 'hub org.removeAdmin', /Ben among the admins of Botany/],
  ['members', 'hub org.addUser', /already member of another organization/],
  ['announcements', 'hub org.addUser', /"Greenhouse closed" among what Dan has got/],
  ['announcements', 'hub org.expireToken', /passes of that kind in the database/],
]

/** Every flow of CoCalc under each of the six faults. */
export const faults: readonly FaultCase[] = [
  ...FLOWS.flatMap(casesOf),
  ...OTHER_WRITES.map(([flow, on, blames]): FaultCase => {
    return { flow: `features/cocalc/${flow}.feature`, kind: 'lost-write', fault: { kind: 'lost-write', on }, blames }
  }),
]

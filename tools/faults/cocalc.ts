import type { FaultCase } from './case'
import { FLOWS, type Flow } from './cocalc/flows'

const NO_EVENTS = 'no event is published in this flow: everything is requested'
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

/** Other writes of these flows, each of which must be missed by a scenario. */
const OTHER_WRITES: readonly [flow: string, on: string, blames: RegExp][] = [
  ['projects', 'hub projects.start', /the state of Herbarium/],
  ['projects', 'hub projects.deleteProject', /whether Herbarium is deleted/],
  ['running', 'hub projects.touch', /the state of Herbarium/],
  ['collaborators', 'hub projects.removeCollaborator', /who belongs to the project Herbarium/],
  ['organizations', 'hub org.create', /no org named|in the list of organizations|It was not refused/],
  ['files', 'project system.exec', /No such file or directory/],
  ['members', 'hub org.addAdmin', /the admins of Botany|It was not refused/],
  ['members', 'hub org.removeAdmin', /the admins of Botany/],
  ['members', 'hub org.addUser', /already member of another organization/],
  ['announcements', 'hub org.addUser', /"The greenhouse is closed on Friday .*" among the messages that Dan has received/],
  ['announcements', 'hub org.expireToken', /valid sign-in tokens for Ben in the database/],
]

/** Every flow of CoCalc under each of the six faults. */
export const faults: readonly FaultCase[] = [
  ...FLOWS.flatMap(casesOf),
  ...OTHER_WRITES.map(([flow, on, blames]): FaultCase => {
    return { flow: `features/cocalc/${flow}.feature`, kind: 'lost-write', fault: { kind: 'lost-write', on }, blames }
  }),
]

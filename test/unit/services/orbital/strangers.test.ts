import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { nothingInstalled } from '../../../../sandbox/backing/test/support/bare-path'
import type { RunningSandbox } from '../../../../sandbox/kit/sandbox'
import { inSurroundings } from '../../../../sandbox/kit/test/environment'
import { startOrbital } from '../../../../sandbox/orbital/server'
import { Agents } from '../../../../support/http/agents'
import { controlAt } from '../../../../support/run/control'
import { type District, newDistrict, somewhere } from '../../../../support/services/orbital/places'
import { idOfRun } from '../../../../support/services/orbital/run-ids'
import { type OrbitalClients, undo } from '../../../../support/services/orbital/undo'
import type { ServiceAccess } from '../../../../support/services/service'
import type { Entry } from '../../../../support/undo/journal'
import type { UndoableKind } from '../../../../support/undo/undo'
import { accessTo } from '../../../support/access'
import { OrbitalHoldings, type StrangerIds } from '../../../support/orbital-holdings'
import { leavesStrangersAlone, type Stranger } from '../../../support/strangers'

const RUN = '1764421930-abc123'
const ANOTHER_RUN = '1764421930-abc124'
const KINDS = ['user', 'courier', 'delivery', 'position', 'history', 'dead-letter', 'backend', 'database']

describe('Orbital does not change things of others', () => {
  let sandbox: RunningSandbox
  let holdings: OrbitalHoldings
  let access: ServiceAccess
  let stopConnections: () => Promise<void>

  before(async () => {
    sandbox = await inSurroundings({ ...nothingInstalled(), ACCEPTANCE_REAL: undefined }, () => startOrbital())
    holdings = new OrbitalHoldings(sandbox.variables)
    const { access: bare, close } = accessTo(sandbox.address, {})
    const control = controlAt(sandbox.control, new Agents())
    access = { ...bare, runId: RUN, control, setting: (name) => sandbox.variables[name] }
    stopConnections = close
  })
  after(async () => {
    await stopConnections()
    await sandbox.stop()
  })

  const control = async (path: string, body: object): Promise<string> =>
    ((await access.control?.post<{ id: string }>(path, body)) ?? { id: '' }).id
  const owned = ({ userId, externalId }: StrangerIds): Record<string, string> => ({ userId, externalId })
  const edges = ({ south, west }: District): Record<string, string> => ({ south: `${south}`, west: `${west}` })

  const alone = (without: 'courier' | 'delivery') => holdings.addStranger({ without })

  /** A user of the run, as a scenario seeds one, with a courier. */
  async function ours(): Promise<StrangerIds> {
    const stranger = await holdings.addStranger()
    const externalId = idOfRun(RUN)
    await holdings.sql('update marten.users set external_id = $1 where id = $2', [externalId, stranger.userId])
    return { ...stranger, externalId }
  }

  /** Things that go by the user's id: at places the run did not send; of others where the run sent something; of an old journal. */
  async function traces(): Promise<Stranger[]> {
    const [elsewhere, taken, old, mine] = [
      await holdings.addStranger(),
      await holdings.addStranger(),
      await holdings.addStranger(),
      await ours(),
    ]
    const district = newDistrict()
    await holdings.addPosition(taken.userId, somewhere(district))
    const name = 'traces'
    return [
      { id: elsewhere.userId, name, by: 'Ada', data: { ...owned(elsewhere), ...edges(newDistrict()) } },
      { id: taken.userId, name, by: 'Ada', data: { userId: taken.userId, externalId: idOfRun(RUN), ...edges(district) } },
      { id: old.userId, name, by: 'Ada', data: { userId: old.userId } },
      { id: mine.userId, name, by: 'Ada', data: { ...owned(mine), ...edges(newDistrict()) } },
      { id: '1', name, by: 'Ada', data: {} },
    ]
  }

  const strangers: Record<string, () => Promise<Stranger[]>> = {
    user: async () => {
      const [one, named, another] = [await alone('courier'), await alone('courier'), await alone('courier')]
      const ofAnother = idOfRun(ANOTHER_RUN)
      await holdings.sql('update marten.users set external_id = $1 where id = $2', [ofAnother, another.userId])
      return [
        { id: one.userId, name: idOfRun(RUN), by: 'Ada' },
        { id: named.userId, name: named.externalId, by: 'Ada' },
        { name: named.externalId, by: 'Ada' },
        { id: another.userId, name: ofAnother, by: 'Ada' },
        { id: String(Number(another.userId) + 1), name: idOfRun(RUN), by: 'Ada' },
      ]
    },
    courier: async () => {
      const [one, another] = [await alone('delivery'), await alone('delivery')]
      const name = `courier of user ${one.userId}`
      return [
        { id: one.courierId, name, by: 'Ada', data: owned(one) },
        { id: one.courierId, name, by: 'Ada', data: { userId: one.userId, externalId: idOfRun(RUN) } },
        { id: one.courierId, name, by: 'Ada', data: owned(await ours()) },
        { name, by: 'Ada', data: { userId: another.userId, externalId: idOfRun(RUN) } },
        { id: another.courierId, name, by: 'Ada', data: { userId: another.userId } },
      ]
    },
    delivery: async () => {
      const [one, mine, other] = [await holdings.addStranger(), await ours(), await holdings.addStranger()]
      const [taken, ofAnother] = [idOfRun(RUN), idOfRun(ANOTHER_RUN)]
      await holdings.addDelivery(taken, one.courierId)
      await holdings.addDelivery(ofAnother, mine.courierId)
      return [
        { id: one.deliveryId, name: one.deliveryId, by: 'Ada', data: { ...owned(one), way: 'message' } },
        // Another user has assigned a delivery to a courier of the suite.
        { id: mine.deliveryId, name: mine.deliveryId, by: 'Ada', data: { ...owned(mine), way: 'sql' } },
        { id: ofAnother, name: ofAnother, by: 'Ada', data: { ...owned(mine), way: 'sql' } },
        { id: taken, name: taken, by: 'Ada', data: { ...owned(mine), way: 'sql' } },
        { name: other.deliveryId, by: 'Ada', data: { ...owned(other), way: 'message' } },
      ]
    },
    position: traces,
    history: traces,
    'dead-letter': async () => {
      const { messageId } = await holdings.addStranger()
      const ofAnother = idOfRun(ANOTHER_RUN)
      await holdings.addDeadLetter(ofAnother)
      const data = { queue: holdings.deadQueue }
      const [by, at] = ['Ada', Date.now() - 3_600_000]
      return [
        { id: messageId, name: messageId, by, data },
        { id: ofAnother, name: ofAnother, by, data },
        { id: idOfRun(RUN), name: 'never came', by, data, at },
        { id: idOfRun(RUN), name: 'no such queue', by, data: { queue: 'nowhere.dead' } },
      ]
    },
    backend: async () => {
      const id = await control('/backends', { name: `backend ${ANOTHER_RUN}-1` })
      return [
        { id, name: `backend ${RUN}-1`, by: 'Ada' },
        { id, name: `backend ${ANOTHER_RUN}-1`, by: 'Ada' },
        { name: `backend ${ANOTHER_RUN}-1`, by: 'Ada' },
      ]
    },
    database: async () => {
      const id = await control('/databases', { name: `database ${ANOTHER_RUN}-1` })
      return [
        { id, name: `database ${RUN}-1`, by: 'Ada' },
        { id, name: `database ${ANOTHER_RUN}-1`, by: 'Ada' },
        { name: `database ${ANOTHER_RUN}-1`, by: 'Ada' },
      ]
    },
  }

  leavesStrangersAlone<OrbitalClients>(
    () => ({
      service: 'orbital',
      undo,
      clients: async () => ({ access }),
      look: async () => [await holdings.look(), await access.control?.get('/backends'), await access.control?.get('/databases')],
      strangers,
    }),
    KINDS,
  )

  const kind = (name: string): UndoableKind<OrbitalClients> => undo[name] as UndoableKind<OrbitalClients>
  const entryOf = (id: string, data: Entry['data'], name = id): Required<Entry> => {
    return { key: '1', service: 'orbital', kind: 'any', by: 'Ada', ends: 'removed', at: Date.now(), id, name, data }
  }

  test('beside positions of the run those of others with the same id stay, and are listed', async () => {
    const mine = await ours()
    const district = newDistrict()
    await holdings.addPosition(mine.userId, somewhere(district))
    const entry = entryOf(mine.userId, { ...owned(mine), ...edges(district) })
    for (const name of ['position', 'history']) expect(await kind(name).recognise({ access }, entry), name).to.equal('ours')
    const failed = await kind('history')
      .undo?.({ access }, entry)
      .catch((error: Error) => error.message)
    expect(failed).to.match(/left alone: 1 documents of user \d+ that the run did not send/)
    expect(await kind('history').hasEnded?.({ access }, entry)).to.equal(true)
    const { documents } = (await holdings.look()) as { documents: { user_id: number; latitude: number }[] }
    expect(documents.filter(({ user_id }) => user_id === Number(mine.userId)).map(({ latitude }) => latitude)).to.deep.equal([
      48.137_154,
    ])
  })

  test('deleting statements repeat the proof: nothing is removed where it no longer holds', async () => {
    const [user, courier, whole] = [await alone('courier'), await alone('delivery'), await holdings.addStranger()]
    const look = await holdings.look()
    const claim = ({ userId }: StrangerIds) => ({ userId, externalId: idOfRun(RUN), way: 'sql', ...edges(newDistrict()) })
    await kind('delivery').undo?.({ access }, entryOf(whole.deliveryId, claim(whole)))
    await kind('courier').undo?.({ access }, entryOf(courier.courierId, claim(courier)))
    await kind('user').undo?.({ access }, entryOf(user.userId, {}, idOfRun(RUN)))
    await kind('position').undo?.({ access }, entryOf(whole.userId, claim(whole)))
    const failed = await kind('history')
      .undo?.({ access }, entryOf(whole.userId, claim(whole)))
      .catch((error: Error) => error.message)
    expect(failed).to.match(/left alone/)
    await kind('dead-letter').undo?.({ access }, entryOf(randomUUID(), { queue: holdings.deadQueue }))
    expect(await holdings.look()).to.deep.equal(look)
  })
})

import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { freePort } from '../../backing/free-port'
import { findRabbit, PrivateRabbit } from '../../backing/rabbitmq-local'
import type { RunningSandbox } from '../../kit/sandbox'
import { inSurroundings } from '../../kit/test/environment'
import { eventually } from '../../kit/test/eventually'
import { needs } from '../../kit/test/needs'
import { startOrbital } from '../server'
import { placesOf, type Report, Stage, textOf } from './support/outage'

const REPORTS = 200
const AT_ONCE = 8
const STOP_AFTER = 60

async function privateRabbit(): Promise<PrivateRabbit> {
  const program = findRabbit()
  if (!program) throw new Error('RabbitMQ is there, but not its Erlang')
  const rabbit = new PrivateRabbit(program, await freePort())
  await rabbit.start()
  return rabbit
}

function sandboxOn(rabbit: PrivateRabbit): Promise<RunningSandbox> {
  return inSurroundings({ ACCEPTANCE_RABBITMQ_URL: rabbit.url }, () => startOrbital())
}

/** Sends all reports, some at a time, and stops the broker once enough have had a response. */
async function sendAll(stage: Stage, reports: readonly Report[], stop: () => Promise<void>): Promise<void> {
  const waiting = [...reports]
  let [answered, stopping]: [number, Promise<void> | undefined] = [0, undefined]
  const worker = async (): Promise<void> => {
    for (let report = waiting.shift(); report; report = waiting.shift()) {
      await stage.send(report)
      if (++answered >= STOP_AFTER) stopping ??= stop()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  await stopping
}

for (const [how, signal] of [
  ['stopped', 'SIGTERM'],
  ['killed', 'SIGKILL'],
] as const)
  describe(`the broker is ${how} in the middle of ${REPORTS} reports`, needs('rabbitmq'), () => {
    let rabbit: PrivateRabbit
    let sandbox: RunningSandbox
    let stage: Stage
    let reports: Report[]
    before(async () => {
      rabbit = await privateRabbit()
      sandbox = await sandboxOn(rabbit)
      stage = new Stage(sandbox)
      reports = await stage.reports(REPORTS)
      await stage.listen()
      await sendAll(stage, reports, () => rabbit.halt(signal))
      await rabbit.start()
      // RabbitMQ 3.10 now and then comes back from a kill without a binding, so a listener binds again, as after any loss.
      await stage.listen()
    })
    after(async () => {
      await sandbox.stop()
      await rabbit.stop()
    })
    const withStatus = (wanted: number): Report[] => reports.filter(({ status }) => status === wanted)

    test('every report is accepted, or refused because the broker is unavailable', () => {
      expect(withStatus(204).length, 'taken').to.be.at.least(STOP_AFTER)
      expect(withStatus(503).length, 'refused').to.be.greaterThan(0)
      expect(withStatus(204).length + withStatus(503).length, 'answered one way or the other').to.equal(REPORTS)
      for (const { detail } of withStatus(503)) expect(detail).to.equal('The message broker is unavailable')
    })

    test('each accepted report has exactly one row, document and cached position, and no other has any', async () => {
      const taken = placesOf(withStatus(204))
      expect(await stage.rows(), 'rows').to.deep.equal(taken)
      expect(await stage.documents(), 'documents').to.deep.equal(taken)
      expect(await stage.cached(), 'cached positions').to.deep.equal(taken)
    })

    test('the same holds for events, except for reports in flight when the broker stopped', async (context) => {
      const events = await stage.events()
      for (const { userId, place } of withStatus(204)) expect(events[userId], `of ${userId}`).to.deep.equal([textOf(place)])
      // The first refusal shows that the broker has stopped: later reports were not in flight.
      const dead = Math.min(...withStatus(503).map(({ answeredAt }) => answeredAt))
      const inFlight = withStatus(503).filter(({ sentAt }) => sentAt < dead)
      const untaken = withStatus(503).filter(({ userId }) => userId in events)
      for (const one of untaken) {
        expect(inFlight, 'reports in flight').to.include(one)
        expect(events[one.userId], `of ${one.userId}`).to.deep.equal([textOf(one.place)])
      }
      expect(inFlight.length, 'reports in flight').to.be.at.most(AT_ONCE)
      const count = `${withStatus(204).length} taken, ${withStatus(503).length} refused, ${inFlight.length} of them in flight`
      context.diagnostic(`${count}, ${untaken.length} with an event`)
    })

    test('when it is available again, reports are accepted', { timeout: 30_000 }, async () => {
      const [report] = await stage.reports(1)
      if (!report) throw new Error('no courier was seeded')
      await eventually(async () => {
        await stage.send(report)
        expect(report.status).to.equal(204)
      })
      // An attempt that was refused in flight may have sent its event, too.
      await eventually(async () => {
        expect([...new Set((await stage.events())[report.userId])]).to.deep.equal([textOf(report.place)])
      })
    })
  })

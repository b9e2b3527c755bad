import { randomInt } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { needs } from '../../sandbox/kit/test/needs'
import { eventually } from '../../support/assertions/eventually'
import { GivenServers, type Holdings } from '../support/given-servers'
import { type Running, said, startNode } from '../support/runner'
import { featuresOf, SuiteCopy } from '../support/suite-copy'

const WAITING = `
import { When } from '@cucumber/cucumber'
When('the run waits to be ended', async () => {
  console.log('waiting')
  await new Promise((resolve) => setTimeout(resolve, 60_000))
})
`
const WAITS = `
Feature: Everything a run makes on servers that others use

  @needs:rabbitmq @needs:mongodb @needs:redis @fresh-backend
  Scenario: A report, a delivery and a dead letter
    Given other services are subscribed to events
    And Ada reported a position
    And "Order 1042" is assigned to Ada
    And Ada sees that "Order 1042" is assigned
    And an unreadable assignment arrives
    And an empty database
    When the run waits to be ended
`

const OURS = /^acceptance_\w+_\d{10}_[0-9a-f]{8}/
const ALL = 'orbital/all.feature'

const PASSES = `
Feature: Something else
  @needs:rabbitmq @needs:mongodb
  Scenario: Another report
    Given other services are subscribed to events
    When Ada reports a position
    Then every position Ada reported is in the history exactly once
`

describe('servers given by URL, on which others have things', { ...needs('rabbitmq'), timeout: 900_000 }, () => {
  let given: GivenServers
  let earlier: Holdings
  const suite = new SuiteCopy(featuresOf('orbital'))
  const waiting = new SuiteCopy({ [ALL]: WAITS, 'orbital/else.feature': PASSES, 'orbital/waiting.ts': WAITING })
  before(async () => {
    given = await GivenServers.start()
    earlier = await given.look()
  })
  after(async () => {
    suite.remove()
    waiting.remove()
    await given.stop()
  })

  const registers = (): string[] => {
    const folder = join(waiting.folder, '.acceptance', 'given')
    return existsSync(folder) ? readdirSync(folder) : []
  }

  const untouched = async (): Promise<void> => {
    expect(await given.look(), 'what the servers hold').to.deep.equal(earlier)
  }

  /** A run in the midst of its only scenario. */
  async function begin(): Promise<Running> {
    const run = waiting.start([`features/${ALL}`, '--require', 'features/orbital/waiting.ts'], given.environment)
    await said(run, 'waiting')
    return run
  }

  /** Content that was added since. */
  async function left(): Promise<{ names: string[]; keys: Holdings['redis'] }> {
    const now = await given.look()
    const { postgres, mongodb, redis, rabbitmq } = now
    const keysOf = (found: object): Set<string> => new Set(Object.keys(found))
    const old = keysOf(earlier.redis)
    const names = [
      ...postgres.databases.filter((name) => !earlier.postgres.databases.includes(name)),
      ...postgres.roles.filter((name) => !earlier.postgres.roles.includes(name)),
      ...[...keysOf(mongodb)].filter((name) => !(name in earlier.mongodb)),
      ...rabbitmq.exchanges.filter((name) => !earlier.rabbitmq.exchanges.includes(name)),
      ...rabbitmq.queues.filter((name) => !earlier.rabbitmq.queues.includes(name)),
    ]
    const keys = Object.fromEntries(Object.entries(redis).filter(([key]) => !old.has(key)))
    const kept: Holdings = {
      postgres: {
        ...postgres,
        databases: postgres.databases.filter((name) => !names.includes(name)),
        roles: postgres.roles.filter((name) => !names.includes(name)),
      },
      mongodb: Object.fromEntries(Object.entries(mongodb).filter(([name]) => !names.includes(name))),
      redis: Object.fromEntries(Object.entries(redis).filter(([key]) => old.has(key))),
      rabbitmq: {
        exchanges: rabbitmq.exchanges.filter((name) => !names.includes(name)),
        queues: rabbitmq.queues.filter((name) => !names.includes(name)),
        bindings: rabbitmq.bindings.filter((binding) => earlier.rabbitmq.bindings.includes(binding)),
      },
    }
    expect(kept, 'what others have').to.deep.equal(earlier)
    return { names, keys }
  }

  test('every scenario passes there, and nothing of others is changed, nor anything left', async () => {
    const { stdout, stderr, code } = await suite.run([], given.environment)
    expect(stdout).to.match(/PostgreSQL [\d.]+, given; RabbitMQ, given; MongoDB, given; Redis, given/)
    expect(code, stdout + stderr).to.equal(0)
    await untouched()
    expect(readdirSync(join(suite.folder, '.acceptance', 'given'))).to.deep.equal([])
  })

  test('two runs at once, of one folder: neither meets the other', async () => {
    const features = ['location', 'deliveries', 'bad-reports'].map((flow) => `features/orbital/${flow}.feature`)
    const runs = await Promise.all([[], ['--parallel', '2']].map((args) => suite.run([...features, ...args], given.environment)))
    for (const { stdout, stderr, code } of runs) expect(code, stdout + stderr).to.equal(0)
    await untouched()
  })

  test('after Ctrl-C', async () => {
    const run = await begin()
    run.child.kill('SIGINT')
    const { code, stderr } = await run.ended
    expect(code, stderr).to.equal(130)
    await untouched()
    expect(registers()).to.deep.equal([])
  })

  for (const [what, next] of [
    ['the sweep', () => waiting.tool('sweep', [], given.environment)],
    ['a later run', () => waiting.run(['features/orbital/else.feature'], given.environment)],
  ] as const)
    test(`after kill -9, leftovers have names of the suite, and ${what} removes them`, async () => {
      const run = await begin()
      run.child.kill('SIGKILL')
      await run.ended
      const { names, keys } = await left()
      expect(names.length, 'things left').to.be.at.least(7)
      for (const name of names) expect(name).to.match(OURS)
      for (const [key, { expires }] of Object.entries(keys)) {
        expect(key).to.match(/^0 acceptance:[0-9a-f]{16}:courier:\d+:location$/)
        expect(expires, `${key} expires`).to.equal(true)
      }
      const { stdout, stderr } = await next()
      expect((await left()).names, stdout + stderr).to.deep.equal([])
      expect(registers(), stdout + stderr).to.deep.equal([])
      await given.expire(Object.keys(keys))
      await untouched()
    })

  test('things of a running run are not removed by the sweep or by other runs', async () => {
    const run = await begin()
    const { names } = await left()
    const swept = await waiting.tool('sweep', [], given.environment)
    expect(swept.code, swept.stdout + swept.stderr).to.equal(0)
    expect((await left()).names).to.deep.equal(names)
    run.child.kill('SIGINT')
    expect((await run.ended).code).to.equal(130)
    await eventually(() => untouched())
  })

  test('sandboxes served for other clients leave nothing either', async () => {
    // Below the ports that the system gives to connections of its own.
    const base = `${randomInt(10_000, 32_000)}`
    const args = [
      '--require',
      './support/run/typescript.js',
      join('sandbox', 'serve.ts'),
      'connector',
      'cocalc',
      'orbital',
      '--port-base',
      base,
    ]
    const served = startNode(waiting.folder, args, given.environment)
    await said(served, 'Ctrl-C stops them')
    const { names } = await left()
    for (const name of names) expect(name).to.match(OURS)
    expect(names.filter((name) => /_(?:shop|shop_\w+|cocalc|orbital)_\d{10}/.test(name)).length).to.be.at.least(6)
    served.child.kill('SIGINT')
    const { stdout, stderr } = await served.ended
    expect(stderr, stdout).to.equal('')
    await untouched()
    expect(registers()).to.deep.equal([])
  })
})

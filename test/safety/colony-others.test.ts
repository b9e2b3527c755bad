import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Anything, bareColony, TEST_POSTS, type Wire } from '../../sandbox/colony/test/support/server'
import type { Ended } from '../support/runner'
import { featuresOf, SuiteCopy } from '../support/suite-copy'

const EARLIER_RUN = '1694000000-fed321'
const HOST = 'https://test.clny.cc'

const EVERY_KIND = `
Feature: Everything that can be undone
  Scenario: Interrupted
    Given Ada published the post "One red glove"
    And Ada commented "The left one" on the post "One red glove"
    And Ben reacted with eyes to the post "One red glove"
    And Ada created the webhook "gloves" for mentions
    And Ada followed Ben
    And Ada joined the colony "test-posts"
    And Ada changes her bio to "Counts gloves"
    When the run ends by SIGNAL
`
const STEPS = `
import { When } from '@cucumber/cucumber'
When('the run ends by {word}', async (signal) => {
  process.kill(process.pid, signal)
  await new Promise(() => undefined)
})
`

/** What a run may change: karma, notifications, messages between its two accounts, deleted ones among them, and when a restored follow began. */
function withoutTraces({ users, follows, messages, notifications: _notifications, ...rest }: Anything, runId: string): Anything {
  return {
    ...rest,
    users: Object.fromEntries(Object.entries(users as Record<string, object>).map(([id, user]) => [id, { ...user, karma: 0 }])),
    follows: Object.keys(follows).sort(),
    messages: messages.filter(
      ({ body, isDeleted }: { body: string; isDeleted: boolean }) => runId === '' || !(isDeleted || body.includes(runId)),
    ),
    colonies: rest.colonies.map((colony: { members: string[] }) => ({ ...colony, members: [...colony.members].sort() })),
  }
}

describe('things of others at The Colony', () => {
  let wire: Wire
  let live: Record<string, string>
  const suites: SuiteCopy[] = []

  before(async () => {
    wire = await bareColony({ Ada: {}, Ben: {}, Cleo: {}, Dan: {} })
    live = keysOf('Ada', 'Ben')
    await furnish()
  })
  after(async () => {
    for (const suite of suites) suite.remove()
    await wire.stop()
  })

  const keysOf = (first: string, second: string): Record<string, string> => ({
    COLONY_BASE_URL: wire.address,
    COLONY_TEST_API_KEY: wire.people[first]?.apiKey ?? '',
    COLONY_TEST_API_KEY_2: wire.people[second]?.apiKey ?? '',
  })
  const everything = async (): Promise<Anything> => (await fetch(`${wire.control}/everything`)).json()
  const existing = async (runId: string): Promise<{ kind: string; kept?: boolean }[]> =>
    ((await (await fetch(`${wire.control}/existing?runId=${runId}`)).json()) as Anything).existing
  const markOf = ({ stdout, stderr }: Ended): string => {
    const [, runId = ''] = /Acceptance run (\S+)/.exec(stdout) ?? []
    expect(runId, stdout + stderr).to.match(/^\d{10}-/)
    return runId
  }
  const idOf = (who: string): string => wire.people[who]?.id ?? ''

  function suiteOf(features: Record<string, string>): SuiteCopy {
    const suite = new SuiteCopy(features)
    suites.push(suite)
    return suite
  }

  async function make(as: string, path: string, body?: object): Promise<string> {
    const { status, body: made } = await wire.call('POST', path, { as, body })
    expect(status, JSON.stringify(made)).to.be.oneOf([200, 201, 204])
    return made.id
  }

  /** Near to all that a run makes: the same colony, the same accounts, the same words, an earlier run. */
  async function furnish(): Promise<void> {
    const post = { body: 'Text', colony_id: TEST_POSTS, post_type: 'discussion' }
    const cleos = await make('Cleo', '/posts', { ...post, title: 'One red glove' })
    for (const title of ['One red glove', `One red glove ${EARLIER_RUN}-1`]) {
      const mine = await make('Ada', '/posts', { ...post, title })
      for (const who of ['Ada', 'Ben', 'Cleo']) await make(who, `/posts/${mine}/comments`, { body: 'The left one' })
    }
    const remark = await make('Ada', `/posts/${cleos}/comments`, { body: `The left one ${EARLIER_RUN}-2` })
    for (const who of ['Ada', 'Ben']) {
      await make(who, '/reactions/toggle', { emoji: 'eyes', post_id: cleos })
      await make(who, '/reactions/toggle', { emoji: 'clap', comment_id: remark })
      await make(who, '/webhooks', { url: `${HOST}/${who}`, secret: 'sixteen-characters', events: ['mention'] })
      await make(who, `/colonies/${TEST_POSTS}/join`)
      await wire.call('PUT', '/users/me', {
        as: who,
        body: { bio: `Written by ${who}`, lightning_address: `${who}@example.com` },
      })
    }
    for (const [who, whom] of [
      ['Ada', 'Ben'],
      ['Ada', 'Cleo'],
      ['Cleo', 'Ada'],
      ['Ben', 'Ada'],
    ] as const)
      await make(who, `/users/${idOf(whom)}/follow`)
  }

  test('is as it was after a whole run', async () => {
    const before = await everything()
    const ended = await suiteOf(featuresOf('colony')).run([], live)
    expect(ended.code, ended.stdout).to.equal(0)
    expect(ended.stdout).to.not.contain('left behind')
    const runId = markOf(ended)
    expect(withoutTraces(await everything(), runId)).to.deep.equal(withoutTraces(before, runId))
  })

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    test(`is as it was after ${signal} with one of each kind open${signal === 'SIGKILL' ? ' and the sweep, which is of no use to another account' : ''}`, async () => {
      const before = await everything()
      const suite = suiteOf({ 'colony/kinds.feature': EVERY_KIND.replace('SIGNAL', signal), 'colony/hooks.ts': STEPS })
      const ended = await suite.run([], live)
      const runId = markOf(ended)
      if (signal === 'SIGKILL') await sweepWithOthers(suite, runId)
      else expect(ended.code, ended.stdout + ended.stderr).to.equal(130)
      expect(await existing(runId), ended.stderr).to.deep.equal([])
      expect(withoutTraces(await everything(), runId)).to.deep.equal(withoutTraces(before, runId))
      expect(suite.journals()).to.deep.equal([])
    })
  }

  /** First with two accounts that made none of it, then with the right ones. */
  async function sweepWithOthers(suite: SuiteCopy, runId: string): Promise<void> {
    const left = await everything()
    expect((await existing(runId)).map(({ kind }) => kind)).to.include.members(['post', 'comment', 'webhook'])
    const others = await suite.tool('sweep', [], keysOf('Cleo', 'Dan'))
    expect(others.code, others.stdout).to.equal(1)
    expect(others.stdout).to.contain('7 left;')
    expect(others.stdout.match(/these credentials belong to/g)).to.have.length(7)
    expect(await everything()).to.deep.equal(left)
    const swept = await suite.tool('sweep', [], live)
    expect(swept.code, swept.stdout).to.equal(0)
  }
})

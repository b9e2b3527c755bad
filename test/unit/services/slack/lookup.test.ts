import { describe, test } from 'node:test'
import { expect } from 'chai'
import { UsageError } from '../../../../support/config/errors'
import { SlackChat } from '../../../../support/services/slack/adapter'
import type { Directory } from '../../../../support/services/slack/lookup'
import { slack } from '../../../../support/services/slack/platform'
import { accessTo } from '../../../support/access'
import { serve } from '../../../support/server'

interface Someone {
  id: string
  name: string
  display?: string
  real?: string
  deleted?: boolean
  is_bot?: boolean
}

interface Workspace {
  /** Of `users.list`, page by page. */
  people?: readonly (readonly Someone[])[]
  /** Of `conversations.list` and `users.conversations`, page by page. */
  channels?: readonly (readonly { id: string; name: string; is_archived?: boolean; mine?: boolean }[])[]
  /** Added unchanged to the first page of people. */
  odd?: readonly object[]
}

const userOf = ({ id, name, display = '', real = '', deleted = false, is_bot = false }: Someone) => ({
  ...{ id, team_id: 'T1', name, real_name: real, deleted, is_bot },
  profile: { display_name: display, real_name: real, status_text: '', status_emoji: '' },
})
const note = { value: '' }
const toChatChannel = ({ id, name, is_archived = false }: { id: string; name: string; is_archived?: boolean }) => ({
  ...{ id, name, is_archived, is_private: false, is_member: true, created: 1, topic: note, purpose: note },
})

/** A Slack with these people and channels. @param seen is called for every method with its cursor */
async function workspace({ people = [], channels = [], odd = [] }: Workspace, seen: string[] = []): Promise<Directory> {
  const address = await serve(async (request, reply) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const args = new URLSearchParams(text)
    const method = request.url?.split('/').at(-1) ?? ''
    const at = Number(args.get('cursor') ?? 0)
    seen.push(`${method} ${at}`)
    const answer = (body: object) =>
      reply
        .setHeader('content-type', 'application/json')
        .setHeader('x-oauth-scopes', 'channels:read,users:read')
        .end(JSON.stringify({ ok: true, ...body }))
    const paged = (field: string, pages: readonly (readonly object[])[]) =>
      answer({ [field]: pages[at] ?? [], response_metadata: { next_cursor: at + 1 < pages.length ? String(at + 1) : '' } })
    if (method === 'users.list')
      return paged(
        'members',
        people.map((page, n) => [...(n === 0 ? odd : []), ...page.map(userOf)]),
      )
    if (method === 'conversations.list')
      return paged(
        'channels',
        channels.map((page) => page.map(toChatChannel)),
      )
    if (method === 'users.conversations')
      return paged(
        'channels',
        channels.map((page) =>
          page.filter(({ mine = true }) => mine).map(({ id, name, is_archived }) => ({ id, name, is_archived })),
        ),
      )
    const user = people.flat().find(({ id }) => id === args.get('user'))
    if (method === 'users.info') return user ? answer({ user: userOf(user) }) : answer({ ok: false, error: 'user_not_found' })
    const channel = channels.flat().find(({ id }) => id === args.get('channel'))
    return channel ? answer({ channel: toChatChannel(channel) }) : answer({ ok: false, error: 'channel_not_found' })
  })
  const { access } = accessTo(`${address}/api/`, { Ada: { botToken: 'xoxb-1' } })
  return (await SlackChat.of(access, slack.can)).directory
}

async function failure(action: () => Promise<unknown>): Promise<UsageError> {
  const outcome = await action().catch((error: unknown) => error)
  expect(outcome).to.be.instanceOf(UsageError)
  return outcome as UsageError
}

const BEN = { id: 'U0000BEN1', name: 'ben.okafor', display: 'Ben', real: 'Ben Okafor' }
const NAMESAKE = { id: 'U0000ZOE1', name: 'zoe', display: 'ben.okafor', real: 'Zoe Lind' }
const OTHER = { id: 'U0000YAN1', name: 'yan', display: 'Yan', real: 'Ben' }

describe('looking for a person', () => {
  test('a handle comes before a display name, and a display name before a real name, in any case', async () => {
    const directory = await workspace({ people: [[NAMESAKE, OTHER], [BEN]] })
    expect((await directory.findPerson('BEN.okafor'))?.id).to.equal(BEN.id)
    expect((await directory.findPerson('ben'))?.id).to.equal(BEN.id)
    expect((await directory.findPerson('zoe lind'))?.id).to.equal(NAMESAKE.id)
    expect(await directory.findPerson('no-one-is-called-this')).to.equal(undefined)
  })

  test('once the handle is found, no more pages are read; a display name is compared with those of all', async () => {
    const seen: string[] = []
    const directory = await workspace({ people: [[BEN], [OTHER], [NAMESAKE]] }, seen)
    await directory.findPerson('ben.okafor')
    expect(seen).to.deep.equal(['users.list 0', 'users.info 0'])
    seen.length = 0
    await directory.findPerson('ben')
    expect(seen.filter((call) => call.startsWith('users.list'))).to.have.length(3)
  })

  test('of two that fit equally none is taken, and both are named', async () => {
    const twin = { ...OTHER, display: 'BEN' }
    const directory = await workspace({ people: [[BEN], [twin]] })
    expect((await failure(() => directory.findPerson('Ben'))).message).to.match(
      /"Ben" is ambiguous: it fits @ben\.okafor \(U0000BEN1\) and @yan \(U0000YAN1\)\. Use the handle or the id/,
    )
  })

  test('the same person on two pages is one person', async () => {
    expect((await (await workspace({ people: [[BEN], [BEN]] })).findPerson('Ben'))?.id).to.equal(BEN.id)
  })

  test('bots, Slackbot and deactivated accounts are not found', async () => {
    const directory = await workspace({
      people: [
        [
          { ...OTHER, id: 'U0000BOT1', name: 'ben', is_bot: true },
          { ...OTHER, id: 'USLACKBOT', name: 'slackbot', display: 'Ben' },
          { ...OTHER, id: 'U0000OLD1', name: 'old', display: 'Ben', deleted: true },
        ],
      ],
    })
    for (const name of ['ben', 'slackbot', 'old']) expect(await directory.findPerson(name), name).to.equal(undefined)
  })

  test('an account that a page has twice, even under the display name of another, causes no error', async () => {
    const twin = { id: 'USLACKBOT', name: 'slackbot' }
    const odd = [{ ...twin, profile: { display_name: BEN.name } }, twin]
    expect((await (await workspace({ people: [[BEN]], odd })).findPerson(BEN.name))?.id).to.equal(BEN.id)
  })

  test('old accounts that lack fields cause no error', async () => {
    const odd = [{ id: 'U0ZZZZZZ1', name: 'gone', deleted: true }, { id: 'U0ZZZZZZ2' }]
    expect((await (await workspace({ people: [[BEN]], odd })).findPerson('ben'))?.id).to.equal(BEN.id)
  })

  test('a variable may contain an id; an unknown one, or a bot’s, is refused', async () => {
    const directory = await workspace({ people: [[BEN, { ...OTHER, id: 'U0000BOT1', is_bot: true }]] })
    expect((await directory.configuredPerson(BEN.id)).name).to.equal('ben.okafor')
    expect((await directory.configuredPerson('Ben Okafor')).id).to.equal(BEN.id)
    expect((await failure(() => directory.configuredPerson('U0000NONE'))).message).to.include('U0000NONE')
    expect((await failure(() => directory.configuredPerson('U0000BOT1'))).message).to.include('a bot')
    expect((await failure(() => directory.configuredPerson('cleo'))).message).to.include('no user "cleo"')
  })
})

describe('looking for a channel', () => {
  const tests = { id: 'C0000000T', name: 'tests' }
  const twin = { id: 'C0000000U', name: 'tests' }

  test('of two of one name none is taken, and both ids are named, wherever they are listed', async () => {
    const directory = await workspace({ channels: [[tests], [{ id: 'C0000000R', name: 'random' }], [twin]] })
    const says = /#tests \(C0000000T\) and #tests \(C0000000U\)\. Use the id/
    expect((await failure(() => directory.findChannel('Tests'))).message).to.match(says)
    expect((await failure(() => directory.configuredChannel('tests'))).message).to.match(says)
    expect((await directory.configuredChannel('C0000000U')).id).to.equal('C0000000U')
  })

  test('an archived one does not stand in the way of one that is not', async () => {
    const directory = await workspace({ channels: [[{ ...twin, is_archived: true }, tests]] })
    expect((await directory.findChannel('tests'))?.id).to.equal(tests.id)
  })

  test('the configured one is looked for among those the bot is in, and no others', async () => {
    const seen: string[] = []
    const directory = await workspace({ channels: [[{ ...twin, mine: false }], [tests]] }, seen)
    expect((await directory.configuredChannel('TESTS')).id).to.equal(tests.id)
    expect(seen.filter((call) => call.startsWith('conversations.list'))).to.deep.equal([])
    const elsewhere = await workspace({ channels: [[{ ...twin, mine: false }]] })
    expect((await failure(() => elsewhere.configuredChannel('tests'))).message).to.include('/invite')
    expect((await failure(() => elsewhere.configuredChannel('C0000NONE'))).message).to.include('C0000NONE')
  })
})

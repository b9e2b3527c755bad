import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownSlack } from './support/server'

const slack = ownSlack({ Ada: {}, Ben: {}, Cleo: {} })

const id = (channel: { id: string }): string => channel.id
const make = async (fields: object = {}): Promise<string> =>
  (
    await slack.callControl('/channels', {
      teamId: slack.bot.teamId,
      name: `c-${Math.random()}`,
      members: [slack.bot.userId],
      ...fields,
    })
  ).channels[0].id

describe('lists and pages', () => {
  // SLK-010
  test('every channel is listed once, page by page; the last page has an empty cursor', async () => {
    const { Ada } = await slack.others({ Ada: {} })
    const as = Ada?.botToken ?? ''
    await slack.callControl('/channels', { teamId: Ada?.teamId, name: 'many', count: 250 })
    const seen: string[] = []
    for (let cursor: string | undefined; cursor !== ''; ) {
      const args = { limit: 100, ...(cursor ? { cursor } : {}) }
      const page = await slack.ok('conversations.list', args, { as })
      seen.push(...page.channels.map(id))
      cursor = page.response_metadata.next_cursor
    }
    expect(new Set(seen).size).to.equal(252)
    expect(seen).to.have.length(252)
  })

  test('archived ones are left out on request, which makes pages shorter', async () => {
    const archived = await make({ archived: true })
    expect((await slack.ok('conversations.list')).channels.map(id)).to.include(archived)
    expect((await slack.ok('conversations.list', { exclude_archived: true })).channels.map(id)).to.not.include(archived)
  })

  test('private ones are listed for members only, and only on request', async () => {
    const mine = await make({ kind: 'private' })
    const others = await make({ kind: 'private', members: [slack.ben.userId] })
    expect((await slack.ok('conversations.list')).channels.map(id)).to.not.include(mine)
    const both = (await slack.ok('conversations.list', { types: 'public_channel,private_channel' })).channels.map(id)
    expect(both).to.include(mine).and.not.include(others)
  })

  test('a cursor that was altered is none', async () => {
    const { response_metadata } = await slack.ok('users.list', { limit: 1 })
    expect(response_metadata.next_cursor).to.not.equal('')
    const cursor = `${response_metadata.next_cursor} and more`
    expect(await slack.error('users.list', { cursor })).to.equal('invalid_cursor')
  })

  const faults: [string, string, object][] = [
    ['invalid_cursor', 'conversations.list', { cursor: 'nobody gave this out' }],
    ['invalid_limit', 'conversations.list', { limit: 1000 }],
    ['invalid_limit', 'conversations.list', { limit: 'many' }],
    ['invalid_types', 'conversations.list', { types: 'public_channel,secret' }],
    ['invalid_cursor', 'users.list', { cursor: 'bm9uc2Vuc2U=' }],
    ['channel_not_found', 'conversations.members', { channel: 'C0NOTTHERE0' }],
    ['channel_not_found', 'conversations.info', { channel: 'acceptance' }],
  ]
  for (const [error, method, args] of faults) {
    test(`${method} ${JSON.stringify(args)}: ${error}`, async () => {
      expect(await slack.error(method, { ...args })).to.equal(error)
    })
  }

  test('members are also listed in pages', async () => {
    const channel = slack.bot.channelId
    const first = await slack.ok('conversations.members', { channel, limit: 2 })
    const rest = await slack.ok('conversations.members', { channel, limit: 2, cursor: first.response_metadata.next_cursor })
    expect([...first.members, ...rest.members]).to.have.members([slack.bot.userId, slack.ben.userId, slack.people.Cleo?.userId])
    expect(rest.response_metadata.next_cursor).to.equal('')
  })

  test('people are listed in pages; Slackbot is among them and is not a bot', async () => {
    const first = await slack.ok('users.list', { limit: 2 })
    const rest = await slack.ok('users.list', { cursor: first.response_metadata.next_cursor })
    const members = [...first.members, ...rest.members]
    expect(members.map(({ name }) => name)).to.deep.equal(['slackbot', 'ada', 'ben.okafor', 'cleo.marin'])
    expect(members[0]).to.include({ id: 'USLACKBOT', is_bot: false })
    expect(first.cache_ts).to.be.a('number')
  })

  test('a workspace with very many people requires a limit', async () => {
    const { Ada } = await slack.others({ Ada: { requiresLimit: true } })
    const as = Ada?.botToken ?? ''
    expect(await slack.error('users.list', {}, { as })).to.equal('limit_required')
    await slack.ok('users.list', { limit: 10 }, { as })
  })
})

import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { type BareGateway, sessionOf } from './support/gateway'
import { bareDiscord, ownDiscord } from './support/server'

const ALL = 53_608_447
let all: BareGateway
const discord = ownDiscord({ Ada: {}, Ben: {}, Cleo: { bot: true } }, async () => {
  all = await sessionOf(discord, 'Ada', ALL)
})

describe('members', () => {
  test('who join are reported', async () => {
    const { id } = await discord.make('Newcomer')
    await all.event('GUILD_MEMBER_ADD', ({ user }) => user.id === id)
  })

  test('are sent in chunks on request: by name, by id, or all', async () => {
    const ask = async (nonce: string, wish: object, gateway = all) => {
      gateway.send(8, { guild_id: discord.who('Ada').guild, nonce, ...wish })
      return gateway.event('GUILD_MEMBERS_CHUNK', (data) => data.nonce === nonce)
    }
    const ids = ({ members }: { members: { user: { id: string } }[] }) => members.map(({ user }) => user.id)
    const byName = await ask('name', { query: 'BEN', limit: 10 })
    expect([ids(byName), byName.chunk_index, byName.chunk_count]).to.deep.equal([[discord.who('Ben').id], 0, 1])
    const byId = await ask('id', { user_ids: [discord.who('Ben').id, '123456789012345678'], presences: true })
    expect([ids(byId), byId.not_found]).to.deep.equal([[discord.who('Ben').id], ['123456789012345678']])
    expect(byId.presences[0]).to.deep.include({ user: { id: discord.who('Ben').id }, status: 'online' })
    expect(ids(await ask('all', { query: '', limit: 0 })).length).to.be.greaterThan(3)
    const plain = await sessionOf(discord, 'Cleo', 1)
    expect(ids(await ask('plain', { query: 'ben', limit: 1 }, plain))).to.deep.equal([discord.who('Ben').id])
    plain.send(8, { guild_id: discord.who('Ada').guild, nonce: 'too much', query: '', limit: 0 })
    await plain.caughtUp()
    expect(plain.events('GUILD_MEMBERS_CHUNK')).to.have.length(1)
    plain.close()
  })
})

describe('presence', () => {
  // DIS-083
  test('of a bot is sent to another session with the intent: busy, then back', async () => {
    const eye = await sessionOf(discord, 'Cleo', 1 | 256)
    const set = (status: string, activity: object) => all.send(3, { since: null, activities: [activity], status, afk: false })
    const seen = (status: string) =>
      eye.event('PRESENCE_UPDATE', ({ user, status: now }) => user.id === discord.who('Ada').id && now === status)
    set('dnd', { name: 'Running E2E Tests', type: 0 })
    const busy = await seen('dnd')
    expect(busy).to.deep.include({
      user: { id: discord.who('Ada').id },
      guild_id: discord.who('Ada').guild,
      client_status: { web: 'dnd' },
    })
    expect(busy.activities[0]).to.include({ name: 'Running E2E Tests', type: 0 })
    set('online', { name: 'ignored', type: 4, state: 'Ready!' })
    expect((await seen('online')).activities[0]).to.include({ name: 'Custom Status', type: 4, state: 'Ready!' })
    set('invisible', { name: 'x', type: 0 })
    expect(await seen('offline')).to.deep.include({ activities: [], client_status: {} })
    eye.close()
  })

  test('can be part of identifying, ends with the session, and is not sent without the intent', async () => {
    const eye = await sessionOf(discord, 'Ada', 1 | 256)
    const plain = await sessionOf(discord, 'Ada', 1)
    const presence = { since: null, activities: [{ name: 'chess', type: 5 }], status: 'idle', afk: true }
    const cleo = await sessionOf(discord, 'Cleo', 1, { presence })
    const isCleo = (status: string) => (data: { user: { id: string }; status: string }) =>
      data.user.id === discord.who('Cleo').id && data.status === status
    expect((await eye.event('PRESENCE_UPDATE', isCleo('idle'))).activities[0]).to.include({ name: 'chess', type: 5 })
    cleo.close()
    await eye.event('PRESENCE_UPDATE', isCleo('offline'))
    await plain.caughtUp()
    expect(plain.events('PRESENCE_UPDATE')).to.deep.equal([])
    for (const gateway of [eye, plain]) gateway.close()
  })

  test('accepts streams only from supported sites', async () => {
    const eye = await sessionOf(discord, 'Ada', 1 | 256)
    for (const [url, shown] of [
      ['https://www.twitch.tv/gloves', 'https://www.twitch.tv/gloves'],
      ['https://youtube.com/watch?v=1', 'https://youtube.com/watch?v=1'],
      ['https://example.com/gloves', undefined],
      ['https://twitch.tv.example.com/', undefined],
    ]) {
      const cleo = await sessionOf(discord, 'Cleo', 1, {
        presence: { since: null, activities: [{ name: String(url), type: 1, url }], status: 'online', afk: false },
      })
      const { activities } = await eye.event('PRESENCE_UPDATE', (data) => data.activities[0]?.name === url)
      expect(activities[0].url, url).to.equal(shown)
      cleo.close()
    }
    eye.close()
  })

  test('of several sessions is that of the visible one that was updated last', async () => {
    const eye = await sessionOf(discord, 'Ada', 1 | 256)
    await discord.make('Twin', { bot: true })
    const shows = (status: string) => ({ presence: { since: null, activities: [], status, afk: false } })
    const statuses = async () => {
      await eye.caughtUp()
      return eye.events('PRESENCE_UPDATE').flatMap(({ user, status }) => (user.id === discord.who('Twin').id ? [status] : []))
    }
    const busy = await sessionOf(discord, 'Twin', 1, shows('dnd'))
    const silent = await sessionOf(discord, 'Twin', 1, shows('invisible'))
    expect(await statuses()).to.deep.equal(['dnd'])
    const idle = await sessionOf(discord, 'Twin', 1, shows('idle'))
    idle.close()
    await eye.next(({ t, d }) => t === 'PRESENCE_UPDATE' && d.status === 'dnd' && eye.events('PRESENCE_UPDATE').length > 2)
    expect(await statuses()).to.deep.equal(['dnd', 'idle', 'dnd'])
    busy.close()
    await eye.event('PRESENCE_UPDATE', ({ user, status }) => user.id === discord.who('Twin').id && status === 'offline')
    for (const gateway of [silent, eye]) gateway.close()
  })

  test('of a person changes as they do', async () => {
    await discord.callControl('/presence', { as: discord.who('Ben').id, status: 'idle' })
    await all.event('PRESENCE_UPDATE', ({ user, status }) => user.id === discord.who('Ben').id && status === 'idle')
  })
})

describe('a fault', () => {
  test('suppresses or changes an event by its name', async () => {
    const other = await bareDiscord()
    after(() => other.stop())
    const gateway = await sessionOf(other, 'Ada', 512 | 32_768)
    const { id, channel } = other.who('Ben')
    await other.callControl('/faults', { kind: 'missing-field', on: 'MESSAGE_CREATE', field: 'content' })
    const first = await other.callControl('/say', { as: id, channel, content: 'x' })
    expect(await gateway.event('MESSAGE_CREATE', (message) => message.id === first.id)).not.to.have.property('content')
    await other.callControl('/faults', { kind: 'event-never', on: 'MESSAGE_CREATE' })
    await other.callControl('/say', { as: id, channel, content: 'y' })
    await gateway.caughtUp()
    expect(gateway.events('MESSAGE_CREATE')).to.have.length(1)
  })
})

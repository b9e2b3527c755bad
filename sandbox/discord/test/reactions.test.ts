import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from './support/server'

const THUMBS_UP = '👍'
const discord = ownDiscord({
  ...{ Ada: {}, Ben: {}, Grump: { blocks: ['Ada'] } },
  ...{
    Shy: { bot: true, missingPermissions: ['ADD_REACTIONS'] },
    Blind: { bot: true, missingPermissions: ['READ_MESSAGE_HISTORY'] },
  },
  Meek: { bot: true, missingPermissions: ['MANAGE_MESSAGES'] },
})

const on = (id: string, emoji: string, who = '/@me'): string =>
  `${discord.messages}/${id}/reactions/${encodeURIComponent(emoji)}${who}`
const react = (id: string, emoji: string, as = 'Ada') => discord.call('PUT', on(id, emoji), { as })
const reactionsOf = async (id: string) => (await discord.call('GET', `${discord.messages}/${id}`)).body.reactions ?? []

describe('reactions', () => {
  // DIS-042
  test('count once per person and emoji, and show whether they are the viewer’s', async () => {
    const { id } = await discord.say('vote')
    for (const emoji of ['👍', '👎', '🎉', '❤️', '👍']) expect((await react(id, emoji)).status, emoji).to.equal(204)
    await discord.callControl('/react', {
      as: discord.who('Ben').id,
      channel: discord.who('Ben').channel,
      message: id,
      emoji: THUMBS_UP,
    })
    const [first, ...others] = await reactionsOf(id)
    expect(first).to.deep.include({ emoji: { id: null, name: THUMBS_UP }, count: 2, me: true, me_burst: false, burst_colors: [] })
    expect(first.count_details).to.deep.equal({ burst: 0, normal: 2 })
    expect(others.map((one: { emoji: { name: string }; count: number }) => [one.emoji.name, one.count])).to.deep.equal([
      ['👎', 1],
      ['🎉', 1],
      ['❤️', 1],
    ])
    const seen = await discord.call('GET', `${discord.messages}/${id}`, { as: 'Meek' })
    expect(seen.body.reactions[0].me).to.equal(false)
  })

  test('accept any Unicode emoji, with or without the variation selector, and the guild’s own', async () => {
    const { id } = await discord.say('vote')
    for (const emoji of ['❤', '👍🏽', '👩‍🚀', '🇨🇭', '1️⃣', '☕']) expect((await react(id, emoji)).status, emoji).to.equal(204)
    await react(id, '❤️')
    expect(await reactionsOf(id)).to.have.length(6)
    const { body: guild } = await discord.call('GET', `/guilds/${discord.who('Ada').guild}`)
    const [{ id: emojiId, name }] = guild.emojis
    expect((await react(id, `${name}:${emojiId}`)).status).to.equal(204)
    expect((await reactionsOf(id)).at(-1).emoji).to.deep.equal({ id: emojiId, name })
  })

  // DIS-043
  test('refuse invalid emojis, and users without permission', async () => {
    const { id } = await discord.say('vote')
    for (const emoji of ['thumbsup', 'x', '👍👎', ':+1:', 'glove:123456789012345678']) {
      expect(await discord.refusal('PUT', on(id, emoji)), emoji).to.deep.equal([400, 10014])
    }
    expect(await discord.refusal('PUT', on(id, THUMBS_UP), { as: 'Shy' })).to.deep.equal([403, 50013])
    expect(await discord.refusal('PUT', on(id, THUMBS_UP), { as: 'Blind' })).to.deep.equal([403, 50013])
    expect(await discord.refusal('PUT', on('123456789012345678', THUMBS_UP))).to.deep.equal([404, 10008])
  })

  test('of others may be repeated without the permission to add new ones', async () => {
    const { id } = await discord.say('vote')
    await react(id, THUMBS_UP)
    expect((await react(id, THUMBS_UP, 'Shy')).status).to.equal(204)
    expect((await reactionsOf(id))[0].count).to.equal(2)
  })

  test('are at most twenty different ones', async () => {
    const { id } = await discord.say('vote')
    for (let place = 0; place < 20; place++) await react(id, String.fromCodePoint(0x1f600 + place))
    expect(await discord.refusal('PUT', on(id, THUMBS_UP))).to.deep.equal([400, 30010])
    expect((await react(id, String.fromCodePoint(0x1f600), 'Meek')).status).to.equal(204)
  })

  test('may be requested with every character of the path encoded', async () => {
    const { id } = await discord.say('vote')
    for (const method of ['PUT', 'DELETE']) {
      expect((await discord.call(method, on(id, THUMBS_UP, '/%40me'))).status, method).to.equal(204)
    }
    expect((await discord.call('GET', '/users/%40me')).body.id).to.equal(discord.who('Ada').id)
  })

  test('are refused on messages of users who have blocked the bot', async () => {
    const { id } = await discord.callControl('/say', {
      as: discord.who('Grump').id,
      channel: discord.who('Ben').channel,
      content: 'bah',
    })
    expect(await discord.refusal('PUT', on(id, THUMBS_UP))).to.deep.equal([403, 90001])
  })

  test('of one’s own are removed without permission, and repeatedly', async () => {
    const { id } = await discord.say('vote')
    await react(id, THUMBS_UP)
    for (const _ of [1, 2]) expect((await discord.call('DELETE', on(id, THUMBS_UP))).status).to.equal(204)
    expect(await reactionsOf(id)).to.deep.equal([])
    expect((await discord.call('GET', `${discord.messages}/${id}`)).body).not.to.have.property('reactions')
  })

  test('of others are removed by users who may manage messages', async () => {
    const { id } = await discord.say('vote')
    const { id: ben, channel } = discord.who('Ben')
    const again = () => discord.callControl('/react', { as: ben, channel, message: id, emoji: THUMBS_UP })
    await again()
    await react(id, '🎉')
    for (const path of [on(id, THUMBS_UP, `/${ben}`), on(id, THUMBS_UP, ''), `${discord.messages}/${id}/reactions`]) {
      expect(await discord.refusal('DELETE', path, { as: 'Meek' }), path).to.deep.equal([403, 50013])
    }
    expect((await discord.call('DELETE', on(id, THUMBS_UP, `/${ben}`))).status).to.equal(204)
    await again()
    expect((await discord.call('DELETE', on(id, THUMBS_UP, ''))).status).to.equal(204)
    expect(await reactionsOf(id)).to.have.length(1)
    expect((await discord.call('DELETE', `${discord.messages}/${id}/reactions`)).status).to.equal(204)
    expect(await reactionsOf(id)).to.have.length(0)
  })

  test('list their users, page by page', async () => {
    const { id } = await discord.say('vote')
    for (const as of ['Ada', 'Meek', 'Shy']) await react(id, THUMBS_UP, as).then(() => react(id, THUMBS_UP, 'Ada'))
    const users = async (query: string): Promise<string[]> =>
      (await discord.call('GET', `${on(id, THUMBS_UP, '')}${query}`)).body.map((user: { id: string }) => user.id)
    const all = await users('')
    expect(all).to.deep.equal([discord.who('Ada').id, discord.who('Shy').id, discord.who('Meek').id])
    expect(await users(`?limit=1&after=${all[0]}`)).to.deep.equal([all[1]])
    expect(await users('?type=1')).to.deep.equal([])
    expect(await discord.refusal('GET', `${on(id, THUMBS_UP, '')}?limit=101`)).to.deep.equal([400, 50035])
  })
})

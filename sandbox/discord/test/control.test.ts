import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { startDiscord } from '../server'
import { ownDiscord } from './support/server'

const MARK = '1790000000-0a1b2c'
const discord = ownDiscord()

describe('the control port', () => {
  test('gives every group a guild of its own, and its people their places in it', async () => {
    const group = async (name: string) =>
      (
        await discord.power('/people', {
          group: name,
          people: [{ name: 'Ada' }, { name: 'Ben', displayName: 'Ben B.', nick: 'B' }],
        })
      ).people
    const [one, other] = [await group('one'), await group('other')]
    expect(one.Ada).to.include.all.keys(
      'id',
      'username',
      'displayName',
      'guild',
      'guildName',
      'channel',
      'channelName',
      'hidden',
      'token',
    )
    expect([one.Ben.guild, one.Ben.channel, one.Ben.displayName]).to.deep.equal([one.Ada.guild, one.Ada.channel, 'Ben B.'])
    expect(one.Ben).not.to.have.property('token')
    expect(other.Ada.guild).not.to.equal(one.Ada.guild)
    expect(await discord.refusal('GET', `/guilds/${other.Ada.guild}`, { as: one.Ada.token })).to.deep.equal([404, 10004])
  })

  test('tells what bots left behind a mark, and not what people said', async () => {
    const message = await discord.say(`Glove ${MARK}-1`)
    await discord.power('/say', { as: discord.who('Ben').id, channel: discord.who('Ben').channel, content: `Seen ${MARK}-1` })
    const thread = (
      await discord.call('POST', `${discord.channel}/messages/${message.id}/threads`, { body: { name: `T ${MARK}-2` } })
    ).body
    const kinds = async () =>
      (await discord.look(`/existing?runId=${MARK}`)).existing.map(
        ({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`,
      )
    expect(await kinds()).to.deep.equal([`message ${message.id}`, `thread ${thread.id}`])
    await discord.call('DELETE', `/channels/${thread.id}`)
    await discord.call('DELETE', `${discord.channel}/messages/${message.id}`)
    expect(await kinds()).to.deep.equal([])
  })

  test('counts, so that nothing is added or taken away unseen', async () => {
    const counts = () => discord.look(`/counts?guild=${discord.who('Ada').guild}`)
    const before = await counts()
    const { id } = await discord.say('vote')
    await discord.call('PUT', `${discord.channel}/messages/${id}/reactions/%F0%9F%91%8D/@me`)
    expect(await counts()).to.deep.equal({ ...before, messages: before.messages + 1, reactions: before.reactions + 1 })
    await discord.call('DELETE', `${discord.channel}/messages/${id}`)
    expect(await counts()).to.deep.equal(before)
  })

  test('says who or what it does not know', async () => {
    for (const [path, body, error] of [
      ['/say', { as: 'nobody', channel: '1', content: 'x' }, 'there is no user nobody'],
      ['/say', { as: discord.who('Ben').id, channel: '1', content: 'x' }, 'there is no channel 1'],
      [
        '/react',
        { as: discord.who('Ben').id, channel: discord.who('Ben').channel, message: '1', emoji: '👍' },
        'there is no message 1',
      ],
      ['/intents', { bot: '1', off: [] }, 'there is no bot 1'],
      ['/permissions', { user: '1', channel: '1' }, 'there is no channel 1'],
    ] as const) {
      expect((await discord.power(path, body)).error, path).to.equal(error)
    }
  })

  test('breaks promises of the service as told, and keeps them again', async () => {
    const { id } = await discord.say('one')
    const path = `${discord.channel}/messages/${id}`
    const broken = async (fault: object, look: () => Promise<unknown>): Promise<unknown> => {
      await discord.power('/faults', fault)
      const seen = await look()
      await fetch(`${discord.control}/faults`, { method: 'DELETE' })
      return seen
    }
    const on = 'GET /channels/:id/messages/:message'
    const get = async () => (await discord.call('GET', path)).body
    expect(await broken({ kind: 'missing-field', on, field: 'content' }, get)).not.to.have.property('content')
    expect(await broken({ kind: 'others-data', on, set: { 'author.id': '1' } }, get)).to.have.nested.property('author.id', '1')
    const status = async () => (await discord.call('GET', path)).status
    expect(await broken({ kind: 'wrong-status', on, status: 502 }, status)).to.equal(502)
    const edit = async () => {
      await discord.call('PATCH', path, { body: { content: 'two' } })
      return (await get()).content
    }
    expect(await broken({ kind: 'stale-read', on }, edit)).to.equal('one')
    expect((await get()).content).to.equal('two')
    const lost = async () =>
      get()
        .then(() => discord.call('PATCH', path, { body: { content: 'three' } }))
        .then(get)
    expect(await broken({ kind: 'lost-write', on: 'PATCH /channels/:id/messages/:message' }, lost)).to.have.property(
      'content',
      'two',
    )
  })
})

describe('what a sandbox prints to be used from outside', () => {
  test('is all a live run needs', async () => {
    const served = await startDiscord()
    after(() => served.stop())
    const { DISCORD_API_URL: api, DISCORD_BOT_TOKEN: token, DISCORD_TEST_CHANNEL_ID: channel, ...others } = served.variables
    const get = async (path: string) =>
      (await fetch(`${api}/v10${path}`, { headers: { authorization: `Bot ${token}` } })).json() as Promise<
        Record<string, unknown>
      >
    expect(await get(`/channels/${channel}`)).to.include({ guild_id: others.DISCORD_TEST_GUILD_ID, type: 0 })
    expect(await get(`/guilds/${others.DISCORD_TEST_GUILD_ID}/members/${others.DISCORD_TEST_USER_ID}`)).to.have.property(
      'joined_at',
    )
  })
})

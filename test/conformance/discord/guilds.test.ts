import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareDiscord, type DiscordWire } from '../../support/discord'

const keys = (text: string): string[] => text.split(/\s+/)

const USER = keys('id username discriminator global_name avatar public_flags flags primary_guild')
const GUILD = keys(
  `id name icon description home_header splash discovery_splash features banner owner_id application_id region afk_channel_id
  afk_timeout system_channel_id system_channel_flags widget_enabled widget_channel_id verification_level roles
  default_message_notifications mfa_level explicit_content_filter max_presences max_members max_stage_video_channel_users
  max_video_channel_users vanity_url_code premium_tier premium_subscription_count preferred_locale rules_channel_id
  safety_alerts_channel_id public_updates_channel_id premium_progress_bar_enabled nsfw nsfw_level emojis stickers incidents_data`,
)
const ROLE = keys('id name permissions position color colors hoist managed mentionable icon unicode_emoji flags')
const MEMBER = keys('user nick avatar banner roles joined_at premium_since deaf mute flags pending communication_disabled_until')
const CHANNEL = keys(
  'id type guild_id name position flags parent_id topic nsfw last_message_id rate_limit_per_user permission_overwrites',
)

let discord: DiscordWire
let guild: string
before(async () => {
  discord = await bareDiscord({
    Ada: {},
    Ben: { nick: 'Benny' },
    Cleo: {},
    Spy: { bot: true, missingIntents: ['GUILD_MEMBERS'] },
  })
  guild = `/guilds/${discord.who('Ada').guild}`
})
after(() => discord.stop())

const get = async (path: string, as = 'Ada') => (await discord.call('GET', path, { as })).body

describe('guild', () => {
  test('has everything a guild has', async () => {
    const whole = await get(`${guild}?with_counts=true`)
    expect(whole).to.include.all.keys(GUILD)
    expect([60, 300, 900, 1800, 3600]).to.include(whole.afk_timeout)
    expect(whole).to.include({ approximate_member_count: 5 })
    for (const yes of ['1', 'True']) expect(await get(`${guild}?with_counts=${yes}`)).to.have.property('approximate_member_count')
    for (const no of ['?with_counts=0', '']) expect(await get(`${guild}${no}`)).not.to.have.property('approximate_member_count')
    expect(await discord.refusal('GET', `${guild}?with_counts=perhaps`)).to.deep.equal([400, 50035])
  })

  test('its roles begin with everybody, whose id is the guild’s', async () => {
    const [everyone, ...others] = await get(`${guild}/roles`)
    for (const role of [everyone, ...others]) expect(role).to.include.all.keys(ROLE)
    expect(everyone).to.include({
      id: discord.who('Ada').guild,
      name: '@everyone',
      permissions: '2248473465835073',
      managed: false,
    })
    const { roles } = await get(`${guild}/members/${discord.who('Ada').id}`)
    expect(others.find(({ id }: { id: string }) => id === roles[0])).to.deep.include({
      managed: true,
      tags: { bot_id: discord.who('Ada').id },
    })
  })

  test('its channels come without threads', async () => {
    await discord.call('POST', `/channels/${discord.who('Ada').channel}/threads`, { body: { name: 'Gloves', type: 11 } })
    const channels = await get(`${guild}/channels`)
    for (const channel of channels) expect(channel).to.include.all.keys(CHANNEL)
    expect(channels.map(({ type }: { type: number }) => type).sort()).to.deep.equal([0, 0, 2, 4])
    const { threads, members, has_more: more } = await get(`${guild}/threads/active`)
    expect([threads.length, members[0].user_id, more]).to.deep.equal([1, discord.who('Ada').id, false])
  })

  test('takes a new channel only from those who manage channels', async () => {
    const create = (as: string, body: object) => discord.call('POST', `${guild}/channels`, { as, body })
    expect((await create('Ada', { name: 'gloves' })).body.code).to.equal(50013)
    await discord.make('Manager', { bot: true, extraPermissions: ['MANAGE_CHANNELS'] })
    const made = await create('Manager', { name: 'Lost Gloves', topic: 'red ones', rate_limit_per_user: '5' })
    expect(made.status).to.equal(201)
    expect(made.body).to.include({ type: 0, name: 'lost-gloves', topic: 'red ones', rate_limit_per_user: 5 })
    for (const [body, field, code] of [
      [{}, 'name', 'BASE_TYPE_REQUIRED'],
      [{ name: 'x'.repeat(101) }, 'name', 'BASE_TYPE_BAD_LENGTH'],
      [{ name: 'x', type: 99 }, 'type', 'BASE_TYPE_CHOICES'],
      [{ name: 'x', topic: 'x'.repeat(1_025) }, 'topic', 'BASE_TYPE_MAX_LENGTH'],
      [{ name: 'x', rate_limit_per_user: 'soon' }, 'rate_limit_per_user', 'NUMBER_TYPE_COERCE'],
      [{ name: 'x', parent_id: '123456789012345678' }, 'parent_id', 'CHANNEL_PARENT_INVALID'],
    ] as const) {
      expect((await create('Manager', body)).body.errors[field]._errors[0].code, JSON.stringify(body)).to.equal(code)
    }
    const renamed = await discord.call('PATCH', `/channels/${made.body.id}`, {
      as: 'Manager',
      body: { name: 'Found Gloves', topic: null },
    })
    expect(renamed.body).to.include({ name: 'found-gloves', topic: null, rate_limit_per_user: 5 })
    const gone = await discord.call('DELETE', `/channels/${made.body.id}`, { as: 'Manager' })
    expect([gone.status, gone.body.id]).to.deep.equal([200, made.body.id])
    expect(await discord.refusal('GET', `/channels/${made.body.id}`)).to.deep.equal([404, 10003])
  })
})

describe('members', () => {
  test('one by id', async () => {
    const member = await get(`${guild}/members/${discord.who('Ben').id}`)
    expect(member).to.have.all.keys(MEMBER)
    expect(member).to.include({ nick: 'Benny', mute: false, pending: false })
    expect(member.user).to.include.all.keys(USER)
    expect(member.joined_at).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/)
  })

  test('by the beginning of a name, one unless asked for more, without a privileged intent', async () => {
    const { username } = discord.who('Ben')
    for (const query of [username.slice(0, 4).toUpperCase(), 'benn', username]) {
      const found = await get(`${guild}/members/search?query=${query}&limit=10`, 'Spy')
      expect(
        found.map(({ user }: { user: { id: string } }) => user.id),
        query,
      ).to.deep.equal([discord.who('Ben').id])
    }
    expect(await get(`${guild}/members/search?query=nobody`)).to.deep.equal([])
    expect(await discord.refusal('GET', `${guild}/members/search`)).to.deep.equal([400, 50035])
    expect(await discord.refusal('GET', `${guild}/members/search?query=b&limit=1001`)).to.deep.equal([400, 50035])
  })

  test('all of them only where the portal allows it, one unless asked for more', async () => {
    expect(await discord.refusal('GET', `${guild}/members`, { as: 'Spy' })).to.deep.equal([403, 50001])
    expect(await get(`${guild}/members`)).to.have.length(1)
    const all = await get(`${guild}/members?limit=1000`)
    expect(all.length).to.be.greaterThan(4)
    const after = await get(`${guild}/members?limit=1000&after=${all[1].user.id}`)
    expect(after).to.deep.equal(all.slice(2))
    for (const limit of ['0', '1001', 'x'])
      expect(await discord.refusal('GET', `${guild}/members?limit=${limit}`)).to.deep.equal([400, 50035])
  })
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { keys, ownDiscord, USER } from './support/server'

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

/** By type: a voice channel has no topic, and in a category nothing is written. */
const WITHOUT: Readonly<Record<number, string[]>> = { 2: ['topic'], 4: ['topic', 'last_message_id', 'rate_limit_per_user'] }

const discord = ownDiscord({ Ada: {}, Ben: { nick: 'Benny' }, Cleo: {}, Spy: { bot: true, missingIntents: ['GUILD_MEMBERS'] } })

const get = async (path: string, as = 'Ada') => (await discord.call('GET', path, { as })).body

describe('guild', () => {
  test('has all documented fields', async () => {
    const whole = await get(`${discord.guild}?with_counts=true`)
    expect(whole).to.include.all.keys(GUILD)
    expect([60, 300, 900, 1800, 3600]).to.include(whole.afk_timeout)
    expect(whole).to.include({ approximate_member_count: 5 })
    for (const yes of ['1', 'True'])
      expect(await get(`${discord.guild}?with_counts=${yes}`)).to.have.property('approximate_member_count')
    for (const no of ['?with_counts=0', ''])
      expect(await get(`${discord.guild}${no}`)).not.to.have.property('approximate_member_count')
    expect(await discord.refusal('GET', `${discord.guild}?with_counts=perhaps`)).to.deep.equal([400, 50035])
  })

  test('its roles begin with @everyone, whose id is the guild’s', async () => {
    const [everyone, ...others] = await get(`${discord.guild}/roles`)
    for (const role of [everyone, ...others]) expect(role).to.include.all.keys(ROLE)
    expect(everyone).to.include({
      id: discord.who('Ada').guild,
      name: '@everyone',
      permissions: '2248473465835073',
      managed: false,
    })
    const { roles } = await get(`${discord.guild}/members/${discord.who('Ada').id}`)
    expect(others.find(({ id }: { id: string }) => id === roles[0])).to.deep.include({
      managed: true,
      tags: { bot_id: discord.who('Ada').id },
    })
  })

  test('its channels are listed without threads', async () => {
    await discord.call('POST', `/channels/${discord.who('Ada').channel}/threads`, { body: { name: 'Gloves', type: 11 } })
    const channels = await get(`${discord.guild}/channels`)
    for (const channel of channels) {
      const fields = CHANNEL.filter((name) => !(WITHOUT[channel.type] ?? []).includes(name))
      expect(channel)
        .to.include.all.keys(fields)
        .and.not.have.any.keys('without', ...(WITHOUT[channel.type] ?? []))
    }
    expect(channels.map(({ type }: { type: number }) => type).sort()).to.deep.equal([0, 0, 2, 4])
    const { threads, members, has_more: more } = await get(`${discord.guild}/threads/active`)
    expect([threads.length, members[0].user_id, more]).to.deep.equal([1, discord.who('Ada').id, false])
  })

  test('gets a new channel only from users who may manage channels', async () => {
    const create = (as: string, body: object) => discord.call('POST', `${discord.guild}/channels`, { as, body })
    expect((await create('Ada', { name: 'gloves' })).body.code).to.equal(50013)
    await discord.make('Manager', { bot: true, extraPermissions: ['MANAGE_CHANNELS'] })
    const made = await create('Manager', { name: 'Lost Gloves', topic: 'red ones', rate_limit_per_user: '5' })
    expect(made.status).to.equal(201)
    expect(made.body).to.include({ type: 0, name: 'lost-gloves', topic: 'red ones', rate_limit_per_user: 5 })
    for (const [body, field, code] of [
      [{}, 'name', 'BASE_TYPE_REQUIRED'],
      [{ name: 'x'.repeat(101) }, 'name', 'BASE_TYPE_BAD_LENGTH'],
      [{ name: ' ' }, 'name', 'BASE_TYPE_REQUIRED'],
      [{ name: 'x', permission_overwrites: 'none' }, 'permission_overwrites', 'LIST_TYPE_CONVERT'],
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

describe('a channel of a guild', () => {
  test('is moved between categories and closed to some by users with the permission', async () => {
    const { channel: id, guild, id: ada } = discord.who('Ada')
    await discord.make('Warden', { bot: true, extraPermissions: ['MANAGE_CHANNELS', 'MANAGE_ROLES'] })
    await discord.make('Clerk', { bot: true, extraPermissions: ['MANAGE_CHANNELS'] })
    const change = (body: object, as = 'Warden') => discord.call('PATCH', `/channels/${id}`, { as, body })
    const { parent_id: category } = await get(`/channels/${id}`)
    expect((await change({ parent_id: null })).body.parent_id).to.equal(null)
    expect((await change({ parent_id: id })).body.errors.parent_id._errors[0].code).to.equal('CHANNEL_PARENT_INVALID')
    expect((await change({ parent_id: category })).body.parent_id).to.equal(category)
    expect((await change({ topic: 'gloves' })).body.parent_id).to.equal(category)
    const closed = { permission_overwrites: [{ id: ada, type: 1, deny: '1024' }] }
    expect((await change(closed, 'Clerk')).body.code).to.equal(50013)
    expect((await change(closed)).body.permission_overwrites).to.deep.equal([{ id: ada, type: 1, allow: '0', deny: '1024' }])
    expect(await discord.refusal('GET', `/channels/${id}`)).to.deep.equal([403, 50001])
    await change({ permission_overwrites: [] })
    expect((await get(`/channels/${id}`)).guild_id).to.equal(guild)
  })
})

describe('members', () => {
  test('one by id', async () => {
    const member = await get(`${discord.guild}/members/${discord.who('Ben').id}`)
    expect(member).to.have.all.keys(MEMBER)
    expect(member).to.include({ nick: 'Benny', mute: false, pending: false })
    expect(member.user).to.include.all.keys(USER)
    expect(member.joined_at).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/)
  })

  test('by the beginning of a name, one by default, without a privileged intent', async () => {
    const { username } = discord.who('Ben')
    for (const query of [username.slice(0, 4).toUpperCase(), 'benn', username]) {
      const found = await get(`${discord.guild}/members/search?query=${query}&limit=10`, 'Spy')
      expect(
        found.map(({ user }: { user: { id: string } }) => user.id),
        query,
      ).to.deep.equal([discord.who('Ben').id])
    }
    expect(await get(`${discord.guild}/members/search?query=nobody`)).to.deep.equal([])
    expect(await discord.refusal('GET', `${discord.guild}/members/search`)).to.deep.equal([400, 50035])
    expect(await discord.refusal('GET', `${discord.guild}/members/search?query=b&limit=1001`)).to.deep.equal([400, 50035])
  })

  test('all of them only where the portal allows it, one by default', async () => {
    expect(await discord.refusal('GET', `${discord.guild}/members`, { as: 'Spy' })).to.deep.equal([403, 50001])
    expect(await get(`${discord.guild}/members`)).to.have.length(1)
    const all = await get(`${discord.guild}/members?limit=1000`)
    expect(all.length).to.be.greaterThan(4)
    const after = await get(`${discord.guild}/members?limit=1000&after=${all[1].user.id}`)
    expect(after).to.deep.equal(all.slice(2))
    for (const limit of ['0', '1001', 'x'])
      expect(await discord.refusal('GET', `${discord.guild}/members?limit=${limit}`)).to.deep.equal([400, 50035])
  })
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord, USER } from './support/server'

const UNKNOWN = '123456789012345678'
const discord = ownDiscord({ Ada: {}, Ben: { nick: 'Benny' }, Cleo: {}, Spy: { bot: true, missingIntents: ['GUILD_MEMBERS'] } })

const get = async (path: string, as = 'Ada') => (await discord.call('GET', path, { as })).body

describe('users, applications and guilds', () => {
  test('the bot itself', async () => {
    const { id, username } = discord.who('Ada')
    const me = await get('/users/@me')
    expect(me).to.include.all.keys(USER)
    expect(me).to.include({ id, username, bot: true, mfa_enabled: false, locale: 'en-US', email: null, verified: true })
    expect(me.discriminator).to.equal('0')
  })

  test('another user', async () => {
    const ben = await get(`/users/${discord.who('Ben').id}`)
    expect(ben).to.include.all.keys(USER)
    expect(ben).to.include({ username: discord.who('Ben').username, global_name: 'Ben', discriminator: '0', primary_guild: null })
    expect(ben).not.to.have.any.keys('bot', 'email', 'locale')
  })

  test('the application, under both paths, with the switches of its intents', async () => {
    const { id } = discord.who('Ada')
    for (const path of ['/applications/@me', '/oauth2/applications/@me']) {
      const application = await get(path)
      expect(application).to.include({ id, flags: (1 << 13) | (1 << 15) | (1 << 19), bot_public: true })
      expect(application).to.include({ flags_new: String(application.flags), explicit_content_filter: 0 })
      expect(application.eligible_oauth2_scopes).to.include('bot')
      expect(application).to.include.all.keys(
        'name',
        'icon',
        'description',
        'owner',
        'team',
        'verify_key',
        'bot_require_code_grant',
      )
    }
    expect((await get('/applications/@me', 'Spy')).flags).to.equal((1 << 13) | (1 << 19))
  })

  test('the gateway for bots', async () => {
    const { url, shards, session_start_limit: limit } = await get('/gateway/bot')
    expect([url.slice(0, 5), shards, limit.total, limit.max_concurrency]).to.deep.equal(['ws://', 1, 1_000, 1])
    expect(limit.remaining).to.be.within(1, 1_000)
    expect(limit.reset_after).to.be.a('number')
  })

  test('the guilds it is in, page by page', async () => {
    const { id } = await get(discord.guild)
    const [one] = await get('/users/@me/guilds?with_counts=true')
    expect(one).to.include.all.keys('id', 'name', 'icon', 'banner', 'owner', 'permissions', 'features')
    expect(one).to.include({ id, owner: false, approximate_member_count: 5 })
    expect(one.permissions).to.match(/^\d+$/)
    expect(await get(`/users/@me/guilds?after=${id}`)).to.deep.equal([])
    expect(await get(`/users/@me/guilds?before=${id}&limit=1`)).to.deep.equal([])
    expect(await discord.refusal('GET', '/users/@me/guilds?limit=201')).to.deep.equal([400, 50035])
  })
})

describe('missing and invisible things', () => {
  // DIS-016
  test('have their own codes', async () => {
    for (const [path, code] of [
      [`/users/${UNKNOWN}`, 10013],
      [`/channels/${UNKNOWN}`, 10003],
      [`/guilds/${UNKNOWN}`, 10004],
      [`${discord.guild}/members/${UNKNOWN}`, 10007],
      [`/channels/${discord.who('Ada').channel}/messages/${UNKNOWN}`, 10008],
    ] as const) {
      expect(await discord.refusal('GET', path), path).to.deep.equal([404, code])
    }
  })

  // DIS-017
  test('a channel that the bot may not see is forbidden, not unknown', async () => {
    const { hidden } = discord.who('Ada')
    for (const [method, path] of [
      ['GET', `/channels/${hidden}`],
      ['GET', `/channels/${hidden}/messages`],
      ['POST', `/channels/${hidden}/messages`],
      ['POST', `/channels/${hidden}/typing`],
      ['DELETE', `/channels/${hidden}`],
    ] as const) {
      expect(await discord.refusal(method, path), `${method} ${path}`).to.deep.equal([403, 50001])
    }
  })

  test('things of a guild without the bot are not visible either', async () => {
    const { people } = await discord.callControl('/people', { group: 'elsewhere', people: [{ name: 'Dan' }] })
    expect(await discord.refusal('GET', `/channels/${people.Dan.channel}`)).to.deep.equal([403, 50001])
    expect(await discord.refusal('GET', `/guilds/${people.Dan.guild}`)).to.deep.equal([404, 10004])
  })
})

describe('the own profile', () => {
  test('can be changed within its limits', async () => {
    await discord.make('Vain', { bot: true })
    const change = (body: object) => discord.call('PATCH', '/users/@me', { as: 'Vain', body })
    const { body } = await change({ username: 'vain_bot', avatar: 'data:image/png;base64,iVBORw0KGgo=' })
    expect(`${body.username} ${body.avatar}`).to.match(/^vain_bot [0-9a-f]{32}$/)
    expect((await change({ username: 'v' })).body.errors.username._errors[0].code).to.equal('BASE_TYPE_BAD_LENGTH')
    expect((await change({ avatar: 'nonsense' })).body.code).to.equal(50035)
    expect((await change({ avatar: null })).body.avatar).to.equal(null)
    expect((await change({ username: '  ' })).body.errors.username._errors[0].code).to.equal('BASE_TYPE_REQUIRED')
    expect((await change({ banner: 'nonsense' })).body.errors.banner._errors[0].code).to.equal('IMAGE_INVALID')
    expect((await change({ banner: 'data:image/png;base64,iVBORw0KGgo=' })).body.banner).to.match(/^[0-9a-f]{32}$/)
  })
})

import { after, describe, test } from 'node:test'
import { DiscordAPIError, REST } from '@discordjs/rest'
import { expect } from 'chai'
import { bareDiscord } from './support/server'

const CREATE = 'POST /channels/:id/messages'

describe('rate limits', () => {
  test('every response contains its bucket, and none is used up by default', async () => {
    const discord = await bareDiscord()
    after(() => discord.stop())
    const { headers } = await discord.call('GET', '/users/@me')
    expect(headers.get('x-ratelimit-limit')).to.match(/^\d+$/)
    expect(headers.get('x-ratelimit-remaining')).to.match(/^[1-9]\d*$/)
    expect(headers.get('x-ratelimit-bucket')).to.match(/^\w+$/)
    expect(Number(headers.get('x-ratelimit-reset'))).to.be.closeTo(Date.now() / 1_000, 5)
    expect(Number(headers.get('x-ratelimit-reset-after'))).to.be.within(0, 5)
    for (const [path, as] of [
      ['/channels/123456789012345678', 'Ada'],
      ['/gateway', null],
    ] as const) {
      expect((await discord.call('GET', path, { as })).headers.get('x-ratelimit-limit'), path).to.match(/^\d+$/)
    }
  })

  test('buckets are per route and channel; adding and taking reactions share one', async () => {
    const discord = await bareDiscord({ Ada: {}, Ben: {} })
    after(() => discord.stop())
    const { channel } = discord.who('Ada')
    const { id } = await discord.say('x')
    const bucket = async (method: string, path: string) => (await discord.call(method, path)).headers.get('x-ratelimit-bucket')
    const on = `/channels/${channel}/messages/${id}/reactions/%F0%9F%91%8D/@me`
    expect(await bucket('PUT', on)).to.equal(await bucket('DELETE', on))
    expect(await bucket('GET', `/channels/${channel}`)).not.to.equal(await bucket('GET', `/channels/${channel}/messages`))
  })

  test('users have no separate buckets, unlike guilds and channels', async () => {
    const discord = await bareDiscord({ Ada: {}, Ben: {} }, { limits: true })
    after(() => discord.stop())
    const left = async (path: string) => Number((await discord.call('GET', path)).headers.get('x-ratelimit-remaining'))
    const [one, other] = [await left(`/users/${discord.who('Ada').id}`), await left(`/users/${discord.who('Ben').id}`)]
    expect(other).to.equal(one - 1)
  })

  test('a full bucket gets 429 with the time to wait', async () => {
    const discord = await bareDiscord()
    after(() => discord.stop())
    await discord.callControl('/buckets', { bot: discord.who('Ada').id, on: CREATE, limit: 2, window: 60_000 })
    const path = `/channels/${discord.who('Ada').channel}/messages`
    const answers = [1, 2, 3].map(() => discord.call('POST', path, { body: { content: 'x' } }))
    const [first, second, third] = await Promise.all(answers)
    expect([first?.status, second?.status, third?.status]).to.deep.equal([200, 200, 429])
    expect(second?.headers.get('x-ratelimit-remaining')).to.equal('0')
    expect(third?.body).to.include({ message: 'You are being rate limited.', global: false, code: 0 })
    expect(third?.headers.get('via'), 'by which clients know it from a ban by Cloudflare').to.be.a('string')
    expect(third?.body.retry_after).to.be.within(55, 60)
    expect(Number(third?.headers.get('retry-after'))).to.be.within(55, 60)
    expect(third?.headers.get('x-ratelimit-scope')).to.equal('user')
    expect(third?.headers.get('x-ratelimit-global')).to.equal(null)
    expect((await discord.call('GET', path)).status).to.equal(200)
    expect(await discord.look(`/spent?bot=${discord.who('Ada').id}`)).to.include({ refused: 1 })
  })

  test('with limits on, a bot has 50 requests a second', async () => {
    const discord = await bareDiscord({ Ada: {} }, { limits: true })
    after(() => discord.stop())
    const paths = ['/users/@me', '/gateway/bot', '/applications/@me', `/guilds/${discord.who('Ada').guild}`]
    const answers = await Promise.all(Array.from({ length: 300 }, (_, at) => discord.call('GET', paths[at % 4] ?? '')))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).to.be.greaterThan(0)
    expect(refused[0]?.body.global).to.equal(true)
    expect(refused[0]?.headers.get('x-ratelimit-global')).to.equal('true')
    expect(refused[0]?.headers.get('x-ratelimit-scope')).to.equal('global')
  })

  test('too many direct conversations in a short time are refused with their own code', async () => {
    const names = Array.from({ length: 11 }, (_, at) => `P${at}`)
    const discord = await bareDiscord({ Ada: {}, ...Object.fromEntries(names.map((name) => [name, {}])) }, { limits: true })
    after(() => discord.stop())
    await discord.callControl('/buckets', {
      bot: discord.who('Ada').id,
      on: 'POST /users/@me/channels',
      limit: 100,
      window: 1_000,
    })
    const codes = []
    for (const name of names) {
      codes.push((await discord.refusal('POST', '/users/@me/channels', { body: { recipient_id: discord.who(name).id } }))[1])
    }
    expect(codes).to.deep.equal([...Array(10).fill(undefined), 40003])
  })
})

describe('@discordjs/rest', () => {
  test('sends 200 messages through a bucket of 5 per 100 ms: nothing is lost, no 429 reaches the caller', async () => {
    const discord = await bareDiscord()
    after(() => discord.stop())
    const { id, channel, token } = discord.who('Ada')
    await discord.callControl('/buckets', { bot: id, on: CREATE, limit: 5, window: 100 })
    const rest = new REST({ api: discord.address }).setToken(token)
    const contents = Array.from({ length: 200 }, (_, at) => `glove ${at}`)
    await Promise.all(contents.map((content) => rest.post(`/channels/${channel}/messages`, { body: { content } })))
    expect(await discord.look(`/counts?guild=${discord.who('Ada').guild}`)).to.include({ messages: 200 })
    const kept: string[] = []
    for (let before = ''; kept.length < 200; ) {
      const page = (await rest.get(`/channels/${channel}/messages?limit=100${before}`)) as { id: string; content: string }[]
      if (page.length === 0) break
      kept.push(...page.map(({ content }) => content))
      before = `&before=${page.at(-1)?.id}`
    }
    expect(kept.sort()).to.deep.equal(contents.sort())
  })

  test('waits for an unexpected 429', async () => {
    const discord = await bareDiscord()
    after(() => discord.stop())
    const { id, token } = discord.who('Ada')
    await discord.callControl('/throttle', { bot: id, times: 1, retryAfter: 0.2, scope: 'shared' })
    const rest = new REST({ api: discord.address }).setToken(token)
    expect(await rest.get('/users/@me')).to.include({ id })
    expect(await discord.look(`/spent?bot=${id}`)).to.deep.equal({ calls: 2, refused: 1 })
  })

  test('recognises every refusal', async () => {
    const discord = await bareDiscord()
    after(() => discord.stop())
    const rest = new REST({ api: discord.address }).setToken(discord.who('Ada').token)
    const error = await rest.get('/channels/123456789012345678').catch((caught: unknown) => caught)
    expect(error).to.be.instanceOf(DiscordAPIError)
    expect(error).to.include({ status: 404, code: 10003, message: 'Unknown Channel' })
    const form = rest.post(`/channels/${discord.who('Ada').channel}/messages`, { body: { content: 'x'.repeat(2_001) } })
    const invalid = await form.catch((caught: unknown) => caught)
    expect(String(invalid)).to.match(/content\[BASE_TYPE_MAX_LENGTH\]: Must be 2000 or fewer in length\./)
  })
})

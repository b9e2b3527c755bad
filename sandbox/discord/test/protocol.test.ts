import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareDiscord, ownDiscord } from './support/server'

const discord = ownDiscord()

describe('credentials', () => {
  test('none, a wrong one, one without its scheme and one under another are all 401', async () => {
    const { token } = discord.who('Ada')
    const wrong = [undefined, 'Bot nonsense', token, `Bearer ${token}`, `Bot ${token}x`, 'Bot ']
    for (const authorization of wrong) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
      const { status, body } = await discord.call('GET', '/users/@me', { as: null, headers })
      expect([status, body], String(authorization)).to.deep.equal([401, { message: '401: Unauthorized', code: 0 }])
    }
  })

  test('are checked before anything else', async () => {
    const json = { 'content-type': 'application/json' }
    expect(await discord.refusal('POST', `${discord.channel}/messages`, { as: null, body: '{', headers: json })).to.deep.equal([
      401, 0,
    ])
    expect(await discord.refusal('GET', '/channels/no-id', { as: null })).to.deep.equal([401, 0])
  })

  test('only the address of the gateway is public', async () => {
    const { status, body } = await discord.call('GET', '/gateway', { as: null })
    expect([status, body.url]).to.deep.equal([200, discord.address.replace('http', 'ws').replace('/api', '')])
    expect(await discord.refusal('GET', '/gateway/bot', { as: null })).to.deep.equal([401, 0])
  })

  test('a revoked token is invalid', async () => {
    const { token } = await discord.make('Cleo', { bot: true })
    expect((await discord.call('GET', '/users/@me', { as: 'Cleo' })).status).to.equal(200)
    await discord.callControl('/tokens/revoke', { token })
    expect(await discord.refusal('GET', '/users/@me', { as: 'Cleo' })).to.deep.equal([401, 0])
  })
})

describe('routes', () => {
  for (const [method, path, status, message] of [
    ['GET', '/nowhere', 404, '404: Not Found'],
    ['GET', '/channels', 404, '404: Not Found'],
    ['DELETE', '/users/@me', 405, '405: Method Not Allowed'],
    ['PUT', '/gateway', 405, '405: Method Not Allowed'],
    ['PATCH', '/users/@me/channels', 405, '405: Method Not Allowed'],
  ] as const) {
    test(`${method} ${path} is ${status}`, async () => {
      const answer = await discord.call(method, path)
      expect([answer.status, answer.body]).to.deep.equal([status, { message, code: 0 }])
      expect(answer.headers.get('content-type')).to.equal('application/json')
    })
  }

  test('exist without a version as well, and under no unsupported one', async () => {
    const authorization = `Bot ${discord.who('Ada').token}`
    const status = async (path: string) => (await fetch(`${discord.address}${path}`, { headers: { authorization } })).status
    expect(await status('/users/@me')).to.equal(200)
    expect(await status('/v9/users/@me')).to.equal(200)
    for (const version of ['v5', 'v11']) expect(await status(`/${version}/users/@me`), version).to.equal(400)
  })

  test('the content type is JSON without parameters, because some clients compare all of it', async () => {
    expect((await discord.call('GET', '/users/@me')).headers.get('content-type')).to.equal('application/json')
  })

  test('a 204 has neither body nor content type', async () => {
    const { status, headers } = await discord.call('POST', `${discord.channel}/typing`)
    expect([status, headers.get('content-type')]).to.deep.equal([204, null])
  })
})

describe('bodies', () => {
  const json = { 'content-type': 'application/json' }

  test('that are not JSON are refused as such', async () => {
    for (const body of ['{', 'hello', '{"content":}']) {
      expect(await discord.refusal('POST', `${discord.channel}/messages`, { body, headers: json }), body).to.deep.equal([
        400, 50109,
      ])
    }
  })

  test('that are not an object, or of another type, are invalid forms', async () => {
    const list = await discord.call('POST', `${discord.channel}/messages`, { body: '[]', headers: json })
    expect(list.body.errors._errors[0].code).to.equal('DICT_TYPE_CONVERT')
    const text = await discord.call('POST', `${discord.channel}/messages`, {
      body: 'hi',
      headers: { 'content-type': 'text/plain' },
    })
    expect(text.body.errors._errors[0].code).to.equal('CONTENT_TYPE_INVALID')
  })

  test('may contain numbers instead of strings, even beyond the precision of a double', async () => {
    const original = await discord.say('one red glove')
    const body = `{"content": 42, "message_reference": {"message_id": ${original.id}, "channel_id": ${original.channel_id}}}`
    const { status, body: reply } = await discord.call('POST', `${discord.channel}/messages`, { body, headers: json })
    expect([status, reply.content, reply.message_reference.message_id]).to.deep.equal([200, '42', original.id])
    const direct = await discord.call('POST', '/users/@me/channels', {
      body: `{"recipient_id": ${discord.who('Ben').id}}`,
      headers: json,
    })
    expect(direct.body.recipients[0].id).to.equal(discord.who('Ben').id)
  })

  test('may be a form of single fields', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const { body } = await discord.call('POST', `${discord.channel}/messages`, { body: 'content=one%20red%20glove', headers })
    expect(body.content).to.equal('one red glove')
  })

  test('over 25 MiB are too large', async () => {
    const body = JSON.stringify({ content: 'x'.repeat(26 * 1_024 * 1_024) })
    expect(await discord.refusal('POST', `${discord.channel}/messages`, { body, headers: json })).to.deep.equal([413, 40005])
  })
})

describe('ids', () => {
  test('in a path are snowflakes, or the form is invalid', async () => {
    for (const [path, field] of [
      ['/channels/glove', 'channel_id'],
      ['/users/glove', 'user_id'],
      ['/guilds/glove', 'guild_id'],
      [`${discord.channel}/messages/glove`, 'message_id'],
      ['/channels/99999999999999999999999', 'channel_id'],
    ] as const) {
      const { status, body } = await discord.call('GET', path)
      expect([status, body.code, body.errors[field]._errors[0].code], path).to.deep.equal([400, 50035, 'NUMBER_TYPE_COERCE'])
    }
  })

  test('are strings of 17 to 19 digits that sort by time', async () => {
    const ids = [(await discord.say('a')).id, (await discord.say('b')).id, (await discord.say('c')).id]
    for (const id of [...ids, ...Object.values(discord.who('Ada')).filter((value) => /^\d+$/.test(value))]) {
      expect(id).to.match(/^\d{17,19}$/)
    }
    expect(ids).to.deep.equal([...ids].sort((one, other) => Number(BigInt(one) - BigInt(other))))
    const created = new Date(Number((BigInt(ids[0]) >> 22n) + 1_420_070_400_000n)).toISOString().replace('Z', '000+00:00')
    expect((await discord.call('GET', `${discord.channel}/messages/${ids[0]}`)).body.timestamp).to.equal(created)
  })

  test('repeat under the same seed', async () => {
    const twins = await Promise.all([1, 2].map(() => bareDiscord({ Ada: {} }, { seed: 'glove' })))
    after(() => Promise.all(twins.map((twin) => twin.stop())))
    const [one, other] = twins.map((twin) => twin.who('Ada'))
    expect(one).to.deep.equal(other)
  })
})

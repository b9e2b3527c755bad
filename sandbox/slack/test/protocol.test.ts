import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareSlack, type Manner, ownSlack } from './support/server'

const slack = ownSlack()

describe('encodings', () => {
  for (const how of ['form', 'json', 'query', 'multipart'] as const) {
    test(`a call as ${how} is accepted`, async () => {
      const { status, body } = await slack.call('users.info', { user: slack.ben.userId, include_locale: true }, { how })
      expect([status, body.ok, body.user?.id, body.user?.locale]).to.deep.equal([200, true, slack.ben.userId, 'en-US'])
    })
  }

  test('lists and objects are JSON texts in forms, and lists and objects in JSON', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '*Hello*' } }]
    for (const how of ['form', 'json'] as const) {
      const { message } = await slack.ok('chat.postMessage', { channel: slack.bot.channelId, text: 'Hello', blocks }, { how })
      expect(message.blocks[0].text.text).to.equal('*Hello*')
    }
  })

  const json = { 'content-type': 'application/json' }
  const bodies: [string, string, RequestInit][] = [
    ['invalid_json', 'auth.test', { body: '{', headers: json }],
    ['json_not_object', 'auth.test', { body: '[1]', headers: json }],
    ['invalid_post_type', 'auth.test', { body: 'x', headers: { 'content-type': 'text/plain' } }],
    ['invalid_charset', 'auth.test', { body: '{}', headers: { 'content-type': 'application/json; charset=utf-16' } }],
    ['missing_post_type', 'auth.test', { body: new Uint8Array([1]) }],
    ['invalid_form_data', 'auth.test', { body: 'x', headers: { 'content-type': 'multipart/form-data' } }],
    ['invalid_array_arg', 'users.info', { body: 'user[]=U1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ]
  for (const [error, method, init] of bodies) {
    test(`a body that is ${error}`, async () => {
      const authorization = `Bearer ${slack.bot.botToken}`
      const answer = await fetch(`${slack.address}${method}`, {
        method: 'POST',
        ...init,
        headers: { ...init.headers, authorization },
      })
      expect([answer.status, await answer.json()]).to.deep.equal([200, { ok: false, error }])
    })
  }

  test('JSON without a charset works, with a warning', async () => {
    const { body } = await slack.call('auth.test', {}, { how: 'json', headers: json })
    expect(body).to.include({ ok: true, warning: 'missing_charset' })
    expect(body.response_metadata.warnings).to.deep.equal(['missing_charset'])
  })
})

describe('tokens', () => {
  // SLK-003
  test('none, an invalid one, one of a kind that is not accepted here', async () => {
    const { userToken } = slack.ben
    const { appToken, botToken } = slack.bot
    const cases: [string, string, Manner][] = [
      ['not_authed', 'auth.test', { as: null }],
      ['invalid_auth', 'auth.test', { as: 'xoxb-nobody' }],
      ['not_allowed_token_type', 'apps.connections.open', { as: userToken ?? '' }],
      ['not_allowed_token_type', 'apps.connections.open', { as: botToken ?? '' }],
      ['not_allowed_token_type', 'users.profile.set', { as: botToken ?? '' }],
      ['not_allowed_token_type', 'chat.postMessage', { as: appToken ?? '' }],
      ['invalid_auth', 'apps.connections.open', { as: 'xapp-nobody' }],
    ]
    for (const [error, method, manner] of cases)
      expect(await slack.error(method, {}, manner), `${method} ${error}`).to.equal(error)
  })

  test('a token is accepted in a form, but neither in a query nor in JSON', async () => {
    const token = slack.bot.botToken
    expect((await slack.ok('auth.test', { token }, { as: null })).user_id).to.equal(slack.bot.userId)
    for (const how of ['query', 'json'] as const)
      expect(await slack.error('auth.test', { token }, { as: null, how })).to.equal('not_authed')
  })

  test('revoked, expired and deactivated tokens have different errors', async () => {
    for (const [state, error] of Object.entries({
      revoked: 'token_revoked',
      expired: 'token_expired',
      inactive: 'account_inactive',
    })) {
      const { Ada } = await slack.others({ Ada: {} })
      await slack.callControl('/tokens', { token: Ada?.botToken, state })
      expect(await slack.error('auth.test', {}, { as: Ada?.botToken ?? '' })).to.equal(error)
    }
  })

  test('a missing scope is reported before invalid arguments, with the needed and the provided scopes', async () => {
    const { Ada } = await slack.others({ Ada: { lacks: ['chat:write', 'groups:history'] } })
    const { body, headers } = await slack.call('chat.postMessage', {}, { as: Ada?.botToken ?? '' })
    expect(body).to.include({ ok: false, error: 'missing_scope', needed: 'chat:write' })
    expect(body.provided.split(',')).to.include('channels:read').and.not.include('chat:write')
    expect(headers.get('x-oauth-scopes')).to.equal(body.provided)
    expect(headers.get('x-accepted-oauth-scopes')).to.equal('chat:write')
    expect(headers.get('x-slack-req-id')).to.match(/^\w{32}$/)
  })

  test('the required scope depends on the kind of conversation', async () => {
    const { Ada } = await slack.others({
      Ada: { private: true, lacks: ['groups:history', 'groups:read', 'im:write', 'mpim:write'] },
      Ben: {},
      Cleo: {},
    })
    const as = Ada?.botToken ?? ''
    const needed = async (method: string, args: object): Promise<string> =>
      (await slack.call(method, { ...args }, { as })).body.needed
    expect(await needed('conversations.history', { channel: Ada?.channelId })).to.equal('groups:history')
    expect(await needed('conversations.info', { channel: Ada?.channelId })).to.equal('groups:read')
    expect(await needed('conversations.list', { types: 'public_channel,private_channel' })).to.equal('groups:read')
    expect(await needed('conversations.open', { users: 'U1' })).to.equal('im:write')
    expect(await needed('conversations.open', { users: 'U1,U2' })).to.equal('mpim:write')
  })
})

describe('unknown methods, arguments and things', () => {
  test('an unknown method is named', async () => {
    const { status, body } = await slack.call('chat.shout')
    expect([status, body]).to.deep.equal([200, { ok: false, error: 'unknown_method', req_method: 'chat.shout' }])
  })

  test('a missing argument is named', async () => {
    const { body } = await slack.call('conversations.info')
    expect(body).to.deep.equal({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel'] },
    })
  })

  test('api.test returns its arguments, and fails on request', async () => {
    expect((await slack.call('api.test', { foo: 'bar' }, { as: null })).body).to.deep.equal({ ok: true, args: { foo: 'bar' } })
    expect((await slack.call('api.test', { error: 'my_error' })).body).to.deep.include({ ok: false, error: 'my_error' })
  })

  test('another workspace’s things do not exist', async () => {
    const { Ada } = await slack.others({ Ada: {} })
    const as = Ada?.botToken ?? ''
    expect(await slack.error('conversations.info', { channel: slack.bot.channelId }, { as })).to.equal('channel_not_found')
    expect(await slack.error('users.info', { user: slack.ben.userId }, { as })).to.equal('user_not_found')
  })
})

describe('limits', () => {
  test('429 has Retry-After and the error; other methods are not affected', async () => {
    await slack.callControl('/rate-limits', { token: slack.bot.botToken, method: 'users.info', times: 1, seconds: 7 })
    const { status, headers, body } = await slack.call('users.info', { user: slack.ben.userId })
    expect([status, headers.get('retry-after'), body]).to.deep.equal([429, '7', { ok: false, error: 'ratelimited' }])
    await slack.ok('users.getPresence', { user: slack.ben.userId })
    await slack.ok('users.info', { user: slack.ben.userId })
  })

  test('a message too many may also be refused with status 200', async () => {
    await slack.callControl('/rate-limits', { token: slack.bot.botToken, method: 'chat.postMessage', softly: true })
    expect(await slack.error('chat.postMessage', { channel: slack.bot.channelId, text: 'x' })).to.equal('rate_limited')
  })

  test('any other error can be forced for the next call', async () => {
    const more = { response_metadata: { messages: ['[ERROR] the key is gone'] } }
    await slack.callControl('/refusals', {
      token: slack.bot.botToken,
      method: 'chat.postMessage',
      error: 'ekm_access_denied',
      more,
    })
    const { status, body } = await slack.call('chat.postMessage', { channel: slack.bot.channelId, text: 'x' })
    expect([status, body]).to.deep.equal([200, { ok: false, error: 'ekm_access_denied', ...more }])
    await slack.ok('chat.postMessage', { channel: slack.bot.channelId, text: 'x' })
  })

  test('tiers are counted by method and minute if limits are on', async () => {
    const own = await bareSlack({ Ada: {}, Ben: {} }, { limits: true })
    after(() => own.stop())
    const answers = []
    for (let call = 0; call < 21; call++) answers.push((await own.call('users.list')).status)
    expect(answers.filter((status) => status === 200)).to.have.length(20)
    expect(answers.at(-1)).to.equal(429)
    await own.ok('users.info', { user: own.ben.userId })
    const posts = await Promise.all(
      Array.from({ length: 8 }, (_, at) => own.call('chat.postMessage', { channel: own.bot.channelId, text: `${at}` })),
    )
    expect(posts.some(({ status }) => status === 429)).to.equal(true)
  })

  test('a commercial app outside the Marketplace reads fifteen messages once a minute', async () => {
    const { Ada } = await slack.others({ Ada: { commercial: true } })
    const as = Ada?.botToken ?? ''
    for (let at = 0; at < 20; at++) await slack.ok('chat.postMessage', { channel: Ada?.channelId, text: `${at}` }, { as })
    expect((await slack.ok('conversations.history', { channel: Ada?.channelId, limit: 100 }, { as })).messages).to.have.length(15)
    expect((await slack.call('conversations.history', { channel: Ada?.channelId }, { as })).status).to.equal(429)
  })
})

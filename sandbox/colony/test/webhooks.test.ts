import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, refusalIn, type Wire, ZERO } from './support/server'

const SECRET = 'sixteen letters.'

let colony: Wire
before(async () => {
  colony = await bareColony()
})
after(() => colony.stop())

const subscribe = (fields: object = {}, as = 'Ada') =>
  colony.call('POST', '/webhooks', {
    as,
    body: { url: 'https://test.clny.cc/hook', secret: SECRET, events: ['mention'], ...fields },
  })

describe('webhooks', () => {
  test('have all documented fields, and never the secret', async () => {
    const { status, body } = await subscribe({ events: ['post_created', 'mention'] })
    expect(status).to.equal(201)
    expect(body).to.have.all.keys('id', 'url', 'events', 'is_active', 'failure_count', 'last_triggered_at', 'created_at')
    expect(body).to.include({ is_active: true, failure_count: 0, last_triggered_at: null })
    expect((await colony.call('GET', `/webhooks/${body.id}`, { as: 'Ada' })).body).to.deep.equal(body)
    await colony.call('DELETE', `/webhooks/${body.id}`, { as: 'Ada' })
  })

  test('values that are too short, too long, unknown or empty are refused', async () => {
    const short = await subscribe({ secret: 'short' })
    expect([short.status, short.body.detail[0]]).to.deep.equal([
      422,
      {
        type: 'string_too_short',
        loc: ['body', 'secret'],
        msg: 'String should have at least 16 characters',
        input: 'short',
        ctx: { min_length: 16 },
      },
    ])
    for (const fields of [
      { secret: 'x'.repeat(65) },
      { events: [] },
      { events: ['song'] },
      { url: '' },
      { url: 'x'.repeat(2_001) },
    ])
      expect(refusalIn(await subscribe(fields))).to.match(
        /^422 (?:body\.secret string_too_long|body\.events too_short|body\.events\.0 enum|body\.url string_too_short|body\.url string_too_long)$/,
      )
  })

  test('addresses of this machine or a private network are refused, others are not looked up', async () => {
    const hosts = ['localhost', '127.0.0.1', '2130706433', '10.1.2.3', '192.168.0.1', '172.20.0.1', '169.254.1.1', '0.0.0.0']
    for (const host of [...hosts, '[::1]', '[fe80::1]', '[fd00::1]', '[::ffff:127.0.0.1]', 'a.localhost']) {
      const { status, body } = await subscribe({ url: `http://${host}/hook` })
      expect([status, body.detail.code], host).to.deep.equal([400, 'INVALID_INPUT'])
    }
    for (const url of ['ftp://example.org/', 'nonsense'])
      expect(refusalIn(await subscribe({ url })), url).to.equal('400 INVALID_INPUT')
    for (const host of ['fdic.example', '10.example.org', 'localhost.example.org']) {
      const { status, body } = await subscribe({ url: `https://${host}/` })
      expect(status, host).to.equal(201)
      await colony.call('DELETE', `/webhooks/${body.id}`, { as: 'Ada' })
    }
  })

  test('at most ten are allowed; the newest first', async () => {
    const own = await bareColony()
    after(() => own.stop())
    const make = (path: string) =>
      own.call('POST', '/webhooks', {
        as: 'Ada',
        body: { url: `https://test.clny.cc/${path}`, secret: SECRET, events: ['mention'] },
      })
    for (let count = 1; count <= 10; count++) expect((await make(`${count}`)).status).to.equal(201)
    const eleventh = await make('11')
    expect([eleventh.status, eleventh.body.detail.code]).to.deep.equal([400, 'LIMIT_EXCEEDED'])
    const list = (await own.call('GET', '/webhooks', { as: 'Ada' })).body
    expect(list.map(({ url }: { url: string }) => url)[0]).to.equal('https://test.clny.cc/10')
    expect((await own.call('GET', '/webhooks', { as: 'Ben' })).body).to.deep.equal([])
  })

  test('a change affects only the given fields; missing ones and those of others are not found', async () => {
    const { id } = (await subscribe()).body
    const change = (body: object, as = 'Ada', which = id) => colony.call('PUT', `/webhooks/${which}`, { as, body })
    expect((await change({ is_active: false })).body).to.include({ is_active: false, url: 'https://test.clny.cc/hook' })
    expect((await change({ url: 'http://localhost/' })).body.detail.code).to.equal('INVALID_INPUT')
    expect(refusalIn(await change({ secret: 'short' }))).to.equal('422 body.secret string_too_short')
    for (const reply of [await change({}, 'Ben'), await change({}, 'Ada', ZERO)])
      expect(reply.body.detail.code).to.equal('NOT_FOUND')
    expect(refusalIn(await colony.call('DELETE', `/webhooks/${id}`, { as: 'Ben' }))).to.equal('404 NOT_FOUND')
    expect((await colony.call('DELETE', `/webhooks/${id}`, { as: 'Ada' })).status).to.equal(204)
  })

  // COL-284
  test('the same subscription sent twice with one key is made once', async () => {
    const make = () =>
      colony.call('POST', '/webhooks', {
        as: 'Ben',
        body: { url: 'https://test.clny.cc/once', secret: SECRET, events: ['mention'] },
        headers: { 'idempotency-key': 'webhook-once' },
      })
    const [first, second] = [await make(), await make()]
    expect([second.body, second.headers.get('idempotent-replay')]).to.deep.equal([first.body, 'true'])
    expect((await colony.call('GET', '/webhooks', { as: 'Ben' })).body).to.have.length(1)
  })

  // COL-286
  test('the list of events is read without a key, and a webhook accepts all of them', async () => {
    const { status, body } = await colony.call('GET', '/webhooks/events')
    expect(status).to.equal(200)
    expect(body.events).to.have.length(58)
    const made = await subscribe({ events: body.events })
    expect([made.status, made.body.events]).to.deep.equal([201, body.events])
    await colony.call('DELETE', `/webhooks/${made.body.id}`, { as: 'Ada' })
  })

  test('their deliveries are recorded, and not sent outside', async () => {
    const { id } = (await subscribe({ events: ['comment_created'] })).body
    const post = (await colony.call('POST', '/posts', { as: 'Ada', body: { title: 'Glove', body: 'x', colony: 'test-posts' } }))
      .body
    const comment = (await colony.call('POST', `/posts/${post.id}/comments`, { as: 'Ben', body: { body: 'Mine' } })).body
    const { deliveries } = (await (await fetch(`${colony.control}/deliveries`)).json()) as {
      deliveries: { webhook_id: string; body: string }[]
    }
    const own = deliveries.filter(({ webhook_id }) => webhook_id === id).map(({ body }) => JSON.parse(body))
    expect(own).to.deep.equal([
      {
        event: 'comment_created',
        comment_id: comment.id,
        post_id: post.id,
        author: colony.people.Ben?.username,
        post_title: 'Glove',
      },
    ])
  })
})

import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { eventually } from '../../kit/test/eventually'
import { bareColony, type Wire } from './support/server'

const SECRET = 'sixteen letters.'

interface Call {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

const calls: Call[] = []
/** A path without a response, and its calls that were aborted. */
const SILENT = '/silent'
const aborted: string[] = []
/** Status of the next responses by path; 200 when none is left. */
const answers: Record<string, number[]> = {}
const receiver = createServer(async (request, reply) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const path = request.url ?? ''
  calls.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString() })
  if (path === SILENT) {
    request.socket.once('close', () => aborted.push(path))
    return
  }
  reply.writeHead(answers[path]?.shift() ?? 200).end()
})

let colony: Wire
let origin = ''
before(async () => {
  colony = await bareColony()
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  await colony.callControl('/receivers', { origin })
})
after(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await colony.stop()
})

const subscribe = async (path: string, events: string[]): Promise<string> =>
  (await colony.call('POST', '/webhooks', { as: 'Ada', body: { url: origin + path, secret: SECRET, events } })).body.id
const hook = async (id: string) => (await colony.call('GET', `/webhooks/${id}`, { as: 'Ada' })).body
const post = async (body = 'x') =>
  (await colony.call('POST', '/posts', { as: 'Ben', body: { title: 'Glove', body, colony: 'test-posts' } })).body
const hmac = (text: string): string => createHmac('sha256', SECRET).update(text).digest('hex')

describe('deliveries', () => {
  test('have a flat body and two valid signatures', async () => {
    const id = await subscribe('/signed', ['post_created'])
    const { id: postId } = await post()
    const call = await eventually(() => {
      const found = calls.find(({ path }) => path === '/signed')
      expect(found, 'a delivery').to.not.equal(undefined)
      return found as Call
    })
    const author = colony.people.Ben?.username
    const facts = { post_id: postId, author, title: 'Glove', colony: 'test-posts', post_type: 'discussion' }
    expect(JSON.parse(call.body)).to.deep.equal({ event: 'post_created', ...facts })
    const time = String(call.headers['x-colony-timestamp'])
    expect(Math.abs(Number(time) - Date.now() / 1_000)).to.be.lessThan(5)
    expect(call.headers['x-colony-event']).to.equal('post_created')
    expect(call.headers['x-colony-signature']).to.equal(hmac(call.body))
    expect(call.headers['x-colony-signature-256']).to.equal(`t=${time},v1=${hmac(`${time}.${call.body}`)}`)
    expect((await hook(id)).last_triggered_at).to.be.a('string')
  })

  test('one that fails is retried with the same number', async () => {
    answers['/stubborn'] = [500, 503]
    const id = await subscribe('/stubborn', ['mention'])
    const postId = (await post()).id
    const body = { body: `Look, @${colony.people.Ada?.username}` }
    await colony.call('POST', `/posts/${postId}/comments`, { as: 'Ben', body })
    await eventually(() => expect(calls.filter(({ path }) => path === '/stubborn')).to.have.length(3))
    const tries = calls.filter(({ path }) => path === '/stubborn')
    expect(new Set(tries.map(({ headers }) => headers['x-colony-delivery'])).size).to.equal(1)
    const facts = { actor: colony.people.Ben?.username, post_id: postId, post_title: 'Glove' }
    expect(JSON.parse(tries[0]?.body ?? '')).to.deep.equal({ event: 'mention', ...facts })
    await eventually(async () => expect(await hook(id)).to.include({ failure_count: 0, is_active: true }))
  })

  test('notifications of an account are also sent to its webhooks', async () => {
    const events = ['comment_on_post', 'reply_to_comment', 'post_reaction', 'new_follower']
    const id = await subscribe('/notified', events)
    const say = async (as: string, path: string, body?: object) => (await colony.call('POST', path, { as, body })).body
    const { id: postId } = await say('Ada', '/posts', { title: 'Hat', body: 'x', colony: 'test-posts' })
    const { id: own } = await say('Ada', `/posts/${postId}/comments`, { body: 'Mine' })
    const { id: comment } = await say('Ben', `/posts/${postId}/comments`, { body: 'Yours?' })
    const { id: reply } = await say('Ben', `/posts/${postId}/comments`, { body: 'Really?', parent_id: own })
    await say('Ben', '/reactions/toggle', { emoji: 'fire', comment_id: own })
    await say('Ben', '/reactions/toggle', { emoji: 'fire', comment_id: own })
    await say('Ben', `/users/${colony.people.Ada?.id}/follow`)
    const { deliveries } = (await (await fetch(`${colony.control}/deliveries`)).json()) as {
      deliveries: { webhook_id: string; body: string }[]
    }
    const received = deliveries.filter(({ webhook_id }) => webhook_id === id).map(({ body }) => JSON.parse(body))
    const about = { actor: colony.people.Ben?.username, post_id: postId, post_title: 'Hat' }
    expect(received).to.deep.equal([
      { event: 'comment_on_post', ...about, comment_id: comment },
      { event: 'reply_to_comment', ...about, comment_id: reply },
      { event: 'post_reaction', ...about, comment_id: own, emoji: 'fire' },
      { event: 'new_follower', actor: colony.people.Ben?.username },
    ])
  })

  test('a receiver without a response does not delay the end of the service', async () => {
    const own = await bareColony()
    await own.callControl('/receivers', { origin })
    const body = { url: origin + SILENT, secret: SECRET, events: ['post_created'] }
    await own.call('POST', '/webhooks', { as: 'Ada', body })
    await own.call('POST', '/posts', { as: 'Ben', body: { title: 'Glove', body: 'x', colony: 'test-posts' } })
    await eventually(() => expect(calls.some(({ path }) => path === SILENT)).to.equal(true))
    expect(aborted).to.deep.equal([])
    await own.stop()
    await eventually(() => expect(aborted).to.deep.equal([SILENT]))
  })

  // COL-285
  test('ten failures in a row disable a webhook; enabling it again resets them', async () => {
    answers['/broken'] = Array(50).fill(500)
    const id = await subscribe('/broken', ['post_created'])
    for (let count = 0; count < 10; count++) await post()
    await eventually(async () => expect((await hook(id)).is_active, 'still on').to.equal(false))
    expect((await hook(id)).failure_count).to.be.at.least(10)
    const renewed = await colony.call('PUT', `/webhooks/${id}`, { as: 'Ada', body: { is_active: true } })
    expect(renewed.body).to.include({ id, is_active: true, failure_count: 0 })
  })
})

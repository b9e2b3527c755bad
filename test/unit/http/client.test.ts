import { describe, test } from 'node:test'
import { expect } from 'chai'
import { eventually } from '../../../support/assertions/eventually'
import { UsageError } from '../../../support/config/errors'
import { Redactor } from '../../../support/config/redaction'
import { Agents } from '../../../support/http/agents'
import { Http, type HttpOptions } from '../../../support/http/client'
import { ApiError, ConnectionError, ForeignResponseError } from '../../../support/http/errors'
import { Exchanges } from '../../../support/http/exchanges'
import { serve } from '../../support/server'

type Reply = { status: number; body?: unknown; headers?: Record<string, string> }

/** A service that sends a list of responses in turn, and then repeats the last one. */
async function serviceOf(...replies: Reply[]): Promise<{ origin: string; calls: () => number }> {
  let calls = 0
  const origin = await serve((_request, response) => {
    const reply = replies[Math.min(calls++, replies.length - 1)]
    response.writeHead(reply?.status ?? 200, { 'content-type': 'application/json', ...reply?.headers })
    response.end(typeof reply?.body === 'string' ? reply.body : JSON.stringify(reply?.body ?? {}))
  })
  return { origin, calls: () => calls }
}

const http = (baseURL: string, more: Partial<HttpOptions> = {}): Http =>
  new Http({
    service: 'board',
    baseURL,
    agents: new Agents(),
    exchanges: new Exchanges(new Redactor()),
    retryBudget: { left: 10_000 },
    ...more,
  })

const errorOf = async <E>(call: Promise<unknown>): Promise<E> =>
  call.then(
    () => expect.fail('it passed'),
    (error) => error as E,
  )

describe('http', () => {
  test('a failure names method, path, status, request and a curl line without the token', async () => {
    const { origin } = await serviceOf({ status: 404, body: { detail: 'gone' }, headers: { 'x-request-id': 'req_1' } })
    const authorization = { headers: async () => ({ authorization: 'Bearer very-secret-token' }) }
    const error = await errorOf<ApiError>(http(origin, { authorization }).get('/posts/1', { query: { page: 2 } }))
    expect(error).to.be.instanceOf(ApiError)
    expect(error.message).to.match(/GET \/posts\/1\?page=2 returned 404 \(request req_1\): \{"detail":"gone"\}\n {2}curl -X GET/)
    expect(error.message).to.not.include('very-secret-token')
    expect(error.isRefusal).to.equal(true)
  })

  test('repeated headers are joined, and of a type or a length the first counts', async () => {
    const origin = await serve((_request, response) => {
      response.setHeader('Vary', ['accept', 'origin']).setHeader('Set-Cookie', ['a=1', 'b=2'])
      response.setHeader('Content-Type', ['application/json', 'text/html']).end('{"read":true}')
    })
    const { headers, data } = await http(origin).get('/posts')
    expect(data).to.deep.equal({ read: true })
    expect(headers).to.include({ vary: 'accept, origin', 'set-cookie': 'a=1, b=2', 'content-type': 'application/json' })
  })

  test('a key that cannot be sent in a header is reported as such, and not shown', async () => {
    const { origin, calls } = await serviceOf({ status: 200 })
    const authorization = { headers: async () => ({ authorization: 'Bearer “very-secret”' }) }
    const error = await errorOf<UsageError>(http(origin, { authorization }).get('/posts'))
    expect(error).to.be.instanceOf(UsageError)
    expect(error.message).to.equal(
      'The credential for board (header authorization) holds a character that no HTTP header can carry, such as a typographic quotation mark: copy it again.',
    )
    expect(calls()).to.equal(0)
  })

  test('the curl line contains the request and the names of the credential headers, not their values', async () => {
    const { origin } = await serviceOf({ status: 400 })
    const headers = async () => ({ authorization: 'Basic c2VjcmV0', sessionToken: 'very-secret', 'x-api-key': 'as-secret' })
    const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    const { failure } = await errorOf<ApiError>(http(origin, { authorization: { headers } }).post('/posts', 'a=b&c=it%27s', form))
    expect(failure.curl).to.equal(
      `curl -X POST '${origin}/posts' -H "authorization: Basic $TOKEN" -H "sessionToken: $SESSION_TOKEN" ` +
        `-H "x-api-key: $X_API_KEY" -H 'Content-Type: application/x-www-form-urlencoded' -d 'a=b&c=it%27s'`,
    )
  })

  for (const [announced, idle] of [
    [undefined, 4_000],
    ['timeout=72', 4_000],
    ['timeout=3', 2_000],
  ] as const) {
    test(`a connection is given up before a server does that announces ${announced ?? 'nothing'}`, async () => {
      const keepAlive = announced ? { connection: 'keep-alive', 'keep-alive': announced } : { connection: 'keep-alive' }
      const { origin } = await serviceOf({ status: 200, headers: keepAlive })
      const agents = new Agents()
      await http(origin, { agents }).get('/')
      await eventually(() => expect(Object.values(agents.for(origin).freeSockets)).to.not.have.length(0))
      const [socket] = Object.values(agents.for(origin).freeSockets).flat()
      expect(socket?.timeout).to.equal(idle)
      agents.destroy()
    })
  }

  test('a rate limit is waited out within the scenario’s patience', async () => {
    const { origin, calls } = await serviceOf({ status: 429, headers: { 'retry-after': '0' } }, { status: 200 })
    await http(origin).post('/posts', {})
    expect(calls()).to.equal(2)
  })

  // COL-216
  test('a rate limit beyond the patience is reported at once, with how long to wait', async () => {
    const { origin, calls } = await serviceOf({ status: 429, headers: { 'retry-after': '3600' } })
    const error = await errorOf<ApiError>(http(origin).post('/posts', {}))
    expect(error.failure.retryAfter).to.equal(3_600)
    expect(error.isRefusal).to.equal(false)
    expect(calls()).to.equal(1)
  })

  test('gateway errors are tried twice more, for idempotent calls only', async () => {
    const reading = await serviceOf({ status: 503 })
    await errorOf(http(reading.origin).get('/'))
    expect(reading.calls()).to.equal(3)
    const writing = await serviceOf({ status: 503 })
    await errorOf(http(writing.origin).post('/', {}))
    expect(writing.calls()).to.equal(1)
  })

  test('500 is never tried again', async () => {
    const { origin, calls } = await serviceOf({ status: 500 })
    await errorOf(http(origin).get('/'))
    expect(calls()).to.equal(1)
  })

  test('a 401 renews the credentials once', async () => {
    const { origin, calls } = await serviceOf({ status: 401 })
    let renewed = 0
    const authorization = { headers: async () => ({}), renew: async () => void renewed++ }
    const error = await errorOf<ApiError>(http(origin, { authorization }).get('/'))
    expect(error.status).to.equal(401)
    expect([renewed, calls()]).to.deep.equal([1, 2])
  })

  test('the error for a missing response contains the service and the reason', async () => {
    const error = await errorOf<ConnectionError>(http('http://127.0.0.1:1').get('/'))
    expect(error).to.be.instanceOf(ConnectionError)
    expect(error.message).to.match(/ECONNREFUSED.*board reachable/)
  })

  test('a web page is not the service’s response', async () => {
    const { origin } = await serviceOf({
      status: 200,
      body: '<html>Sign in to the proxy</html>',
      headers: { 'content-type': 'text/html' },
    })
    const error = await errorOf<ForeignResponseError>(http(origin).get('/'))
    expect(error).to.be.instanceOf(ForeignResponseError)
    expect(error.message).to.match(/a web page \(status 200\).*Sign in to the proxy.*proxy/)
  })
})

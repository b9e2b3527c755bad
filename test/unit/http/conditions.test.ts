import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { after, describe, test } from 'node:test'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect } from 'chai'
import { Redactor } from '../../../support/config/redaction'
import { Agents } from '../../../support/http/agents'
import { Http, type HttpRequest } from '../../../support/http/client'
import { ApiError } from '../../../support/http/errors'
import { Exchanges } from '../../../support/http/exchanges'

const JSON_TYPE = { 'content-type': 'application/json' }
const HTML = '<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>'
const BODY = { title: 'Grüße' }
const TEXT = JSON.stringify(BODY)

type Handler = (request: IncomingMessage, response: ServerResponse, call: number) => void

const send =
  (status: number, headers: Record<string, string | number>, body: string | Buffer = ''): Handler =>
  (_request, response) => {
    response.writeHead(status, headers)
    response.end(body)
  }
/** The given handlers in turn, the last one for all calls that follow. */
const inTurn =
  (...handlers: Handler[]): Handler =>
  (request, response, call) =>
    handlers[Math.min(call, handlers.length - 1)]?.(request, response, call)
const page = (status: number, headers: Record<string, string> = {}): Handler =>
  send(status, { 'content-type': 'text/html', server: 'nginx', ...headers }, HTML)
const good = send(200, JSON_TYPE, TEXT)
const coded = (coding: string, body: Buffer): Handler => send(200, { ...JSON_TYPE, 'content-encoding': coding }, body)
const reset: Handler = (request) => request.socket.destroy()
const halfBody: Handler = (_request, response) => {
  response.writeHead(200, { ...JSON_TYPE, 'content-length': 1_000 })
  response.write('{"title":')
  setImmediate(() => response.socket?.destroy())
}
const chunkedByByte: Handler = (_request, response) => {
  response.writeHead(200, JSON_TYPE)
  for (const byte of Buffer.from(TEXT)) response.write(Buffer.from([byte]))
  response.end()
}

interface Condition {
  /** The intermediary between caller and service. */
  when: string
  handler: Handler
  request?: Partial<HttpRequest>
  /** How many calls arrive. */
  calls: number
  /** The result for the caller: data, or an error of this class whose message matches. */
  gets: unknown | { error: string; says: RegExp }
}

const fails = (error: string, says: RegExp) => ({ error, says })

const CONDITIONS: Condition[] = [
  ...[502, 503, 504].map((status) => ({
    when: `${status} as HTML once`,
    handler: inTurn(page(status), good),
    calls: 2,
    gets: BODY,
  })),
  {
    when: '502 as HTML for good',
    handler: page(502),
    calls: 3,
    gets: fails('ApiError', /GET \/it returned 502: 502 Bad Gateway nginx/),
  },
  { when: '502 as JSON', handler: inTurn(send(502, JSON_TYPE, '{}'), good), calls: 2, gets: BODY },
  {
    when: '502 as text',
    handler: inTurn(send(502, { 'content-type': 'text/plain' }, 'bad gateway'), good),
    calls: 2,
    gets: BODY,
  },
  { when: '502 as HTML with a JSON type', handler: inTurn(send(502, JSON_TYPE, HTML), good), calls: 2, gets: BODY },
  {
    when: '502 as HTML to a DELETE',
    handler: inTurn(page(502), send(204, {})),
    request: { method: 'DELETE' },
    calls: 2,
    gets: '',
  },
  {
    when: '502 to a DELETE that had its effect',
    handler: inTurn(page(502), send(404, JSON_TYPE, '{}')),
    request: { method: 'DELETE' },
    calls: 2,
    gets: {},
  },
  {
    when: '502 to a DELETE that is expected to be refused',
    handler: inTurn(page(502), send(404, JSON_TYPE, '{}')),
    request: { method: 'DELETE', expectsRefusal: true },
    calls: 2,
    gets: fails('ApiError', /DELETE \/it returned 404/),
  },
  {
    when: '502 as HTML to a POST',
    handler: page(502),
    request: { method: 'POST' },
    calls: 1,
    gets: fails('ApiError', /returned 502/),
  },
  {
    when: '502 as HTML to a POST with an idempotency key',
    handler: inTurn(page(502), good),
    request: { method: 'POST', idempotent: true },
    calls: 2,
    gets: BODY,
  },
  { when: '429 as HTML, in seconds', handler: inTurn(page(429, { 'retry-after': '0' }), good), calls: 2, gets: BODY },
  {
    when: '429 as HTML, until a date',
    handler: inTurn(
      (_request, response) => page(429, { 'retry-after': new Date(Date.now() + 900).toUTCString() })(_request, response, 0),
      good,
    ),
    calls: 2,
    gets: BODY,
  },
  {
    when: '429 until a date far away',
    handler: page(429, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }),
    calls: 1,
    gets: fails('ApiError', /returned 429/),
  },
  {
    when: '200 as HTML',
    handler: page(200),
    calls: 1,
    gets: fails('ForeignResponseError', /a web page \(status 200\).*any proxy/),
  },
  { when: '404 as HTML', handler: page(404), calls: 1, gets: fails('ForeignResponseError', /a web page \(status 404\)/) },
  { when: '500 as JSON', handler: send(500, JSON_TYPE, '{}'), calls: 1, gets: fails('ApiError', /returned 500/) },
  {
    when: '301 within the origin',
    handler: (request, response) => (request.url === '/it' ? send(301, { location: '/it/' }) : good)(request, response, 0),
    calls: 2,
    gets: BODY,
  },
  {
    when: '301 to another host',
    handler: send(301, { location: 'https://example.test/it' }),
    calls: 1,
    gets: fails(
      'RedirectError',
      /301 to https:\/\/example.test\/it .*Is the base URL current\? Set BOARD_URL to the new address/,
    ),
  },
  {
    when: '308 to a DELETE',
    handler: send(308, { location: '/elsewhere' }),
    request: { method: 'DELETE' },
    calls: 1,
    gets: fails('RedirectError', /308 to http.*only reading calls/),
  },
  {
    when: '302 without a location',
    handler: send(302, {}),
    calls: 1,
    gets: fails('RedirectError', /302 without saying where to/),
  },
  {
    when: 'a circle of redirects',
    handler: send(302, { location: '/it' }),
    calls: 6,
    gets: fails('RedirectError', /more than 5/),
  },
  { when: 'a byte order mark', handler: send(200, JSON_TYPE, `\uFEFF${TEXT}`), calls: 1, gets: BODY },
  {
    when: 'Latin-1',
    handler: send(200, { 'content-type': 'application/json; charset=ISO-8859-1' }, Buffer.from(TEXT, 'latin1')),
    calls: 1,
    gets: BODY,
  },
  { when: 'gzip', handler: coded('gzip', gzipSync(TEXT)), calls: 1, gets: BODY },
  { when: 'GZIP in capitals', handler: coded('GZIP', gzipSync(TEXT)), calls: 1, gets: BODY },
  { when: 'x-gzip', handler: coded('x-gzip', gzipSync(TEXT)), calls: 1, gets: BODY },
  { when: 'deflate', handler: coded('deflate', deflateSync(TEXT)), calls: 1, gets: BODY },
  { when: 'raw deflate', handler: coded('deflate', deflateRawSync(TEXT)), calls: 1, gets: BODY },
  { when: 'br', handler: coded('br', brotliCompressSync(TEXT)), calls: 1, gets: BODY },
  ...(zstdCompressSync ? [{ when: 'zstd', handler: coded('zstd', zstdCompressSync(TEXT)), calls: 1, gets: BODY }] : []),
  { when: 'two codings', handler: coded('gzip, br', brotliCompressSync(gzipSync(TEXT))), calls: 1, gets: BODY },
  { when: 'a coding named for an empty body', handler: send(204, { 'content-encoding': 'gzip' }), calls: 1, gets: '' },
  {
    when: 'an unknown coding',
    handler: coded('lzma', Buffer.from('x')),
    calls: 1,
    gets: fails('UnreadableResponseError', /returned 200 .*content coding "lzma" is unknown/),
  },
  {
    when: 'gzip that ends too early, once',
    handler: inTurn(coded('gzip', gzipSync(TEXT).subarray(0, -8)), good),
    calls: 2,
    gets: BODY,
  },
  {
    when: 'gzip that is none',
    handler: coded('gzip', Buffer.from(TEXT)),
    calls: 1,
    gets: fails('UnreadableResponseError', /it is no gzip data/),
  },
  { when: 'a body cut short, once', handler: inTurn(halfBody, good), calls: 2, gets: BODY },
  {
    when: 'a body cut short for good',
    handler: halfBody,
    calls: 3,
    gets: fails('UnreadableResponseError', /returned 200 .*connection ended before its body did/),
  },
  {
    when: 'JSON that is none',
    handler: send(200, JSON_TYPE, '{"title":'),
    calls: 1,
    gets: fails('UnreadableResponseError', /it is no JSON/),
  },
  { when: 'a content type in capitals', handler: send(200, { 'content-type': 'Application/JSON' }, TEXT), calls: 1, gets: BODY },
  { when: 'a body of chunks', handler: chunkedByByte, calls: 1, gets: BODY },
  { when: 'an empty body', handler: send(200, JSON_TYPE), calls: 1, gets: '' },
  { when: 'a connection reset, once', handler: inTurn(reset, good), calls: 2, gets: BODY },
  {
    when: 'a connection reset for good',
    handler: reset,
    calls: 3,
    gets: fails('ConnectionError', /got no response \(ECONNRESET\)/),
  },
  {
    when: 'a reset to a POST',
    handler: reset,
    request: { method: 'POST' },
    calls: 1,
    gets: fails('ConnectionError', /ECONNRESET/),
  },
  {
    when: 'silence',
    handler: () => undefined,
    request: { timeout: 50 },
    calls: 2,
    gets: fails('ConnectionError', /got no response \(ETIMEDOUT\)/),
  },
]

describe('results for a caller', () => {
  for (const { when, handler, request = {}, calls, gets } of CONDITIONS) {
    test(when, async () => {
      const { origin, count, close } = await serve(handler)
      const agents = new Agents()
      const http = new Http({
        service: 'board',
        baseURL: origin,
        addressVariable: 'BOARD_URL',
        agents,
        exchanges: new Exchanges(new Redactor()),
        retryBudget: { left: 5_000 },
      })
      try {
        const outcome = await http.request({ method: 'GET', path: '/it', ...request }).then(
          ({ data }) => data,
          (error: Error) => error,
        )
        if (isFailure(gets)) {
          expect(outcome).to.be.instanceOf(Error).and.have.property('name', gets.error)
          expect((outcome as Error).message).to.match(gets.says)
        } else expect(outcome).to.deep.equal(gets)
        expect(count(), 'calls').to.equal(calls)
      } finally {
        agents.destroy()
        close()
      }
    })
  }
})

test('a keep-alive connection that its server has closed causes no failure', async () => {
  const sockets: Socket[] = []
  const { origin, close } = await serve((request, response) => {
    sockets.push(request.socket)
    good(request, response, 0)
  })
  const agents = new Agents()
  const exchanges = new Exchanges(new Redactor())
  const http = new Http({ service: 'board', baseURL: origin, agents, exchanges, retryBudget: { left: 0 } })
  await http.get('/it')
  // Closed, but the client's side has not noticed: the next call leaves on it.
  sockets[0]?.resetAndDestroy()
  expect((await http.get('/it')).data).to.deep.equal(BODY)
  agents.destroy()
  close()
})

// CON-609
test('a connection is not used again after a 500, because its server may close it without notice', async () => {
  const crashed = new Set<Socket>()
  const { origin, close } = await serve((request, response, call) => {
    if (crashed.has(request.socket)) return void request.socket.destroy()
    if (call > 0) return good(request, response, 0)
    crashed.add(request.socket)
    response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error')
  })
  const agents = new Agents()
  const exchanges = new Exchanges(new Redactor())
  const http = new Http({ service: 'board', baseURL: origin, agents, exchanges, retryBudget: { left: 0 } })
  const error = await http.post('/it', {}).catch((thrown: unknown) => thrown)
  expect(error).to.be.instanceOf(ApiError).and.nested.include({ 'failure.status': 500, 'failure.body': 'Internal Server Error' })
  // A POST that may not be repeated: on the old connection it would fail.
  expect((await http.post('/it', {})).data).to.deep.equal(BODY)
  agents.destroy()
  close()
})

test('a DELETE whose response was lost on a keep-alive connection is done', async () => {
  const { origin, count, close } = await serve(inTurn(good, reset, send(404, JSON_TYPE, '{}')))
  const agents = new Agents()
  const exchanges = new Exchanges(new Redactor())
  const http = new Http({ service: 'board', baseURL: origin, agents, exchanges, retryBudget: { left: 0 } })
  await http.get('/it')
  expect((await http.delete('/it')).status).to.equal(404)
  expect(count(), 'calls').to.equal(3)
  agents.destroy()
  close()
})

function isFailure(gets: unknown): gets is { error: string; says: RegExp } {
  return typeof gets === 'object' && gets !== null && 'says' in gets
}

const closers: (() => void)[] = []
after(() => {
  for (const close of closers) close()
})

async function serve(handler: Handler): Promise<{ origin: string; count: () => number; close: () => void }> {
  let calls = 0
  const server = createServer((request, response) => {
    request.resume()
    handler(request, response, calls++)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  closers.push(close)
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, count: () => calls, close }
}

import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Shell, shell } from './support/service'

let app: Shell
before(async () => {
  app = await shell()
})

describe('health, readiness, metrics', () => {
  // CON-197, CON-198, CON-199, CON-200
  const routes: [path: string, body: object][] = [
    ['/health', { status: 'healthy' }],
    ['/server/health', { status: 'healthy' }],
    ['/ready', { status: 'ok' }],
    ['/server/ready', { status: 'ok' }],
  ]
  for (const [path, body] of routes) {
    test(path, async () => {
      const answer = await app.ask('GET', path)
      expect([answer.status, answer.body]).to.deep.equal([200, body])
    })
  }

  // CON-521
  test('metrics in the text format of Prometheus', async () => {
    const { status, headers, text } = await app.ask('GET', '/metrics')
    expect([status, headers.get('content-type')]).to.deep.equal([200, 'text/plain; version=0.0.4; charset=utf-8'])
    expect(text).to.match(/^# HELP \w+ .+\n# TYPE \w+ gauge\n\w+ \d/)
  })

  // CON-399
  test('no front end: a page with that message, and 404', async () => {
    const { status, headers, text } = await app.ask('GET', '/')
    expect([status, text]).to.deep.equal([404, '<html><body><h1>UI not available</h1></body></html>'])
    expect(headers.get('content-type')).to.contain('text/html')
  })

  // CON-400
  test('a front end is served', async () => {
    const { status, text } = await (await shell({ app: { page: '<h1>Form</h1>' } })).ask('GET', '/')
    expect([status, text]).to.deep.equal([200, '<h1>Form</h1>'])
  })

  // CON-404
  test('the description of the service', async () => {
    const { info, paths } = (await app.ask('GET', '/openapi.json')).body
    expect(info).to.include({ title: 'Handler Service', version: '1.0.0' })
    expect(Object.keys(paths)).to.include.members([
      '/workflows/v1/auth',
      '/workflows/v1/status/{workflow_id}/{run_id}',
      '/workflows/v1/config/{config_id}',
      '/server/health',
    ])
    expect(Object.keys(paths['/workflows/v1/config/{config_id}'])).to.deep.equal(['get', 'post'])
    const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } })
    expect(paths['/workflows/v1/status/{workflow_id}/{run_id}'].get.parameters).to.deep.equal(
      ['workflow_id', 'run_id'].map(inPath),
    )
    expect(paths).to.not.have.any.keys('/manifest', '/docs', '/openapi.json')
    for (const page of ['/docs', '/redoc', '/docs/oauth2-redirect']) {
      for (const method of ['GET', 'HEAD']) expect((await app.ask(method, page)).status, page).to.equal(200)
    }
  })
})

describe('paths and methods', () => {
  // CON-544
  for (const method of ['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']) {
    test(`${method} where only POST is known: 405`, async () => {
      const { status, headers, body } = await app.ask(method, '/workflows/v1/auth')
      expect([status, headers.get('allow')]).to.deep.equal([405, 'POST'])
      if (method !== 'HEAD') expect(body).to.deep.equal({ detail: 'Method Not Allowed' })
    })
  }

  test('PUT and DELETE on a configuration, HEAD on health: 405', async () => {
    for (const method of ['PUT', 'DELETE']) expect((await app.ask(method, '/workflows/v1/config/a')).status).to.equal(405)
    expect((await app.ask('HEAD', '/server/health')).status).to.equal(405)
    const known = await app.ask('PUT', '/workflows/v1/config/a')
    expect(known.headers.get('allow'), 'what the first of its routes takes').to.equal('GET')
  })

  // CON-545
  test('a trailing slash: 307 to the path without', async () => {
    for (const [method, path] of [
      ['POST', '/workflows/v1/auth'],
      ['GET', '/server/health'],
      ['GET', '/workflows/v1/manifest'],
    ] as const) {
      const { status, headers } = await app.ask(method, `${path}/?a=1`)
      expect([status, headers.get('location')]).to.deep.equal([307, `${app.address}${path}?a=1`])
    }
  })

  // CON-563, CON-550
  for (const path of [
    '/workflows/v1/nothing',
    '/workflows/v2/auth',
    '/workflows/v1/extract',
    '/workflows/v1/mine',
    '/nothing/',
    '/workflows/v1/configmap/',
    '/workflows/v1/result/',
    '/workflows/v1/status//x',
    '/events/v1/event/',
  ]) {
    test(`${path}: 404`, async () => {
      for (const method of ['GET', 'POST']) {
        const { status, body } = await app.ask(method, path)
        expect([status, body]).to.deep.equal([404, { detail: 'Not Found' }])
      }
    })
  }

  test('JSON has no charset; invalid escapes are literal; the last of repeated parameters counts', async () => {
    expect((await app.ask('GET', '/health')).headers.get('content-type')).to.equal('application/json')
    const odd = await app.ask('GET', '/workflows/v1/config/%ZZ%FF')
    expect([odd.status, odd.body.detail[0].input]).to.deep.equal([422, '%ZZ\ufffd'])
    expect((await app.ask('GET', `/workflows/v1/config/${'a'.repeat(5_000)}`)).status).to.equal(422)
    expect((await app.ask('GET', '/workflows/v1/config/a?type=b.c&type=ok')).status).to.equal(404)
  })

  test('no cross-origin or request id headers', async () => {
    const { headers } = await app.ask('GET', '/health', undefined, { origin: 'http://elsewhere.example' })
    expect(headers.get('access-control-allow-origin')).to.equal(null)
    expect(headers.get('x-request-id')).to.equal(null)
  })
})

describe('bodies that are not JSON objects', () => {
  let former: Shell
  before(async () => {
    former = await shell({ dialect: '3.28.3' })
  })

  const routes = ['/auth', '/check', '/metadata', '/start', '/dev/local-vault']
  const bodies: [what: string, body: string | Buffer | undefined][] = [
    ['malformed JSON', '{"a":'],
    ['a list', '[1]'],
    ['a text', '"text"'],
    ['null', 'null'],
    ['nothing', undefined],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ]
  // CON-532
  for (const route of routes) {
    for (const [what, body] of bodies) {
      test(`${route} with ${what}: a plain 500`, async () => {
        const { status, headers, text } = await former.post(route, body)
        expect([status, text]).to.deep.equal([500, 'Internal Server Error'])
        expect(headers.get('content-type')).to.match(/^text\/plain/)
      })
    }
  }

  test('a byte order mark is accepted', async () => {
    expect((await app.post('/auth', '\ufeff{}')).status).to.equal(200)
  })

  // CON-543
  for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'no type at all']) {
    test(`${type} does not matter where it is JSON`, async () => {
      for (const path of ['/auth', '/check', '/metadata', '/start', '/config/typed', '/dev/local-vault']) {
        const { status } = await app.ask('POST', `/workflows/v1${path}`, '{}', { 'content-type': type })
        expect(status, path).to.equal(200)
      }
    })
  }
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownPod } from './support/server'

const wire = ownPod()

describe('the agent', () => {
  test('returns its version and health without a session, and echoes with one', async () => {
    const info = await wire().call('GET', '/agent/v1/info', { as: null })
    expect(info.body.version).to.match(/^Agent-\d+\.\d+/)
    expect(info.body).to.include.keys('commitId', 'date', 'server', 'proxies', 'instanceId')
    expect((await wire().call('GET', '/agent/v3/health', { as: null })).body).to.deep.equal({ status: 'UP' })
    expect((await wire().call('GET', '/agent/v3/health/extended', { as: null })).body.services).to.include.keys('pod', 'datafeed')
    const body = { message: 'Hello' }
    expect((await wire().call('POST', '/agent/v1/util/echo', { body })).body).to.deep.equal(body)
    expect((await wire().call('POST', '/agent/v1/util/echo', { as: null, body })).status).to.equal(401)
  })

  test('every refusal has the same body, whatever the path', async () => {
    for (const [path, status] of [
      [`/agent/v4/stream/${'x'.repeat(600)}/message?since=0`, 400],
      ['/agent/v4/stream/%E0%A4%A/message?since=0', 400],
      ['/agent/v1/message/%E0%A4%A', 400],
    ] as const) {
      const { status: got, body } = await wire().call('GET', path)
      expect([got, Object.keys(body).sort(), body.code], path).to.deep.equal([status, ['code', 'message'], status])
    }
    expect((await wire().call('GET', `/agent/v1/message/${'x'.repeat(600)}`)).status, 'an unknown id').to.equal(204)
  })

  test('a path with a wrong method lists its methods', async () => {
    for (const [method, path, allow] of [
      ['GET', '/pod/v3/room/create', 'POST'],
      ['DELETE', '/pod/v2/sessioninfo', 'GET, HEAD'],
      ['PUT', '/agent/v5/datafeeds', 'GET, HEAD, POST'],
      ['GET', '/login/pubkey/authenticate', 'POST'],
      ['POST', '/agent/v5/datafeeds/x', 'DELETE'],
    ] as const) {
      const { status, body, headers } = await wire().call(method, path)
      expect([status, body, headers.get('allow')], `${method} ${path}`).to.deep.equal([
        ...[405, { code: 405, message: 'Method Not Allowed' }],
        allow,
      ])
    }
  })

  test('an unknown path is 404, and a body that is not JSON 400', async () => {
    expect((await wire().call('GET', '/agent/v9/nothing')).body).to.deep.equal({ code: 404, message: 'Not Found' })
    const headers = { 'content-type': 'application/json' }
    const { status, body } = await wire().call('POST', '/pod/v3/room/search', { headers, body: undefined })
    expect([status, body.code], 'empty').to.deep.equal([400, 400])
  })
})

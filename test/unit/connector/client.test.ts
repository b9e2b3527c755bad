import type { IncomingMessage } from 'node:http'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ApiError, ConnectionError } from '../../../support/core/errors'
import { ConnectorClient, wireOf } from '../../../support/services/connector/client'
import { portable, preflightOf } from '../../../support/services/connector/dialects'
import { judge } from '../../../support/services/connector/http'
import { referenced } from '../../../support/services/connector/provisioning'
import { laidOver, withStatus } from '../../../support/services/connector/tasks-calls'
import { accessTo } from '../../support/access'
import { serve } from '../../support/server'

interface Seen {
  path: string
  body: unknown
}

async function read(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? undefined : JSON.parse(text)
}

/** A client of a server that answers as told, and what it was sent. */
async function answering(
  answer: (path: string) => [status: number, body: unknown],
): Promise<{ client: ConnectorClient; seen: Seen[] }> {
  const seen: Seen[] = []
  const origin = await serve(async (request, response) => {
    seen.push({ path: request.url ?? '', body: await read(request) })
    const [status, body] = answer(request.url ?? '')
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  return { client: ConnectorClient.of(accessTo(origin, {}).access), seen }
}

const GUID = 'a'.repeat(32)
const CREDENTIALS = { host: 'h', password: 'hunter2' }
const provisioned = { success: true, data: { credential_guid: GUID }, message: 'm' }

const failureOf = async (work: () => Promise<unknown>): Promise<Error> => {
  try {
    await work()
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not fail')
}

describe('credentials of a run', () => {
  // CON-078
  test('go to the vault; the run gets their guid alone', async () => {
    const { client, seen } = await answering(() => [200, provisioned])
    const given = await referenced(
      { kept: 1 },
      () => client.provision(CREDENTIALS),
      () => CREDENTIALS,
    )
    expect(given).to.deep.equal({ credential_guid: GUID })
    expect(seen).to.deep.equal([{ path: '/workflows/v1/dev/local-vault', body: CREDENTIALS }])
  })

  // CON-079
  test('are not asked for where a guid is given', async () => {
    const { client, seen } = await answering(() => [200, provisioned])
    expect(
      await referenced(
        { credential_guid: 'g' },
        () => client.provision(CREDENTIALS),
        () => CREDENTIALS,
      ),
    ).to.deep.equal({})
    expect(seen).to.deep.equal([])
  })

  // CON-085
  test('are sent as pairs where the vault is closed', async () => {
    const { client } = await answering(() => [403, { detail: 'Dev-only endpoint' }])
    expect(
      await referenced(
        {},
        () => client.provision(CREDENTIALS),
        () => CREDENTIALS,
      ),
    ).to.deep.equal({
      credentials: [
        { key: 'host', value: 'h' },
        { key: 'password', value: 'hunter2' },
      ],
    })
  })

  // CON-080
  test('an answer without a guid is a broken promise', async () => {
    const { client } = await answering(() => [200, { success: true, data: {} }])
    expect((await failureOf(() => client.provision(CREDENTIALS))).message).to.contain('credential_guid')
  })

  // CON-083, CON-084
  test('a vault that breaks is named with its status, and without what it said', async () => {
    const { client } = await answering(() => [500, { echo: 'what it was sent' }])
    const error = await failureOf(() =>
      referenced(
        {},
        () => client.provision(CREDENTIALS),
        () => CREDENTIALS,
      ),
    )
    expect(error).to.be.instanceOf(ApiError)
    expect(error.message)
      .to.match(/local-vault answered 500/)
      .and.not.contain('what it was sent')
      .and.not.contain('hunter2')
  })

  // CON-081, CON-082, CON-173
  test('a vault that cannot be reached, or keeps silent', async () => {
    const nobody = ConnectorClient.of(accessTo('http://127.0.0.1:1', {}).access)
    const refused = await failureOf(() =>
      referenced(
        {},
        () => nobody.provision(CREDENTIALS),
        () => CREDENTIALS,
      ),
    )
    expect(refused).to.be.instanceOf(ConnectionError)
    expect(refused.message).to.match(/local-vault got no answer \(ECONNREFUSED\)/)
    const silent = await serve(() => undefined)
    const late = await failureOf(() => ConnectorClient.of(accessTo(silent, {}).access, 50).provision(CREDENTIALS))
    expect(late).to.be.instanceOf(ConnectionError)
    expect(late.message).to.contain('ETIMEDOUT')
  })
})

describe('what goes over the wire', () => {
  const input = {
    credentials: { host: 'h' },
    metadata: { a: 1 },
    connection: { c: 1 },
    checks_to_run: ['x'],
    timeout_seconds: 60,
    object_filter: 'f',
  }
  const credentials = [{ key: 'host', value: 'h' }]

  // CON-157, CON-158, CON-159
  test('each API gets what is its own', () => {
    expect(wireOf('auth', input)).to.deep.equal({ credentials })
    expect(wireOf('metadata', input)).to.deep.equal({ credentials, object_filter: 'f' })
    expect(wireOf('preflight', input)).to.deep.equal({ credentials, connection_config: { a: 1 }, checks_to_run: ['x'] })
    expect(wireOf('preflight', { ...input, timeout_seconds: 5, connection_config: { b: 2 } })).to.deep.equal({
      credentials,
      connection_config: { b: 2 },
      checks_to_run: ['x'],
      timeout_seconds: 5,
    })
    expect(wireOf('workflow', input)).to.include.keys('metadata', 'connection').and.not.include.keys('credentials')
  })

  // CON-152, CON-153
  test('rows of a scenario are laid over the owner’s input', () => {
    const whole = laidOver(input, [
      ['credentials.password', 'wrong'],
      ['metadata.databases', '["d"]'],
      ['connection', 'nothing'],
      ['credentials.host', '"7"'],
    ])
    expect(whole.credentials).to.deep.equal({ host: '7', password: 'wrong' })
    expect(whole.metadata).to.deep.equal({ a: 1, databases: ['d'] })
    expect(whole).to.not.have.property('connection')
    expect(laidOver(input, [['credentials', '{}']]).credentials).to.deep.equal({})
    expect(input.credentials).to.deep.equal({ host: 'h' })
  })

  // CON-057
  test('thirty seconds a call unless the scenario or CONNECTOR_TIMEOUT says otherwise', async () => {
    const silent = await serve(() => undefined)
    const { access } = accessTo(silent, {})
    const hasty = { ...access, setting: (name: string) => (name === 'CONNECTOR_TIMEOUT' ? '0.05' : undefined) }
    const started = Date.now()
    expect((await failureOf(() => ConnectorClient.of(hasty).post('/auth', {}))).message).to.contain('ETIMEDOUT')
    expect(Date.now() - started).to.be.lessThan(5_000)
  })
})

describe('what comes back', () => {
  const sdk = {
    success: true,
    data: { x: { success: true, message: 'M' } },
    preflight: { status: 'ready', checks: [{ name: 'x', passed: true, message: 'M' }] },
  }
  const doc = { success: true, data: { status: 'ready', checks: [{ name: 'x', passed: true, message: 'M' }] } }
  const between = { success: true, data: { x: { success: true, message: 'M' }, y: { success: false, message: 'N' } } }

  test('verdict and checks of a preflight, whichever release answers', () => {
    const checks = [{ name: 'x', passed: true, message: 'M' }]
    expect(preflightOf(sdk)).to.deep.equal({ status: 'ready', checks })
    expect(preflightOf(doc)).to.deep.equal({ status: 'ready', checks })
    expect(preflightOf(between)).to.deep.equal({
      status: 'partial',
      checks: [...checks, { name: 'y', passed: false, message: 'N' }],
    })
    expect(() => preflightOf({ preflight: { status: 'fine', checks: [] } })).to.throw('status')
  })

  test('a table may name either place', () => {
    for (const answer of [sdk, doc]) {
      const read = portable(answer) as {
        data: { status: string; checks: unknown[] }
        preflight: { status: string; checks: unknown[] }
      }
      for (const place of [read.data, read.preflight]) expect([place.status, place.checks.length]).to.deep.equal(['ready', 1])
    }
    expect(portable(between)).to.equal(between)
    expect(portable([1])).to.deep.equal([1])
  })

  // CON-172, CON-174
  test('the status is part of the document; what is no object is told in part', () => {
    expect(withStatus({ success: true }, 200)).to.deep.equal({ _http_status: 200, success: true })
    expect(withStatus({ _http_status: 7 }, 200)).to.deep.equal({ _http_status: 7 })
    expect(withStatus('x'.repeat(600), 500)).to.deep.equal({
      _http_status: 500,
      error: { code: 'INVALID_RESPONSE', message: 'the answer is no JSON object', body: 'x'.repeat(500) },
    })
  })

  test('a login that failed is a refusal, also where its status is 200', () => {
    const failed = { success: false, data: { status: 'failed', identities: [] }, message: 'No.' }
    for (const status of [200, 401]) {
      expect(judge({ status, headers: {}, data: failed })).to.deep.include({ status, code: 'failed', says: 'No.' })
    }
    expect(judge({ status: 401, headers: {}, data: { detail: 'SQL client authentication failed' } })?.says).to.contain('SQL')
    expect(judge({ status: 200, headers: {}, data: { success: false, data: { status: 'failed', workflow_id: 'w' } } })).to.equal(
      undefined,
    )
  })

  // CON-182
  test('a start without ids is a broken promise', async () => {
    const { client } = await answering(() => [200, { success: true, data: { workflow_id: '' } }])
    expect((await failureOf(() => client.start('/start', {}))).message).to.match(/data\.workflow_id.*data\.run_id/)
  })
})

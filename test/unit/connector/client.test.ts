import type { IncomingMessage } from 'node:http'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ApiError, ConnectionError } from '../../../support/core/errors'
import { ConnectorClient } from '../../../support/services/connector/client'
import { referenced } from '../../../support/services/connector/provisioning'
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

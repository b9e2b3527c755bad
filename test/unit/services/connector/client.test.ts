import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ApiError, ConnectionError } from '../../../../support/http/errors'
import { ConnectorClient } from '../../../../support/services/connector/client'
import type { Fields } from '../../../../support/services/connector/credentials'
import { referenced } from '../../../../support/services/connector/provisioning'
import { accessTo } from '../../../support/access'
import { answering, failureOf } from '../../../support/connector-client'
import { serve } from '../../../support/server'

const GUID = 'a'.repeat(32)
const CREDENTIALS = { host: 'h', password: 'hunter2' }
const provisioned = { success: true, data: { credential_guid: GUID }, message: 'm' }

const put = (client: ConnectorClient, given: Fields = {}) =>
  referenced(
    given,
    () => client.provision(CREDENTIALS),
    () => CREDENTIALS,
  )

describe('credentials of a run', () => {
  // CON-078
  test('go to the vault; the run gets their guid alone', async () => {
    const { client, seen } = await answering(() => [200, provisioned])
    const given = await put(client, { kept: 1 })
    expect(given).to.deep.equal({ credential_guid: GUID })
    expect(seen).to.deep.equal([{ path: '/workflows/v1/dev/local-vault', body: CREDENTIALS }])
  })

  // CON-079
  test('are not asked for where a guid is given', async () => {
    const { client, seen } = await answering(() => [200, provisioned])
    expect(await put(client, { credential_guid: 'g' })).to.deep.equal({})
    expect(seen).to.deep.equal([])
  })

  // CON-085
  test('are sent as pairs where the vault is closed', async () => {
    const { client } = await answering(() => [403, { detail: 'Dev-only endpoint' }])
    expect(await put(client)).to.deep.equal({
      credentials: [
        { key: 'host', value: 'h' },
        { key: 'password', value: 'hunter2' },
      ],
    })
  })

  // CON-080
  test('a response without a guid is a contract violation', async () => {
    const { client } = await answering(() => [200, { success: true, data: {} }])
    expect((await failureOf(() => client.provision(CREDENTIALS))).message).to.contain('credential_guid')
  })

  // CON-083, CON-084
  test('a failure of the vault is reported with its status, and without its body', async () => {
    const { client } = await answering(() => [500, { echo: 'what it was sent' }])
    const error = await failureOf(() => put(client))
    expect(error).to.be.instanceOf(ApiError)
    expect(error.message)
      .to.match(/local-vault returned 500/)
      .and.not.contain('what it was sent')
      .and.not.contain('hunter2')
  })

  // CON-081, CON-082, CON-173
  test('a vault that cannot be reached, or keeps silent', async () => {
    const unreachable = ConnectorClient.of(accessTo('http://127.0.0.1:1', {}).access)
    const refused = await failureOf(() => put(unreachable))
    expect(refused).to.be.instanceOf(ConnectionError)
    expect(refused.message).to.match(/local-vault got no response \(ECONNREFUSED\)/)
    const silent = await serve(() => undefined)
    const slow = {
      ...accessTo(silent, {}).access,
      setting: (name: string) => (name === 'CONNECTOR_TIMEOUT' ? '0.05' : undefined),
    }
    const late = await failureOf(() => ConnectorClient.of(slow).provision(CREDENTIALS))
    expect(late).to.be.instanceOf(ConnectionError)
    expect(late.message).to.contain('ETIMEDOUT')
    const cut = ConnectorClient.of(accessTo(await serve((request) => request.socket.destroy()), {}).access)
    const lost = await failureOf(() => put(cut))
    expect(lost).to.be.instanceOf(ConnectionError)
    expect(lost.message).to.match(/local-vault got no response \(ECONNRESET\)/)
  })
})

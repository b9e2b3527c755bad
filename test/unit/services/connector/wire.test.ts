import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ConnectorClient, wireOf } from '../../../../support/services/connector/client'
import { laidOver } from '../../../../support/services/connector/input'
import { accessTo } from '../../../support/access'
import { serve } from '../../../support/server'

const failureOf = async (work: () => Promise<unknown>): Promise<Error> => {
  try {
    await work()
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not fail')
}

describe('requests of each API', () => {
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
  test('each API receives its own fields', () => {
    expect(wireOf('auth', input)).to.deep.equal({ credentials })
    expect(wireOf('metadata', input)).to.deep.equal({ credentials, object_filter: 'f' })
    expect(wireOf('preflight', input)).to.deep.equal({ credentials, connection_config: { a: 1 }, checks_to_run: ['x'] })
    expect(wireOf('preflight', { ...input, timeout_seconds: 5, connection_config: { b: 2 } })).to.deep.equal({
      credentials,
      connection_config: { b: 2 },
      checks_to_run: ['x'],
      timeout_seconds: 5,
    })
    const { credentials: _credentials, ...rest } = input
    expect(wireOf('workflow', input)).to.deep.equal(rest)
  })

  // CON-681
  test('the entrypoint of a scenario is in no body of the other APIs', () => {
    for (const api of ['auth', 'metadata', 'preflight'] as const)
      expect(wireOf(api, { ...input, entrypoint: 'mine' }), api).to.not.have.property('entrypoint')
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
  test('thirty seconds per call unless given by the scenario or CONNECTOR_TIMEOUT', async () => {
    const silent = await serve(() => undefined)
    const { access } = accessTo(silent, {})
    const hasty = { ...access, setting: (name: string) => (name === 'CONNECTOR_TIMEOUT' ? '0.05' : undefined) }
    const started = Date.now()
    expect((await failureOf(() => ConnectorClient.of(hasty).post('/auth', {}))).message).to.contain('ETIMEDOUT')
    expect(Date.now() - started).to.be.lessThan(25_000)
  })

  test('without a setting a call ends after thirty seconds, and not before', async ({ mock }) => {
    const arrived = Promise.withResolvers<void>()
    const silent = await serve(() => arrived.resolve())
    mock.timers.enable({ apis: ['setTimeout'] })
    let ended = false
    const call = failureOf(() => ConnectorClient.of(accessTo(silent, {}).access).post('/start', {})).finally(() => {
      ended = true
    })
    await arrived.promise
    mock.timers.tick(29_999)
    await new Promise((resolve) => setImmediate(resolve))
    expect(ended).to.equal(false)
    mock.timers.tick(1)
    expect((await call).message).to.contain('ETIMEDOUT')
  })
})

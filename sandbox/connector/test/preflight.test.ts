import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { PreflightOutput } from '../service/app'
import { AppError } from '../service/errors'
import type { Dialect } from '../service/route'
import { shell } from './support/service'

const asked = async (output: PreflightOutput, dialect: Dialect = '3.28.3') =>
  (await shell({ handler: { check: async () => output }, dialect })).post('/check', {})

describe('the response of a preflight', () => {
  // CON-213, CON-229
  test('no checks: no success, but a verdict, and nothing that blocks', async () => {
    const { status, body } = await asked({ status: 'ready', message: 'Nothing to check' })
    expect([status, body]).to.deep.equal([
      200,
      {
        success: false,
        data: {},
        message: 'Nothing to check',
        preflight: { status: 'ready', message: 'Nothing to check', total_duration_ms: 0, checks: [] },
      },
    ])
    // CON-498
    expect(JSON.stringify(body)).to.not.contain('should_block')
  })

  // CON-214
  test('no handler at all', async () => {
    const { status, body } = await (await shell()).post('/check', {})
    const message = 'No preflight handler registered'
    expect([status, body]).to.deep.equal([
      200,
      { success: false, data: {}, message, preflight: { status: 'ready', message, total_duration_ms: 0, checks: [] } },
    ])
  })

  // CON-221, CON-226
  test('a check that passes', async () => {
    const { text } = await asked({
      status: 'ready',
      totalDurationMs: 3,
      checks: [
        {
          name: 'DatabaseSchemaCheck',
          passed: true,
          message: 'M',
          durationMs: 1.5,
          error: new AppError('AUTH', 'not looked at'),
        },
      ],
    })
    expect(text).to.equal(
      '{"success":true,"data":{"databaseSchemaCheck":{"success":true,"message":"M","successMessage":"M","failureMessage":""}},"message":"Preflight check ready","preflight":{"status":"ready","message":"","total_duration_ms":3,"checks":[{"name":"DatabaseSchemaCheck","passed":true,"message":"M","duration_ms":1.5}]}}',
    )
  })

  // CON-222, CON-223, CON-227, CON-231
  test('a check that fails with its own message', async () => {
    const { status, body } = await asked({
      status: 'not_ready',
      checks: [{ name: 'tablesCheck', passed: false, message: 'no tables' }],
    })
    expect(status).to.equal(200)
    expect(body.success).to.equal(true)
    expect(body.data).to.deep.equal({
      tablesCheck: { success: false, message: 'no tables', successMessage: '', failureMessage: 'no tables' },
    })
    expect(body.preflight.status).to.equal('not_ready')
    expect(body.preflight.checks[0]).to.deep.equal({ name: 'tablesCheck', passed: false, message: 'no tables', duration_ms: 0 })
  })

  // CON-230, CON-496, CON-497
  test('the message of a failed check is that of its error', async () => {
    const error = new AppError('AUTH', 'login failed', {
      suggestedAction: 'Check the password',
      evidence: { auth_method: 'basic', principal: null, failure_reason: null },
    })
    const { body } = await asked({ status: 'not_ready', checks: [{ name: 'tablesCheck', passed: false, message: 'M', error }] })
    expect(body.data.tablesCheck).to.include({ message: 'login failed', failureMessage: 'login failed', successMessage: '' })
    expect(body.preflight.checks[0]).to.deep.equal({
      name: 'tablesCheck',
      passed: false,
      message: 'login failed',
      error: {
        category: 'AUTH',
        code: 'AUTH',
        retryable: false,
        audience: 'USER',
        message: 'login failed',
        suggested_action: 'Check the password',
        evidence: { auth_method: 'basic', principal: null, failure_reason: null },
      },
      duration_ms: 0,
      suggested_action: 'Check the password',
    })
  })

  // CON-224, CON-228, CON-494
  test('several checks separately; partly ready is also a success', async () => {
    const checks = [
      { name: 'A b', passed: true, message: 'one' },
      { name: 'C', passed: false, message: 'two' },
    ]
    const { body } = await asked({ status: 'partial', checks })
    expect([body.success, body.message, body.preflight.status]).to.deep.equal([true, 'Preflight check partial', 'partial'])
    expect(Object.keys(body.data)).to.deep.equal(['a b', 'c'])
    expect(body.data).to.deep.equal({
      'a b': { success: true, message: 'one', successMessage: 'one', failureMessage: '' },
      c: { success: false, message: 'two', successMessage: '', failureMessage: 'two' },
    })
    expect(body.preflight.checks).to.deep.equal(checks.map((check) => ({ ...check, duration_ms: 0 })))
  })

  // CON-225, CON-495
  test('a check without a result has not passed, and has three empty texts', async () => {
    const { body } = await asked({ status: 'not_ready', checks: [{ name: 'x' }] })
    expect(body.data.x).to.deep.equal({ success: false, message: '', successMessage: '', failureMessage: '' })
    expect(body.preflight.checks).to.deep.equal([{ name: 'x', passed: false, message: '', duration_ms: 0 }])
  })

  test('two checks with the same key: the later one is shown there', async () => {
    const { body } = await asked({
      status: 'ready',
      checks: [
        { name: 'Same', passed: false },
        { name: 'same', passed: true },
      ],
    })
    expect([Object.keys(body.data), body.data.same.success]).to.deep.equal([['same'], true])
    expect(body.preflight.checks).to.have.length(2)
  })

  // CON-215
  test('an invalid output, or an exception, is an internal error', async () => {
    const invalid = [{ status: 'ready', checks: [{ name: '' }] }, { status: 'fine' }, { status: 'pending' }, { message: 'none' }]
    const raising = await shell({ dialect: '3.28.3', handler: { check: () => Promise.reject(new Error('secret')) } })
    for (const { status, body } of [
      ...(await Promise.all(invalid.map((output) => asked(output as PreflightOutput)))),
      await raising.post('/check', {}),
    ])
      expect([status, body]).to.deep.equal([500, { detail: 'Internal server error' }])
  })

  test('in the older documented form: verdict and checks in data, and always a success', async () => {
    const checks = [{ name: 'x', passed: true, message: 'M', durationMs: 2 }, { name: 'y' }]
    const { body } = await asked({ status: 'ready', checks }, 'doc')
    expect(body.success).to.equal(true)
    expect(body).to.not.have.property('preflight')
    expect(body.data).to.deep.equal({
      status: 'ready',
      checks: [
        { name: 'x', passed: true, message: 'M', duration_ms: 2 },
        { name: 'y', passed: false, message: '', duration_ms: 0 },
      ],
      message: '',
      total_duration_ms: 0,
    })
    expect((await asked({ status: 'not_ready' }, 'doc')).body.success).to.equal(true)
  })
})

describe('the handler of a preflight', () => {
  const parts = {
    handler: { check: async () => ({ status: 'ready' as const, message: 'app' }) },
    app: { modules: { mine_queries: { check: async () => ({ status: 'ready', message: 'own' }) } } },
  }
  // CON-443, CON-444
  test('an entrypoint’s own function, else the app’s handler', async () => {
    const app = await shell(parts)
    expect((await app.post('/check', { entrypoint: 'mine-queries' })).body.message).to.equal('own')
    expect((await app.post('/check', { entrypoint: 'other' })).body.message).to.equal('app')
    expect((await app.post('/check', {})).body.message).to.equal('app')
  })
})

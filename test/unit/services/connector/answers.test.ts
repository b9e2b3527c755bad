import { describe, test } from 'node:test'
import { expect } from 'chai'
import { portable, preflightOf } from '../../../../support/services/connector/dialects'
import { classifyFailure } from '../../../../support/services/connector/failures'
import { withStatus } from '../../../../support/services/connector/tasks/calls'
import { answering, failureOf } from '../../../support/connector-client'

describe('responses of an app', () => {
  const sdk = {
    success: true,
    data: { x: { success: true, message: 'M' } },
    preflight: { status: 'ready', checks: [{ name: 'x', passed: true, message: 'M' }] },
  }
  const doc = { success: true, data: { status: 'ready', checks: [{ name: 'x', passed: true, message: 'M' }] } }
  const between = { success: true, data: { x: { success: true, message: 'M' }, y: { success: false, message: 'N' } } }

  test('verdict and checks of a preflight, for every release', () => {
    const checks = [{ name: 'x', passed: true, message: 'M' }]
    expect(preflightOf(sdk)).to.deep.equal({ status: 'ready', checks })
    expect(preflightOf(doc)).to.deep.equal({ status: 'ready', checks })
    expect(preflightOf(between)).to.deep.equal({
      status: 'partial',
      checks: [...checks, { name: 'y', passed: false, message: 'N' }],
    })
    expect(() => preflightOf({ preflight: { status: 'fine', checks: [] } })).to.throw('status')
  })

  test('a table may use either place', () => {
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
  test('the status is part of the document; a document that is not an object is shown in part', () => {
    expect(withStatus({ success: true }, 200)).to.deep.equal({ _http_status: 200, success: true })
    expect(withStatus({ _http_status: 7 }, 200)).to.deep.equal({ _http_status: 7 })
    expect(withStatus('x'.repeat(600), 500)).to.deep.equal({
      _http_status: 500,
      error: { code: 'INVALID_RESPONSE', message: 'the response is no JSON object', body: 'x'.repeat(500) },
    })
  })

  test('a login that failed is a refusal, also where its status is 200', () => {
    const data = { status: 'failed', message: 'No.', identities: [], scopes: [], expires_at: '' }
    const failed = { success: false, data, message: 'No.' }
    for (const status of [200, 401]) {
      expect(classifyFailure({ status, headers: {}, data: failed })).to.deep.include({ status, code: 'failed', says: 'No.' })
    }
    const silent = { success: false, data: { ...data, message: '' }, message: 'Authentication failed' }
    expect(classifyFailure({ status: 401, headers: {}, data: silent })?.code).to.equal('failed')
    for (const odd of [
      { ...failed, message: 'Yes.' },
      { ...silent, message: '' },
      { ...failed, data: { ...data, scopes: null } },
    ])
      expect(classifyFailure({ status: 401, headers: {}, data: odd })?.code).to.equal(undefined)
    const raised = classifyFailure({ status: 401, headers: {}, data: { detail: 'SQL client authentication failed' } })
    expect(raised?.says).to.equal('SQL client authentication failed')
    const faults = [{ type: 'missing', loc: ['body', 'file'] }]
    expect(classifyFailure({ status: 422, headers: {}, data: { detail: faults } })?.says).to.equal(JSON.stringify(faults))
    expect(classifyFailure({ status: 500, headers: {}, data: 'Internal Server Error' })?.says).to.equal(undefined)
    expect(
      classifyFailure({ status: 200, headers: {}, data: { success: false, data: { status: 'failed', workflow_id: 'w' } } }),
    ).to.equal(undefined)
  })

  // CON-182
  test('a start without ids is a contract violation', async () => {
    const { client } = await answering(() => [200, { success: true, data: { workflow_id: '' } }])
    expect((await failureOf(() => client.start('/start', {}))).message).to.match(/data\.workflow_id.*data\.run_id/)
  })
})

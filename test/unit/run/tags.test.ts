import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { ResolvedService } from '../../../support/run/resolved'
import { closedGates, type GateContext, tags, unknownTags } from '../../../support/run/tags'
import { serviceNamed } from '../../../support/services'

const colony = serviceNamed('colony')
if (!colony) throw new Error('The Colony is gone')

const live: ResolvedService = { kind: 'live', missing: [], variables: {}, lacks: [], real: [] }
const sandbox: ResolvedService = { ...live, kind: 'sandbox' }

const closed = (tag: string, more: Partial<GateContext> = {}) =>
  closedGates([tag], { service: colony, resolved: live, environment: {}, parallel: false, atTerminal: false, ...more })[0]

describe('gates', () => {
  test('a tag without a description is unknown', () => {
    expect(unknownTags(['@smoke', '@smoky', '@needs:second-account', '@needs:luck'])).to.deep.equal(['@smoky', '@needs:luck'])
  })

  test('every tag has a description and a condition', () => {
    for (const [name, { means, opens }] of Object.entries(tags)) expect([means, opens].every(Boolean), name).to.equal(true)
  })

  test('without credentials nothing runs live, whatever its tags; alternatives are in parentheses', () => {
    const missing = ['SYMPHONY_HOST', 'KEY_PATH or KEY_CONTENT', 'ROOM']
    expect(closed('@smoke', { resolved: { ...live, kind: 'none', missing } })).to.deep.equal({
      reason: 'its credentials to run live are missing',
      toSet: 'SYMPHONY_HOST and (KEY_PATH or KEY_CONTENT) and ROOM',
    })
  })

  test('@destructive runs live only for services named', () => {
    expect(closed('@destructive')).to.deep.equal({ reason: 'it cannot be undone', toSet: 'ALLOW_DESTRUCTIVE=colony' })
    expect(closed('@destructive', { environment: { ALLOW_DESTRUCTIVE: 'slack' } })).to.not.equal(undefined)
    expect(closed('@destructive', { environment: { ALLOW_DESTRUCTIVE: 'slack, colony' } })).to.equal(undefined)
    expect(closed('@destructive', { environment: { ALLOW_DESTRUCTIVE: 'all' } })).to.equal(undefined)
    expect(closed('@destructive', { resolved: sandbox })).to.equal(undefined)
  })

  // COL-S12
  test('an opt-in opens by its own variable only', () => {
    expect(closed('@opt-in:register', { environment: { ALLOW_DESTRUCTIVE: 'all' } })?.toSet).to.equal('COLONY_TEST_REGISTER')
    expect(closed('@opt-in:register', { environment: { COLONY_TEST_REGISTER: '1' } })).to.equal(undefined)
    expect(closed('@opt-in:persist', { environment: { COLONY_TEST_PERSIST: 'yes' } })?.toSet).to.equal('COLONY_TEST_PERSIST=1')
    expect(closed('@opt-in:persist', { environment: { COLONY_TEST_PERSIST: '1' } })).to.equal(undefined)
    expect(closed('@opt-in:persist', { resolved: sandbox })).to.equal(undefined)
  })

  // COL-S02
  test('a scenario that needs the second account names its variable', () => {
    expect(closed('@needs:second-account')).to.deep.equal({ reason: 'it needs a second account', toSet: 'COLONY_TEST_API_KEY_2' })
    expect(closed('@needs:second-account', { environment: { COLONY_TEST_API_KEY_2: 'k' } })).to.equal(undefined)
    expect(closed('@needs:second-account', { resolved: sandbox })).to.equal(undefined)
    expect(closed('@needs:second-account', { resolved: { ...sandbox, lacks: ['second-account'] } })?.reason).to.equal(
      'this machine lacks a second account',
    )
  })

  test('@resource-intensive is closed only where CI is exactly true', () => {
    expect(closed('@resource-intensive')).to.equal(undefined)
    expect(closed('@resource-intensive', { environment: { CI: '1' } })).to.equal(undefined)
    expect(closed('@resource-intensive', { environment: { CI: 'true' } })?.toSet).to.equal('RUN_RESOURCE_INTENSIVE=1')
    expect(closed('@resource-intensive', { environment: { CI: 'true', RUN_RESOURCE_INTENSIVE: '1' } })).to.equal(undefined)
  })

  test('@slow waits for its variable, on a sandbox too', () => {
    expect(closed('@slow', { resolved: sandbox })?.toSet).to.equal('ACCEPTANCE_SLOW=1')
    expect(closed('@slow', { environment: { ACCEPTANCE_SLOW: '1' } })).to.equal(undefined)
  })

  test('@human needs a terminal live, and no parallel workers', () => {
    expect(closed('@human')?.toSet).to.equal('a terminal, without --parallel')
    expect(closed('@human', { atTerminal: true, parallel: true })).to.not.equal(undefined)
    expect(closed('@human', { atTerminal: true })).to.equal(undefined)
    expect(closed('@human', { resolved: sandbox })).to.equal(undefined)
  })

  test('@sandbox-only and @real are closed where the sandbox or the server is missing', () => {
    expect(closed('@sandbox-only')?.toSet).to.equal('COLONY_TARGET=sandbox')
    expect(closed('@sandbox-only', { resolved: sandbox })).to.equal(undefined)
    expect(closed('@real:redis', { resolved: sandbox })?.reason).to.equal('redis is emulated here')
    expect(closed('@real:redis', { resolved: { ...sandbox, real: ['redis'] } })).to.equal(undefined)
  })

  test('all gates of a scenario must be open', () => {
    const context = { service: colony, resolved: live, environment: {}, parallel: false, atTerminal: false }
    expect(closedGates(['@smoke', '@slow', '@destructive'], context)).to.have.length(2)
  })
})

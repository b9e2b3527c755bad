import { describe, test } from 'node:test'
import { expect } from 'chai'
import { url } from '../../../support/config/variables'
import { decideTargets } from '../../../support/run/targets'
import type { ServiceDefinition } from '../../../support/services/service'

const board: ServiceDefinition = {
  name: 'board',
  title: 'The Board',
  address: { variable: 'BOARD_URL', fallback: 'https://board.example' },
  variables: [
    { name: 'BOARD_KEY', role: 'credential', means: 'key', secret: true },
    { name: 'BOARD_KEY_2', role: 'credential', means: 'second key', secret: true },
    { name: 'BOARD_URL', role: 'address', means: 'address', schema: url },
  ],
  required: ['BOARD_KEY'],
  people: {},
  refusals: {},
  load: () => Promise.reject(new Error('not needed')),
}

const kindOf = (environment: Record<string, string>, profile?: 'live' | 'sandbox') => {
  const { targets, errors } = decideTargets([board], environment, profile)
  return { kind: targets[0]?.kind, faults: errors }
}

describe('targets', () => {
  test('no credentials: the sandbox', () => {
    expect(kindOf({})).to.deep.equal({ kind: 'sandbox', faults: [] })
    expect(kindOf({ BOARD_KEY: '  ' })).to.deep.equal({ kind: 'sandbox', faults: [] })
  })

  test('an address alone is no credential', () => {
    expect(kindOf({ BOARD_URL: 'http://127.0.0.1:1' }).kind).to.equal('sandbox')
  })

  test('all required credentials: live', () => {
    expect(kindOf({ BOARD_KEY: 'k' })).to.deep.equal({ kind: 'live', faults: [] })
  })

  test('incomplete credentials stop the run, with the missing variables', () => {
    const { faults } = kindOf({ BOARD_KEY_2: 'k' })
    expect(faults).to.deep.equal(['The Board is half configured: set BOARD_KEY, or BOARD_TARGET=sandbox to mean the sandbox'])
    expect(kindOf({ BOARD_KEY_2: 'k', BOARD_TARGET: 'sandbox' })).to.deep.equal({ kind: 'sandbox', faults: [] })
  })

  test('the service’s own variable takes precedence over the general one, and that over the profile', () => {
    expect(kindOf({ BOARD_KEY: 'k', BOARD_TARGET: 'live', ACCEPTANCE_TARGET: 'sandbox' }, 'sandbox').kind).to.equal('live')
    expect(kindOf({ BOARD_KEY: 'k', ACCEPTANCE_TARGET: 'sandbox' }, 'live').kind).to.equal('sandbox')
    expect(kindOf({ BOARD_KEY: 'k' }, 'sandbox').kind).to.equal('sandbox')
  })

  test('live without credentials runs nothing', () => {
    expect(kindOf({}, 'live')).to.deep.equal({ kind: 'none', faults: [] })
  })

  test('an invalid variable is reported by name, without its value', () => {
    const { faults } = kindOf({ BOARD_KEY: 'secret', BOARD_URL: 'board.example', ACCEPTANCE_TARGET: 'moon' })
    expect(faults).to.deep.equal([
      'ACCEPTANCE_TARGET must be live or sandbox',
      'BOARD_URL must be a URL beginning with http:// or https://',
    ])
  })
})

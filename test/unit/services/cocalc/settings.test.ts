import { describe, test } from 'node:test'
import { expect } from 'chai'
import { resolve } from '../../../../support/run/preflight'
import { decideTargets } from '../../../../support/run/targets'
import { cleanupFrom } from '../../../../support/services/cocalc/cleanup-settings'
import { emailOf } from '../../../../support/services/cocalc/recognise'
import { cocalc } from '../../../../support/services/cocalc/service'

const from = (environment: Record<string, string>) => cleanupFrom((name) => environment[name])

describe('where CoCalc is', () => {
  // COC-S02
  test('on localhost, port 5000, by default', () => {
    const target = (environment: Record<string, string>) => {
      const [one] = decideTargets([cocalc], environment, undefined).targets
      if (!one) throw new Error('no target')
      return resolve(one, environment)
    }
    expect(target({ COCALC_API_KEY: 'sk-x' })).to.include({ kind: 'live', address: 'http://localhost:5000' })
    expect(target({ COCALC_API_KEY: 'sk-x', COCALC_HOST: 'https://cocalc.invalid/base/' }).address).to.equal(
      'https://cocalc.invalid/base',
    )
  })

  test('a database alone does not make it live', () => {
    expect(decideTargets([cocalc], { PGHOST: 'db' }, undefined).targets[0]?.kind).to.equal('sandbox')
  })
})

describe('the clean-up of the database', () => {
  // COC-S07
  test('is on where PGHOST is set, with defaults for the rest', () => {
    expect(from({ PGHOST: 'db.invalid' })).to.deep.equal({
      kind: 'database',
      login: { host: 'db.invalid', port: 5432, user: 'smc', database: 'smc' },
    })
    const all = { PGHOST: '/run/postgresql', PGPORT: '6000', PGUSER: 'u', PGDATABASE: 'd', PGPASSWORD: 'p' }
    expect(from(all)).to.deep.equal({
      kind: 'database',
      login: { host: '/run/postgresql', port: 6000, user: 'u', database: 'd', password: 'p' },
    })
  })

  test('is off only where COCALC_TESTS_CLEANUP is false, in any case', () => {
    expect(from({ COCALC_TESTS_CLEANUP: 'FALSE', PGHOST: 'db' })).to.deep.equal({ kind: 'off' })
    expect(from({ COCALC_TESTS_CLEANUP: 'no', PGHOST: 'db' }).kind).to.equal('database')
    expect(from({})).to.deep.equal({ kind: 'nowhere' })
  })
})

describe('the address of an account', () => {
  test('is lower case, contains the run id, and is the same in every process', () => {
    expect(emailOf('Ben 1700000000-abcdef-3x4')).to.equal('ben-1700000000-abcdef-3x4@example.org')
  })
})

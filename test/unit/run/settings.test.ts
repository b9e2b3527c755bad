import { describe, test } from 'node:test'
import { expect } from 'chai'
import { validationErrors } from '../../../support/config/variables'
import { settings, slips } from '../../../support/run/settings'
import { services } from '../../../support/services'

describe('settings', () => {
  test('a slip of the keyboard does not pass for an unset variable', () => {
    expect(slips({ COLONY_TEST_APIKEY: 'x' }).errors).to.deep.equal([
      'COLONY_TEST_APIKEY is no variable of this suite; COLONY_TEST_API_KEY is',
    ])
    expect(slips({ COLONY_TEST_API_KEYS: 'x', ACEPTANCE_TARGET: 'live' }).errors).to.have.length(2)
  })

  test('other people’s variables are left alone', () => {
    expect(
      slips({ PATH: '/bin', COLONY_HOME: 'x', HOME: '/', GITHUB_TOKEN: 'x', COLONY_TEST_API_KEY_2: 'k', COLONY_TEST_APIKEY: '' }),
    ).to.deep.equal({ errors: [], warnings: [] })
  })

  test('names similar to variables of other services do not matter; PG names belong to other tools as well', () => {
    const chosen = (name: string) => services.filter((service) => service.name === name)
    expect(slips({ PG_HOST: 'db', SLACK_BOTTOKEN: 'x' }, chosen('colony'))).to.deep.equal({ errors: [], warnings: [] })
    expect(slips({ PG_HOST: 'db' }, chosen('cocalc'))).to.deep.equal({
      errors: [],
      warnings: ['PG_HOST is no variable of this suite; PGHOST is'],
    })
  })

  test('malformed settings are named, not shown', () => {
    const faults = validationErrors(settings, {
      ACCEPTANCE_SLOW: 'perhaps',
      ACCEPTANCE_HUMAN_TIMEOUT: 'soon',
      ALLOW_DESTRUCTIVE: 'moon',
      ACCEPTANCE_REAL: 'oracle',
    })
    expect(faults).to.have.length(4)
    for (const value of ['perhaps', 'soon', 'moon', 'oracle']) expect(faults.join()).to.not.include(value)
  })
})

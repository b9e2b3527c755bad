import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startColony } from '../../../../sandbox/colony/server'
import type { RunningSandbox } from '../../../../sandbox/kit/sandbox'
import { ROOT } from '../../../support/runner'
import { SuiteCopy } from '../../../support/suite-copy'

const suite = new SuiteCopy({
  'colony/following.feature': readFileSync(`${ROOT}/features/colony/following.feature`, 'utf8'),
})

let colony: RunningSandbox
before(async () => {
  colony = await startColony()
})
after(async () => {
  await colony.stop()
  suite.remove()
})

const limit = (on: boolean) =>
  fetch(`${colony.control}/limits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ on, actions: ['token'] }),
  })

/** Ada's profile, as the key that a run is given shows it. */
async function ownProfile(): Promise<{ id: string; username: string }> {
  const { COLONY_BASE_URL = '', COLONY_TEST_API_KEY = '' } = colony.variables
  const body = JSON.stringify({ api_key: COLONY_TEST_API_KEY })
  const exchange = await fetch(`${COLONY_BASE_URL}/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  const { access_token: token } = (await exchange.json()) as { access_token: string }
  return (await (await fetch(`${COLONY_BASE_URL}/users/me`, { headers: { authorization: `Bearer ${token}` } })).json()) as {
    id: string
    username: string
  }
}

describe('credentials that a live run is given', () => {
  test('a second key that is not taken stops the run before it starts, by name', async () => {
    const { code, stdout, stderr } = await suite.run([], { ...colony.variables, COLONY_TEST_API_KEY_2: 'col_nobody' })
    expect(code).to.not.equal(0)
    expect(stdout + stderr).to.match(/does not take COLONY_TEST_API_KEY_2 \(AUTH_INVALID_KEY\): set a valid key, or none/)
    expect(stdout + stderr).to.not.match(/\d+ scenarios|col_nobody/)
  })

  test('an address that is not the API’s is not blamed on the key', async () => {
    const COLONY_BASE_URL = colony.address.replace('/api/v1', '')
    const { code, stdout, stderr } = await suite.run([], { ...colony.variables, COLONY_BASE_URL })
    expect(code).to.not.equal(0)
    expect(stdout + stderr).to.match(/returned 404: set COLONY_BASE_URL to the address of the API, with \/api\/v1/)
  })

  test('two keys of one account are not accepted as two people', async () => {
    const { COLONY_TEST_API_KEY = '' } = colony.variables
    const { code, stdout, stderr } = await suite.run([], { ...colony.variables, COLONY_TEST_API_KEY_2: COLONY_TEST_API_KEY })
    expect(code).to.not.equal(0)
    expect(stdout + stderr).to.match(/COLONY_TEST_API_KEY_2 is a key of Ada’s account: set the key of another, or none/)
  })

  test('an account that was not meant for tests stops the run before it starts; its username or id lets it run', async () => {
    const { id, username } = await ownProfile()
    const { code, stdout, stderr } = await suite.run([], { ...colony.variables, COLONY_TEST_ACCOUNT: 'another-account' })
    expect(code).to.not.equal(0)
    expect(stdout + stderr).to.contain(
      `COLONY_TEST_ACCOUNT is another-account, but the credentials of The Colony belong to ${username} (${id})`,
    )
    expect(stdout + stderr).to.not.match(/\d+ scenarios/)
    for (const COLONY_TEST_ACCOUNT of [id, `@${username}`]) {
      const run = await suite.run([], { ...colony.variables, COLONY_TEST_ACCOUNT })
      expect(run.code, run.stdout + run.stderr).to.equal(0)
      expect(run.stdout).to.contain('4 scenarios (4 passed)').and.to.contain(username)
    }
  })

  // COL-S03
  test('where the hour’s exchanges are used up everything is skipped, saying until when', async () => {
    await limit(true)
    const exchange = () => fetch(`${colony.address}/auth/token`, { method: 'POST' })
    for (let count = 0; count < 31; count++) await exchange()
    const { code, stdout } = await suite.run([], colony.variables)
    const named = await suite.run([], { ...colony.variables, COLONY_TEST_ACCOUNT: 'ada' })
    await limit(false)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.match(/4 scenarios \(4 skipped\)/)
    expect(stdout).to.match(/budget.*try again after \d{4}-/)
    expect(named.code).to.not.equal(0)
    expect(named.stderr).to.match(
      /does not say whose account COLONY_TEST_API_KEY is of .*run again later, or unset COLONY_TEST_ACCOUNT/,
    )
  })
})

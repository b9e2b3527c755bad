/** Steps of a test's own, for a feature folder of The Colony: whatever the suite's sentences become, these stay. */
export const BROKEN_STEPS = `
import { Then, When } from '@cucumber/cucumber'
import { expect } from 'chai'
import { z } from 'zod'
import { parseResponse } from '../../support/assertions/contract'

const http = (world: any, baseURL = world.access.address) => world.access.http({ baseURL })
let tries = 0

When('the health is looked at', async function (this: any) {
  await http(this, new URL(this.access.address).origin).get('/health').catch((error: any) => { if (error.status !== 404) throw error })
})
When('the health is looked at, but not on a sandbox', function (this: any) {
  if (!this.access.isLive) throw new Error('not on a sandbox')
})
Then('the title is {string}, although it is {string}', async function (this: any, expected: string, actual: string) {
  await http(this).get('/users/me').catch(() => undefined)
  expect(actual, 'the title').to.equal(expected)
})
When('a call is made without a token', async function (this: any) {
  await http(this).get('/users/me')
})
When('a response lacks what is promised', async function (this: any) {
  const { data } = await http(this).get('/colonies')
  parseResponse(z.object({ uptime: z.number() }), { ...data }, 'a health check')
})
When('no server listens', async function (this: any) {
  await http(this, 'http://127.0.0.1:9').get('/')
})
When('it works at the second attempt', () => {
  if (++tries % 2 === 1) throw new Error('the first attempt fails')
})
`

/** Scenarios that fail in each way there is, one that is flaky, one that passes. */
export function brokenFeature(): string {
  return `
Feature: Things that break
  Whoever reads a failure wants to know why.

  Background:
    Given the health is looked at

  Rule: A failure explains itself

    Scenario: An assertion says what it expected
      Then the title is "One red glove", although it is "Two red gloves"

    Scenario: A refused call says what was refused
      When a call is made without a token

    Scenario: A breach of contract names the field
      When a response lacks what is promised

    @needs:second-account
    Scenario: A service that is not there is named
      When no server listens

    Scenario: A second attempt succeeds
      When it works at the second attempt

  Rule: What works is reported, too

    Scenario: A healthy service passes
      When the health is looked at
`
}

import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { nothingInstalled } from '../../../../sandbox/backing/test/support/bare-path'
import type { RunningSandbox } from '../../../../sandbox/kit/sandbox'
import { inSurroundings } from '../../../../sandbox/kit/test/environment'
import { startOrbital } from '../../../../sandbox/orbital/server'
import { SuiteCopy } from '../../../support/suite-copy'

const FEATURE = `
Feature: Anything
  Scenario: Anything
    When the health of the backend is checked
`

describe('the doctor on a given backend', () => {
  const suite = new SuiteCopy({ 'orbital/any.feature': FEATURE })
  let sandbox: RunningSandbox
  before(async () => {
    sandbox = await inSurroundings({ ...nothingInstalled(), ACCEPTANCE_REAL: undefined }, () => startOrbital())
  })
  after(async () => {
    await sandbox.stop()
    suite.remove()
  })
  const report = async (changed: Record<string, string>): Promise<string> =>
    (await suite.tool('doctor', ['orbital'], { ...sandbox.variables, ...changed })).stdout

  test('where all is well', async () => {
    const said = await report({})
    for (const server of ['RABBITMQ', 'MONGODB', 'REDIS'])
      expect(said).to.contain(`ORBITAL_${server}_URL leads to what the suite needs`)
    expect(said).to.contain('its schema is at 0003_deliveries')
  })

  test('a missing exchange or queue is reported by name, with what to check', async () => {
    expect(await report({ ORBITAL_EXCHANGE: 'nope' })).to.match(/no exchange 'nope'.*Check .*ORBITAL_EXCHANGE/s)
    expect(await report({ ORBITAL_DELIVERIES_QUEUE: 'nope' })).to.match(/no queue 'nope'.*Check .*ORBITAL_DELIVERIES_QUEUE/s)
  })

  test('a server that does not respond is reported, without its password', async () => {
    const said = await report({ ORBITAL_REDIS_URL: 'redis://:sesame-open@127.0.0.1:1' })
    expect(said).to.match(/ORBITAL_REDIS_URL does not lead to what the suite needs/)
    expect(said).to.not.contain('sesame-open')
  })
})

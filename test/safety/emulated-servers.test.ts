import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { nothingInstalled } from '../../sandbox/backing/test/support/bare-path'
import { SuiteCopy } from '../support/suite-copy'

const FEATURE = `
Feature: On all servers

  @needs:rabbitmq @needs:mongodb @needs:redis
  Scenario: Emulated or not
    Given other services are subscribed to events
    When Ada reports a position
    Then other services are notified exactly once of every position Ada reported
    And Ada's newest position is cached for 5 minutes
    And every position Ada reported is in the history exactly once

  @real:rabbitmq @needs:rabbitmq
  Scenario: Only on a real broker
    When Ada is a courier who is offline
`

describe('where a backing server comes from', () => {
  const suite = new SuiteCopy({ 'orbital/all.feature': FEATURE })
  after(() => suite.remove())

  test('with none on the machine all still runs, labelled emulated', async () => {
    const { stdout, code } = await suite.run([], nothingInstalled())
    expect(stdout).to.match(/RabbitMQ, emulated; MongoDB, emulated; Redis, emulated/)
    expect(stdout).to.match(/2 scenarios \(1 skipped, 1 passed\)|2 scenarios \(1 passed, 1 skipped\)/)
    expect(stdout).to.contain('rabbitmq is emulated here')
    expect(code, stdout).to.equal(0)
  })

  test('required as real, the run stops and names what to install', async () => {
    const { stderr, stdout, code } = await suite.run([], { ...nothingInstalled(), ACCEPTANCE_REAL: 'redis' })
    expect(code).to.equal(1)
    expect(stdout + stderr).to.match(/ACCEPTANCE_REAL asks for a real redis, and there is none: install Debian’s redis-server/)
  })
})

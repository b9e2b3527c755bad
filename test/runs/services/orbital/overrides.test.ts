import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { nothingInstalled } from '../../../../sandbox/backing/test/support/bare-path'
import { SuiteCopy } from '../../../support/suite-copy'

const usual = (who: string): string => `
  @needs:mongodb @needs:redis
  Scenario: On the backend all share, ${who}
    When Ada reports a position
    Then Ada's newest position is cached for 5 minutes

  @fresh-backend @needs:mongodb @needs:redis
  Scenario: On a backend of its own, ${who}
    When Ada reports a position
    Then Ada's newest position is cached for 5 minutes
`

const FEATURE = `
Feature: A setting of one scenario
${usual('before')}
  @fresh-backend @needs:mongodb @needs:redis
  Scenario: Overridden, and then a step fails
    Given the backend caches positions for 60 seconds
    When Ada reports a position
    Then Ada's newest position is cached for 60 seconds
    And Ada's newest position is cached for 5 minutes
${usual('after')}`

describe('a setting that one scenario overrides', () => {
  const suite = new SuiteCopy({ 'orbital/setting.feature': FEATURE })
  after(() => suite.remove())

  // ORB-066
  for (const order of [[], ['--parallel', '3'], ['--order', 'random']])
    test(`is unchanged in the next, whatever the result of that one ${order.join(' ')}`, async () => {
      const { stdout, code } = await suite.run(order, nothingInstalled())
      expect(stdout).to.match(/5 scenarios \(1 failed, 4 passed\)|5 scenarios \(4 passed, 1 failed\)/)
      expect(stdout, 'what failed').to.contain('seconds until the cached position expires')
      expect(suite.journals(), stdout).to.deep.equal([])
      expect(code).to.equal(1)
    })
})

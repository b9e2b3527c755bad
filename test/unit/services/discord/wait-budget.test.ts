import { afterEach, beforeEach, describe, mock, test } from 'node:test'
import type { RateLimitData } from '@discordjs/rest'
import { expect } from 'chai'
import { budgetOf, currentBudget, givesUp } from '../../../../support/services/discord/wait-budget'

const limit = (wait: number, more: Partial<RateLimitData> = {}): RateLimitData => ({
  ...{ global: false, method: 'POST', url: '', route: '/channels/:id/messages', majorParameter: '1', hash: 'h', limit: 5 },
  ...{ timeToReset: wait, retryAfter: wait, sublimitTimeout: 0, scope: 'user' as const },
  ...more,
})

describe('the currentBudget with buckets', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: 1_000_000 }))
  afterEach(() => mock.timers.reset())
  const within = <T>(milliseconds: number, act: () => T): T => currentBudget.run(budgetOf(milliseconds), act)

  test('is ten seconds for one wait', () => {
    expect([givesUp(limit(10_000)), givesUp(limit(10_001))]).to.deep.equal([false, true])
    expect(givesUp(limit(0, { retryAfter: 60_000 }))).to.equal(true)
  })

  test('is spent by waits that follow each other', () => {
    within(5_000, () => {
      expect(givesUp(limit(3_000))).to.equal(false)
      mock.timers.tick(3_000)
      expect(givesUp(limit(3_000))).to.equal(true)
      expect(givesUp(limit(2_000))).to.equal(false)
    })
  })

  test('counts time that passes for several calls at once, or is reported twice, only once', () => {
    within(5_000, () => {
      expect(givesUp(limit(3_000))).to.equal(false)
      expect(givesUp(limit(3_000, { route: '/channels/:id' }))).to.equal(false)
      mock.timers.tick(1)
      expect(givesUp(limit(2_999))).to.equal(false)
      expect(givesUp(limit(4_999))).to.equal(false)
      expect(givesUp(limit(5_001))).to.equal(true)
    })
  })
})

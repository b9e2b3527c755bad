import { afterEach, beforeEach, describe, mock, test } from 'node:test'
import { expect } from 'chai'
import { RateLimiter } from '../../../../support/services/discord/rate-limiter'

/** Allows pending callbacks of this process to run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('the limiter of presences', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1_000_000 }))
  afterEach(() => mock.timers.reset())

  test('is a number in any window, the rest waiting their turn', async () => {
    const limiter = new RateLimiter(20_000)
    let through = 0
    for (let number = 0; number < 3; number++) void limiter.turn(2).then(() => through++)
    await settled()
    expect(through).to.equal(2)
    mock.timers.tick(19_999)
    await settled()
    expect(through).to.equal(2)
    mock.timers.tick(1)
    await settled()
    expect(through).to.equal(3)
  })

  test('reserves a place for one later call', async () => {
    const limiter = new RateLimiter(20_000)
    await limiter.turn(1)
    await limiter.turn(2)
    let through = false
    void limiter.turn(1).then(() => {
      through = true
    })
    await settled()
    expect(through).to.equal(false)
    mock.timers.tick(20_000)
    await settled()
    expect(through).to.equal(true)
  })
})

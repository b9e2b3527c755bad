import { afterEach, beforeEach, describe, mock, test } from 'node:test'
import { expect } from 'chai'
import { Pace } from '../../../../support/services/discord/pace'

/** Allows pending callbacks of this process to run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('the pace of presences', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1_000_000 }))
  afterEach(() => mock.timers.reset())

  test('is a number in any window, the rest waiting their turn', async () => {
    const pace = new Pace(20_000)
    let through = 0
    for (let number = 0; number < 3; number++) void pace.turn(2).then(() => through++)
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
    const pace = new Pace(20_000)
    await pace.turn(1)
    await pace.turn(2)
    let through = false
    void pace.turn(1).then(() => {
      through = true
    })
    await settled()
    expect(through).to.equal(false)
    mock.timers.tick(20_000)
    await settled()
    expect(through).to.equal(true)
  })
})

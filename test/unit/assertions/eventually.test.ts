import { describe, test } from 'node:test'
import { expect } from 'chai'
import { eventually } from '../../../support/assertions/eventually'

const failure = async (run: () => Promise<unknown>): Promise<Error> => {
  try {
    await run()
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not fail')
}

describe('eventually', () => {
  test('repeats the check until the expectation holds, and returns its result', async () => {
    let asked = 0
    const value = await eventually(() => {
      expect(++asked).to.be.at.least(3)
      return asked
    })
    expect(value).to.equal(3)
  })

  test('reports the last failed expectation when the deadline has passed', async () => {
    let asked = 0
    const error = await failure(() => eventually(() => expect(++asked).to.equal(-1), { timeout: 60 }))
    expect(error.message).to.match(new RegExp(`expected ${asked} to equal -1 \\(still so after 0\\.\\d s\\)`))
    expect(asked).to.be.greaterThan(1)
  })

  test('anything but a failed expectation ends it at once', async () => {
    let asked = 0
    const error = await failure(() =>
      eventually(() => {
        asked++
        throw new Error('broken')
      }),
    )
    expect(error.message).to.equal('broken')
    expect(asked).to.equal(1)
  })
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { evaluated, lazy } from '../../../support/assertions/lazy'

describe('lazy values', () => {
  // CON-025, CON-027
  test('the value is computed on first use, and only once', () => {
    let made = 0
    const value = lazy(() => ++made)
    expect([made, String(value), value.isEvaluated()]).to.deep.equal([0, 'Lazy(unevaluated)', false])
    expect([value.evaluate(), value.evaluate(), made]).to.deep.equal([1, 1, 1])
    expect([String(value), value.isEvaluated()]).to.deep.equal(['Lazy(evaluated)', true])
  })

  // CON-026
  test('a value that is not lazy is computed where it is written, fails there, and does not change', () => {
    let made = 0
    const eager = ++made
    made = 9
    expect(evaluated(eager)).to.equal(1)
    expect(evaluated(lazy(() => made))).to.equal(9)
    const missing = (): string => {
      throw new Error('not set')
    }
    expect(() => ({ password: missing() })).to.throw('not set')
    const input = { password: lazy(missing) }
    expect(() => evaluated(input.password)).to.throw('not set')
  })

  // CON-186
  test('undefined is cached like other values, a failure is not, and reset clears the cache', () => {
    let made = 0
    const nothing = lazy(() => {
      made++
      return undefined
    })
    nothing.evaluate()
    nothing.evaluate()
    expect(made).to.equal(1)
    nothing.reset()
    nothing.evaluate()
    expect(made).to.equal(2)
    const shy = lazy(() => {
      if (++made < 5) throw new Error('not yet')
      return made
    })
    expect(() => shy.evaluate()).to.throw('not yet')
    expect(() => shy.evaluate()).to.throw('not yet')
    expect(shy.evaluate()).to.equal(5)
    expect(() => lazy('text' as never)).to.throw(TypeError, 'takes a function')
  })

  test('two lazy values are worked out apart', () => {
    let made = 0
    const make = () => ++made
    expect([lazy(make).evaluate(), lazy(make).evaluate()]).to.deep.equal([1, 2])
  })

  test('a promise that fails is forgotten, too', async () => {
    let made = 0
    const value = lazy(async () => {
      if (++made === 1) throw new Error('not yet')
      return made
    })
    await value.evaluate().catch((error: Error) => expect(error.message).to.equal('not yet'))
    expect(await value.evaluate()).to.equal(2)
  })
})

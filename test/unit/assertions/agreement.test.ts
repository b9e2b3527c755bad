import { describe, test } from 'node:test'
import { expect } from 'chai'
import { assertAgrees, assertExactly } from '../../../support/assertions/agreement'
import { ContractError } from '../../../support/assertions/contract'

describe('what is known of a response beforehand', () => {
  test('agrees field by field, lists and objects included; of undefined fields nothing is known', () => {
    const response = { id: 'C1', members: ['a', 'b'], topic: { value: 'x' }, extra: 1 }
    assertAgrees('a channel', response, { id: 'C1', members: ['a', 'b'], topic: { value: 'x' }, name: undefined })
    assertAgrees('a channel', response, {})
  })

  test('every field that differs is named, with both values', () => {
    const differing = () => assertAgrees('a channel', { id: 'C1', count: 2 }, { id: 'C2', count: 2, name: 'general', list: [] })
    expect(differing).to.throw(
      ContractError,
      'a channel breaks its contract: id: is "C1", not "C2"; name: is undefined, not "general"; list: is undefined, not []',
    )
  })

  test('a list holds exactly what is known, in any order, each once', () => {
    assertExactly('the members', ['b', 'a'], ['a', 'b'])
    for (const list of [['a'], ['a', 'b', 'c'], ['a', 'b', 'b'], []])
      expect(() => assertExactly('the members', list, ['a', 'b']), list.join()).to.throw(ContractError, 'the members')
  })
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { isNone } from '../../../support/assertions/checks'
import { reach } from '../../../support/assertions/paths'

const DOCUMENT = { a: { b: [{ c: 1 }, { c: 2 }], 'x.y': 5, '': 7, '0': 'zero', n: null }, l: [10, 20], s: 'str' }

const LEADS: [path: string, value: unknown][] = [
  // CON-028
  ['a.b.0.c', 1],
  // CON-176
  ['a.b.01.c', 2],
  ['a.0', 'zero'],
  // CON-175
  ['a.b.2.c', undefined],
  ['a.b.-1.c', undefined],
  ['l.2', undefined],
  ['a.b.c', undefined],
  ['a.n', null],
  ['a.n.x', undefined],
  ['s.0', undefined],
  ['s.length', undefined],
  ['a.toString', undefined],
  // CON-177
  ['a.x.y', undefined],
  ['a.', 7],
]

describe('paths', () => {
  for (const [path, value] of LEADS) {
    test(`${path} leads to ${JSON.stringify(value) ?? 'nothing'}`, () => void expect(reach(DOCUMENT, path).value).to.equal(value))
  }

  // CON-178
  test('the empty path is the whole', () => void expect(reach(DOCUMENT, '').value).to.equal(DOCUMENT))

  test('a list may be the whole', () => void expect(reach([7], '0').value).to.equal(7))

  test('missing and null are the same', () => {
    for (const path of ['a.n', 'a.nowhere']) expect(isNone().holds(reach(DOCUMENT, path).value), path).to.equal(true)
  })

  test('for a path that does not exist the message contains the part that does and its value', () => {
    expect(reach(DOCUMENT, 'a.b.7.c').stopped).to.deep.equal({ at: 'a.b', found: 'a list of 2' })
    expect(reach(DOCUMENT, 's.x').stopped).to.deep.equal({ at: 's', found: '"str", which has no parts' })
    expect(reach(DOCUMENT, 'nowhere').stopped).to.deep.equal({ at: '', found: 'an object with a, l, s' })
    expect(reach(DOCUMENT, 'a.n.x').stopped).to.deep.equal({ at: 'a.n', found: 'nothing' })
  })
})

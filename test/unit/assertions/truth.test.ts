import { describe, test } from 'node:test'
import { expect } from 'chai'
import * as checks from '../../../support/assertions/checks'

const VALUES = [null, '', 'abc', '5', 0, 5, 5.5, true, false, [], [1, 2, 3], {}, { a: 1 }, Number.NaN]

/** One letter for each value above. `true` is not 1: the one place where we are stricter than the connectors' SDK. */
// CON-688
const TABLE: [check: checks.Check, row: string][] = [
  // CON-029
  [checks.equals(1), 'FFFFFFFFFFFFFF'],
  [checks.equals('abc'), 'FFTFFFFFFFFFFF'],
  [checks.equals([1, 2, 3]), 'FFFFFFFFFFTFFF'],
  // CON-030
  [checks.notEquals(null), 'FTTTTTTTTTTTTT'],
  // CON-031
  [checks.exists(), 'FTTTTTTTTTTTTT'],
  // CON-032
  [checks.isNone(), 'TFFFFFFFFFFFFF'],
  // CON-033
  [checks.isTrue(), 'FFTTFTTTFFTFTT'],
  // CON-034, CON-189
  [checks.isFalse(), 'TTFFTFFFTTFTFF'],
  // CON-035
  [checks.oneOf([1, 'abc', null]), 'TFTFFFFFFFFFFF'],
  // CON-036
  [checks.notOneOf([1, 'abc']), 'TTFTTTTTTTTTTT'],
  // CON-037, CON-194
  [checks.contains('a'), 'FFTFFFFFFFFFTF'],
  [checks.contains(1), 'FFFFFFFFFFTFFF'],
  [checks.contains(''), 'FTTTFFFFFFFFFF'],
  // CON-038, CON-188
  [checks.notContains('a'), 'TTFTTTTTTTTTFT'],
  // CON-039
  [checks.hasLength(0), 'FTFFFFFFFTFTFF'],
  [checks.hasLength(3), 'FFTFFFFFFFTFFF'],
  // CON-040, CON-187
  [checks.isEmpty(), 'FTFFFFFFFTFTFF'],
  // CON-041, CON-187
  [checks.isNotEmpty(), 'FFTTFFFFFFTFTF'],
  // CON-042, CON-193
  [checks.greaterThan(0), 'FFFFFTTTFFFFFF'],
  // CON-043
  [checks.greaterThanOrEqual(0), 'FFFFTTTTTFFFFF'],
  // CON-044
  [checks.lessThan(5), 'FFFFTFFTTFFFFF'],
  // CON-195
  [checks.lessThanOrEqual(5), 'FFFFTTFTTFFFFF'],
  // CON-045, CON-190
  [checks.between(0, 5), 'FFFFTTFTTFFFFF'],
  // CON-191
  [checks.matches('a'), 'FFTFFFFFFFFFFF'],
  [checks.matches('b'), 'FFFFFFFFFFFFFF'],
  [checks.matches('\\d+$'), 'FFFTTTFFFFFFFF'],
  // CON-192
  [checks.startsWith('N'), 'TFFFFFFFFFFFFF'],
  [checks.startsWith(''), 'TTTTTTTTTTTTTT'],
  [checks.startsWith('nan'), 'FFFFFFFFFFFFFT'],
  [checks.endsWith('e'), 'TFFFFFFTTFFFFF'],
  // CON-049
  [checks.isType('int'), 'FFFFTTFTTFFFFF'],
  [checks.isType('float'), 'FFFFFFTFFFFFFT'],
  // CON-046
  [checks.isDict(), 'FFFFFFFFFFFTTF'],
  // CON-047
  [checks.isList(), 'FFFFFFFFFTTFFF'],
  // CON-048
  [checks.isString(), 'FTTTFFFFFFFFFF'],
  // CON-050, CON-051, CON-052, CON-196
  [checks.allOf([]), 'TTTTTTTTTTTTTT'],
  [checks.anyOf([]), 'FFFFFFFFFFFFFF'],
  [checks.noneOf([]), 'TTTTTTTTTTTTTT'],
  [checks.allOf([checks.isString(), checks.isNotEmpty()]), 'FFTTFFFFFFFFFF'],
  [checks.anyOf([checks.isString(), checks.isList()]), 'FTTTFFFFFTTFFF'],
  [checks.noneOf([checks.isString(), checks.isList()]), 'TFFFTTTTTFFTTT'],
]

describe('the truth of every check for every kind of value', () => {
  for (const [check, row] of TABLE) {
    test(check.says, () => {
      const answers = VALUES.map((value) => (check.holds(value) ? 'T' : 'F')).join('')
      expect(answers).to.equal(row)
      expect(check.holds(undefined), 'absent is as null').to.equal(check.holds(null))
    })
  }
})

describe('other rules of the checks', () => {
  test('equality is deep and never converts', () => {
    expect(checks.equals({ a: [1, { b: null }] }).holds({ a: [1, { b: undefined }] })).to.equal(true)
    expect(checks.equals(5).holds('5')).to.equal(false)
    expect(checks.equals(1).holds(true)).to.equal(false)
    expect(checks.equals({ a: 1 }).holds({ a: 1, b: 2 })).to.equal(false)
  })

  test('length counts code points', () => {
    expect(checks.hasLength(2).holds('👍x')).to.equal(true)
  })

  test('combinators ask no further than they must', () => {
    const never = (): boolean => {
      throw new Error('asked')
    }
    expect(checks.anyOf([checks.exists(), never]).holds(1)).to.equal(true)
    expect(checks.allOf([checks.isNone(), never]).holds(1)).to.equal(false)
    expect(checks.noneOf([checks.exists(), never]).holds(1)).to.equal(false)
    expect(() => checks.anyOf([checks.isNone(), never]).holds(1)).to.throw('asked')
  })

  // CON-053, CON-054
  test('functions, named or anonymous, can be checks, by the truthiness of their result', () => {
    const isEven = checks.custom((value) => Number(value) % 2 === 0, 'must be even')
    expect([isEven.says, isEven.holds(4), isEven.holds(3)]).to.deep.equal(['custom(must be even)', true, false])
    expect(checks.ask((value) => value, [])).to.equal(false)
    expect(checks.ask((value) => value, 'x')).to.equal(true)
  })

  test('text options mean a piece of them, and only a text can be one', () => {
    expect(checks.oneOf('RUNNING').holds('RUN')).to.equal(true)
    expect(() => checks.oneOf('RUNNING').holds(null)).to.throw(TypeError)
  })

  test('a pattern or type that makes no sense is refused when the check is made', () => {
    expect(() => checks.matches('(')).to.throw(SyntaxError)
    expect(() => checks.isType('tuple' as checks.TypeName)).to.throw(TypeError, 'int, float, bool, str, list, dict')
  })

  test('a pattern looks at the value’s text, again and again from its start', () => {
    const check = checks.matches('Tr')
    expect([check.holds(true), check.holds(true), check.holds('xTr')]).to.deep.equal([true, true, false])
    expect(checks.startsWith("[1, 'a']").holds([1, 'a'])).to.equal(true)
  })
})

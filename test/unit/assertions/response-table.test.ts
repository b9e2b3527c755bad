import { describe, test } from 'node:test'
import { expect } from 'chai'
import { checkOf, promisesOf } from '../../../support/assertions/response-table'

const SAYS: [words: string, says: string][] = [
  ['exists', 'exists()'],
  ['is none', 'is_none()'],
  ['is true', 'is_true()'],
  ['is false', 'is_false()'],
  ['equals true', 'equals(true)'],
  ['equals "true"', 'equals("true")'],
  ['equals wrong password', 'equals("wrong password")'],
  ['not equals 5', 'not_equals(5)'],
  ['one of RUNNING, COMPLETED', 'one_of(["RUNNING", "COMPLETED"])'],
  ['one of ["a, b", 1]', 'one_of(["a, b", 1])'],
  ['one of "a, b", 1', 'one_of(["a, b", 1])'],
  ['not one of failed', 'not_one_of(["failed"])'],
  ['contains successful', 'contains("successful")'],
  ['not contains 3', 'not_contains(3)'],
  ['has length 3', 'has_length(3)'],
  ['is empty', 'is_empty()'],
  ['is not empty', 'is_not_empty()'],
  ['greater than 0', 'greater_than(0)'],
  ['greater than or equal 0', 'greater_than_or_equal(0)'],
  ['less than 2.5', 'less_than(2.5)'],
  ['less than or equal 2', 'less_than_or_equal(2)'],
  ['between 1 and 30000', 'between(1, 30000)'],
  ['matches ^[0-9a-f]{32}$', 'matches("^[0-9a-f]{32}$")'],
  ['starts with "postgres-"', 'starts_with("postgres-")'],
  ['ends with .json', 'ends_with(".json")'],
  ['is type int', 'is_type(int)'],
  ['is dict', 'is_type(dict)'],
  ['is list', 'is_type(list)'],
  ['is string', 'is_type(str)'],
  ['all of exists; is string; is not empty', 'all_of(exists(), is_type(str), is_not_empty())'],
  ['any of: equals admin; all of (exists; one of a, "b;c")', 'any_of(equals("admin"), all_of(exists(), one_of(["a", "b;c"])))'],
  ['none of contains error; contains fail', 'none_of(contains("error"), contains("fail"))'],
  ['custom is even', 'custom(is even)'],
]

describe('the response table', () => {
  for (const [words, says] of SAYS) {
    test(words, () => void expect(checkOf(words, { 'is even': (value) => Number(value) % 2 === 0 }).says).to.equal(says))
  }

  test('a third column contains the reason', () => {
    const [row] = promisesOf([['success', 'is true', 'it is the point']])
    expect(row?.path).to.equal('success')
    expect(row?.check).to.have.property('why', 'it is the point')
  })

  // CON-147
  test('a table without a check is refused, and every row that cannot be read is named', () => {
    expect(() => promisesOf([])).to.throw('at least one check')
    expect(() => promisesOf([['a', '']])).to.throw('a: "" begins with none of')
    const read = () =>
      promisesOf([
        ['a', 'is splendid'],
        ['b', 'exists twice'],
        ['c', 'between 1'],
        ['d', 'equals'],
        ['e', 'equals {"a":'],
        ['f', 'has length many'],
        ['g', 'custom is odd'],
        ['h', 'exists'],
      ])
    expect(read).to.throw(/a: "is splendid" begins with none of/)
    expect(read).to.throw(/b: "exists" takes nothing after it/)
    expect(read).to.throw(/c: "between" takes two numbers/)
    expect(read).to.throw(/d: "equals" lacks what it is about/)
    expect(read).to.throw(/e: \{"a": is neither JSON nor plain text/)
    expect(read).to.throw(/f: "many" is no number/)
    expect(read).to.throw(/g: no check of ours is called "is odd"; there is none/)
    expect(read).to.not.throw(/h:/)
  })
})

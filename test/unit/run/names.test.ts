import { describe, test } from 'node:test'
import { expect } from 'chai'
import { newRunId, RUN_ID, uniqueName } from '../../../support/run/names'

describe('names', () => {
  test('a mark is the time and six hex digits', () => {
    expect(newRunId(new Date(1_700_000_000_000))).to.match(/^1700000000-[0-9a-f]{6}$/)
    expect(newRunId()).to.match(RUN_ID)
  })

  // COL-S08
  test('two marks never meet', () => {
    expect(newRunId()).to.not.equal(newRunId())
  })

  test('the text gives way to the limit, the mark never does', () => {
    expect(uniqueName('One red glove', '1700000000-abcdef', '1', 200)).to.equal('One red glove 1700000000-abcdef-1')
    expect(uniqueName('One red glove', '1700000000-abcdef', '1', 26)).to.equal('One re 1700000000-abcdef-1')
    expect(uniqueName('One red glove', '1700000000-abcdef', '1', 20)).to.equal('1700000000-abcdef-1')
  })

  test('a limit too small for the mark is an error', () => {
    expect(() => uniqueName('x', '1700000000-abcdef', '1', 10)).to.throw(RangeError, /no room/)
  })
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { type LengthUnit, lengthOf, newRunId, RUN_ID, uniqueName } from '../../../support/undo/names'

describe('names', () => {
  test('a run id is the time and six hex digits', () => {
    expect(newRunId(new Date(1_700_000_000_000))).to.match(/^1700000000-[0-9a-f]{6}$/)
    expect(newRunId()).to.match(RUN_ID)
  })

  // COL-S08
  test('two run ids never meet', () => {
    expect(newRunId()).to.not.equal(newRunId())
  })

  test('the text gives way to the limit, the run id never does', () => {
    expect(uniqueName('One red glove', '1700000000-abcdef', '1', 200)).to.equal('One red glove 1700000000-abcdef-1')
    expect(uniqueName('One red glove', '1700000000-abcdef', '1', 26)).to.equal('One re 1700000000-abcdef-1')
    expect(uniqueName('One red glove', '1700000000-abcdef', '1', 20)).to.equal('1700000000-abcdef-1')
  })

  test('a name is cut between characters as people see them, counted as the service counts', () => {
    const family = '👨‍👩‍👧‍👦'
    const name = (limit: number, unit: LengthUnit) => uniqueName(`x${family.repeat(9)}`, '1700000000-abcdef', '1', limit, unit)
    for (const unit of ['code points', 'utf-16 units', 'bytes'] as const) {
      const cut = name(20 + 30, unit)
      expect(Buffer.from(cut).toString(), unit).to.equal(cut)
      expect(lengthOf(cut, unit), unit).to.be.at.most(50)
      expect(cut.replaceAll(family, '')).to.equal('x 1700000000-abcdef-1')
    }
    expect(name(50, 'code points').length).to.be.greaterThan(name(50, 'bytes').length)
  })

  test('a limit too small for the run id is an error', () => {
    expect(() => uniqueName('x', '1700000000-abcdef', '1', 10)).to.throw(RangeError, /no room/)
  })
})

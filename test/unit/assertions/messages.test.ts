import { describe, test } from 'node:test'
import { expect } from '../../../support/assertions/chai-checks'
import { allOf, custom, equals, exists, isDict, isString, oneOf } from '../../../support/assertions/checks'
import { examine, failureOf } from '../../../support/assertions/examine'

const ANSWER = { success: false, data: { status: 'failed', checks: [{ passed: true }] } }

const said = (run: () => void): string => {
  try {
    run()
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('the message of a failed response check', () => {
  // CON-004, CON-167, CON-168, CON-169
  test('every row that fails, with path, check, expected and actual, why, and where the path stopped', () => {
    const rows = [
      { path: 'success', check: equals(true, 'a login that works is the point') },
      { path: 'data', check: isDict() },
      { path: 'data.status', check: oneOf(['success', 'expired']) },
      { path: 'data.checks.3.passed', check: exists() },
      { path: 'data.status.code', check: allOf([exists(), isString()]) },
    ]
    expect(failureOf(examine(ANSWER, rows))).to.equal(
      [
        'the answer breaks 4 of 5 promises:',
        '  - success: expected equals(true), got false',
        '    → a login that works is the point',
        '  - data.status: expected one_of(["success", "expired"]), got "failed"',
        '  - data.checks.3.passed: expected exists(), got nothing (the path ends at "data.checks": a list of 1)',
        '  - data.status.code: expected all_of(exists(), is_type(str)), got nothing (the path ends at "data.status": "failed", which has no parts)',
      ].join('\n'),
    )
  })

  // CON-170
  test('a check that throws counts as failed, and its message contains the error', () => {
    const broken = custom(() => {
      throw new Error('no such thing')
    }, 'must be even')
    expect(failureOf(examine(ANSWER, [{ path: '', check: broken }]))).to.contain(
      '(the whole): expected custom(must be even), got {"success":false',
    )
    expect(failureOf(examine(ANSWER, [{ path: 'success', check: broken }]))).to.equal(
      'the answer breaks 1 of 1 promises:\n  - success: expected custom(must be even), got false (the check failed: no such thing)\n    → must be even',
    )
  })

  // CON-171
  test('the message of a plain function contains only its name, if it has one', () => {
    const anonymous = [(): boolean => false][0]
    const isOdd = (): boolean => false
    expect(failureOf(examine(ANSWER, [{ path: 'success', check: anonymous ?? exists() }]))).to.contain('expected None, got false')
    expect(failureOf(examine(ANSWER, [{ path: 'success', check: isOdd }]))).to.contain('expected isOdd')
  })

  test('chai has the same message', () => {
    expect(ANSWER).to.hold({ 'data.status': equals('failed'), success: (value) => value === false })
    expect(said(() => expect(ANSWER).to.hold({ success: equals(true), 'data.status': equals('success') }))).to.equal(
      'the answer breaks 2 of 2 promises:\n  - success: expected equals(true), got false\n  - data.status: expected equals("success"), got "failed"',
    )
    expect(said(() => expect(ANSWER).to.not.hold({ success: equals(false) }))).to.contain('not to hold')
  })
})

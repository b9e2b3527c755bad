import * as chai from 'chai'
import type { CheckLike } from './checks'
import { type Expected, examine, failureOf } from './examine'

declare global {
  namespace Chai {
    interface Assertion {
      /** Every check passes at its path; a failure contains every one that does not. */
      hold(promises: Readonly<Record<string, CheckLike>> | readonly Expected[]): Assertion
    }
  }
}

/** `expect(answer).to.hold({ 'data.status': equals('success') })`, the tasks' form of the answer table. */
function withChecks(plugged: Chai.ChaiStatic): void {
  plugged.Assertion.addMethod('hold', function (promises: Readonly<Record<string, CheckLike>> | readonly Expected[]) {
    const rows = isRows(promises) ? promises : Object.entries(promises).map(([path, check]) => ({ path, check }))
    const examined = examine(this._obj, rows)
    this.assert(
      examined.every(({ held }) => held),
      failureOf(examined) ?? '',
      'expected the answer not to hold all of it',
      true,
    )
  })
}

function isRows(promises: Readonly<Record<string, CheckLike>> | readonly Expected[]): promises is readonly Expected[] {
  return Array.isArray(promises)
}

chai.use((plugged) => withChecks(plugged))

export const { expect } = chai

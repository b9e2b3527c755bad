import * as chai from 'chai'
import type { CheckLike } from './checks'
import { examine, failureOf, type Promised } from './examine'

declare global {
  namespace Chai {
    interface Assertion {
      /** Every check holds at its path; a failure names every one that does not. */
      hold(promises: Readonly<Record<string, CheckLike>> | readonly Promised[]): Assertion
    }
  }
}

/** `expect(answer).to.hold({ 'data.status': equals('success') })`, the tasks' form of the answer table. */
export function withChecks(plugged: Chai.ChaiStatic): void {
  plugged.Assertion.addMethod('hold', function (promises: Readonly<Record<string, CheckLike>> | readonly Promised[]) {
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

function isRows(promises: Readonly<Record<string, CheckLike>> | readonly Promised[]): promises is readonly Promised[] {
  return Array.isArray(promises)
}

chai.use((plugged) => withChecks(plugged))

export const { expect } = chai

import type { SkipReasonOf } from '../service'

/** What a sender needs to write a direct message. */
export const KARMA_TO_WRITE = 5

/** Live, an account that has not earned enough says nothing about the service. */
export const skipReasonOf: SkipReasonOf = ({ code, says }) => {
  if (code !== 'KARMA_TOO_LOW') return undefined
  return {
    reason: `the account has too little karma (${says ?? code})`,
    toSet: `an account with at least ${KARMA_TO_WRITE} karma`,
  }
}

import type { Failure } from './errors'

/** Live, a budget that is used up skips the scenario, with a message about the budget and when it is renewed. */
export function rateLimitSkip({ status, method, path, retryAfter }: Failure): { reason: string; toSet: string } | undefined {
  if (status !== 429) return undefined
  const until =
    retryAfter === undefined
      ? 'later'
      : `after ${new Date(Math.ceil(Date.now() / 60_000 + retryAfter / 60) * 60_000).toISOString().slice(0, 16)}Z`
  return {
    reason: `the account's budget for ${method} ${path.split('?')[0]?.replaceAll(/[0-9a-f-]{36}|\d{6,}/g, '…')} is used up`,
    toSet: `try again ${until}`,
  }
}

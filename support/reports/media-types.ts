/** An attachment that never reaches a report: a secret learned during the run, sent before any message that could contain it. */
export const SECRET = 'application/x.acceptance.secret'

/** An attachment with the reason of a skip: JSON of a `SkipReason`. */
export const SKIP_REASON = 'application/x.acceptance.skip'

/**
 * An attachment with the calls before a failure: JSON of `RecentCalls`. Reports format them; a `LOG` beside it has them as text.
 */
export const CALLS = 'application/x.acceptance.calls+json'

/** An attachment of the run itself: JSON of what it knows besides its results. */
export const RUN_FACTS = 'application/x.acceptance.run+json'

/** Fails the run: a service that is no longer reachable. */
export const UNREACHABLE = 'text/x.acceptance.unreachable'

/** What Cucumber's own `log` attaches; reports show it expanded. */
export const LOG = 'text/x.cucumber.log+plain'

export interface SkipReason {
  reason: string
  /** What to set or install so that it runs: a variable with its value, or a program. Empty if nothing helps. */
  toSet: string
}

/** The reason of a skip and what to do about it, in one line. */
export function reasonText({ reason, toSet }: SkipReason): string {
  return toSet ? `${reason}; to run it: ${toSet}` : reason
}

/** The beginning of a skip in every report. */
export const SKIPPED = 'Skipped: '

/** Parses the body of a `SKIP_REASON` attachment; anything but JSON of that shape counts as the reason itself. */
export function parseSkip(body: string): SkipReason {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed === 'object' && parsed !== null && 'reason' in parsed) {
      return { reason: String(parsed.reason), toSet: 'toSet' in parsed ? String(parsed.toSet ?? '') : '' }
    }
    return { reason: body, toSet: '' }
  } catch {
    return { reason: body, toSet: '' }
  }
}

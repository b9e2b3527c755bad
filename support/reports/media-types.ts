/** An attachment that never reaches a report: a secret got while running, sent ahead of anything that could mention it. */
export const SECRET = 'application/x.acceptance.secret'

/** An attachment that says why a scenario is skipped: JSON of a `SkipReason`. */
export const SKIP_REASON = 'application/x.acceptance.skip'

/** An attachment with the calls before a failure: JSON of `RecentCalls`. Reports lay them out; a `LOG` beside it tells them in text. */
export const CALLS = 'application/x.acceptance.calls+json'

/** An attachment of the run itself: JSON of what it knows besides its results. */
export const RUN_FACTS = 'application/x.acceptance.run+json'

/** Fails the run: a service that could not be reached any more. */
export const UNREACHABLE = 'text/x.acceptance.unreachable'

/** What Cucumber's own `log` attaches; reports show it unfolded. */
export const LOG = 'text/x.cucumber.log+plain'

export interface SkipReason {
  reason: string
  /** What would let it run: a variable with its value, or something to install. Empty where nothing would. */
  toSet: string
}

/** In one line why something is skipped, and what to do about it. */
export function reasonText({ reason, toSet }: SkipReason): string {
  return toSet ? `${reason}; to run it: ${toSet}` : reason
}

/** How every report begins to tell a skip. */
export const SKIPPED = 'Skipped: '

/** Reads the body of a `SKIP_REASON` attachment; what is no JSON of that shape counts as the reason itself. */
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

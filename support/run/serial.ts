import type { Pickle } from '@cucumber/messages'
import { serviceOfFeature } from '../services'
import { RESOLVED, type Resolved } from './resolved'

const LARGE = '@resource-intensive'

/**
 * Scenarios that take much of the machine do not run side by side; and live, neither do those that use something an account has only
 * once (on a sandbox they have accounts of their own).
 */
export function serialRule(candidate: Pickle, running: readonly Pickle[]): boolean {
  if (isLarge(candidate) && running.some(isLarge)) return false
  const tag = serialTag(candidate)
  if (!tag || !runsLive(candidate)) return true
  return !running.some((pickle) => serialTag(pickle) === tag)
}

/** Whether a scenario takes much of the machine. */
export function isLarge({ tags }: Pickle): boolean {
  return tags.some(({ name }) => name === LARGE)
}

/** The tag of what an account has only one of: `@serial:<service>`. */
export function serialTag({ tags }: Pickle): string | undefined {
  return tags.find(({ name }) => name.startsWith('@serial:'))?.name
}

function runsLive({ uri }: Pickle): boolean {
  const text = process.env[RESOLVED]
  return !text || (JSON.parse(text) as Resolved).services[serviceOfFeature(uri)]?.kind === 'live'
}

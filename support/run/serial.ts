import type { Pickle } from '@cucumber/messages'
import { serviceOfFeature } from '../services'
import { RESOLVED, type Resolved } from './resolved'

/** Live, scenarios that use something that an account has only once do not run in parallel; sandbox scenarios have their own accounts. */
export function serialRule(candidate: Pickle, running: readonly Pickle[]): boolean {
  const tag = serialTag(candidate)
  if (!tag || !runsLive(candidate)) return true
  return !running.some((pickle) => serialTag(pickle) === tag)
}

/** The tag of what an account has only one of: `@serial:<service>`. */
export function serialTag({ tags }: Pickle): string | undefined {
  return tags.find(({ name }) => name.startsWith('@serial:'))?.name
}

function runsLive({ uri }: Pickle): boolean {
  const text = process.env[RESOLVED]
  return !text || (JSON.parse(text) as Resolved).services[serviceOfFeature(uri)]?.kind === 'live'
}

import type { ChatMessage, ChatPlace, Window } from '../../chat/adapter'
import type { SymphonyClient } from './client/client'
import { toChatMessage } from './parse'

/** The maximum of one response. */
const PAGE = 500
const HOUR = 3_600_000
const FURTHEST_BACK = 90 * 24 * HOUR

type Newest = { place: ChatPlace; limit: number; until?: number }

/** Newest first. Symphony does not document the order of its response, and its clients differ, so nothing here depends on it. */
export async function historyOf(client: SymphonyClient, place: ChatPlace, window: Window): Promise<ChatMessage[]> {
  const { limit, before, after } = window
  if (after) return (await everything(client, place, { since: after.sentAt + 1 })).slice(-limit)
  const until = before ? before.sentAt - 1 : undefined
  return newest(client, { place, limit, ...(until === undefined ? {} : { until }) })
}

/**
 * One call is enough if all messages fit, or if the response begins with the newest. If it begins with the oldest, the newest are
 * at the other end, and are searched in increasing periods of time.
 */
async function newest(client: SymphonyClient, { place, limit, until }: Newest): Promise<ChatMessage[]> {
  const bound = until === undefined ? {} : { until }
  const requested = Math.max(limit, 2)
  const wire = await client.messages.history(place.id, { since: 0, limit: requested, ...bound })
  const isAll = wire.length < requested
  const [first, last] = [wire.at(0), wire.at(-1)]
  if (isAll || (first && last && first.timestamp >= last.timestamp)) return sorted(wire.map(toChatMessage)).slice(0, limit)
  const end = until ?? Date.now()
  for (let stretch = HOUR; ; stretch *= 8) {
    const found = await everything(client, place, { since: Math.max(0, end - stretch), ...bound })
    if (found.length >= limit || stretch > FURTHEST_BACK) return found.slice(0, limit)
  }
}

async function everything(client: SymphonyClient, place: ChatPlace, query: { since: number; until?: number }) {
  const found: ChatMessage[] = []
  for (let skip = 0; ; skip += PAGE) {
    const some = await page(client, place, { ...query, skip, limit: PAGE })
    found.push(...some)
    if (some.length < PAGE) return sorted(found)
  }
}

type Query = Parameters<SymphonyClient['messages']['history']>[1]

async function page(client: SymphonyClient, place: ChatPlace, query: Query): Promise<ChatMessage[]> {
  return sorted((await client.messages.history(place.id, query)).map(toChatMessage))
}

function sorted(messages: readonly ChatMessage[]): ChatMessage[] {
  return [...messages].sort((one, other) => other.sentAt - one.sentAt)
}

import { Refusal } from '../kit/refusal'
import type { Slack } from './context'
import type { ChannelRow, MessageRow, TeamRow, TokenRow, UserRow } from './model'

/** What a power names by its id. Each is refused with 404, saying what there is not. */
export function channelNamed({ store }: Slack, id: string): ChannelRow {
  return store.channel(id) ?? nothing('channel', id)
}

export function messageNamed({ store }: Slack, { channelId, ts }: { channelId: string; ts: string }): MessageRow {
  return store.message(channelId, ts) ?? nothing('message', ts)
}

export function userNamed({ store }: Slack, id: string): UserRow {
  return store.data.users.get(id) ?? nothing('user', id)
}

export function teamNamed({ store }: Slack, id: string): TeamRow {
  return store.data.teams.get(id) ?? nothing('team', id)
}

/** Tokens never come back in an answer. */
export function tokenNamed({ store }: Slack, token: string): TokenRow {
  return store.data.tokens.get(token) ?? nothing('token', 'given')
}

function nothing(what: string, id: string): never {
  throw new Refusal(404, { error: `there is no ${what} ${id}` })
}

import { test } from 'node:test'
import { expect } from 'chai'
import type * as Api from 'discord-api-types/v10'
import type { z } from 'zod'
import type { DiscordClient, HistoryQuery, NewMessage } from '../../../../support/services/discord/client'
import type * as contract from '../../../../support/services/discord/contract'
import type { Exactly, Gaps } from '../../../support/gaps'

type Promised<Name extends keyof typeof contract> = (typeof contract)[Name] extends z.ZodType<infer Value> ? Value : never

/** The thread of a message is published as a channel of any kind. */
type ThreadGaps = 'guild_id' | 'parent_id' | 'thread_metadata'

/** Compiled only while every promised field is published with that type. */
const CONTRACTS: Readonly<Record<string, true>> = {
  user: true satisfies Exactly<Gaps<Api.APIUser, Promised<'user'>>, never>,
  channel: true satisfies Exactly<Gaps<Api.APIChannel, Promised<'channel'>>, never>,
  thread: true satisfies Exactly<Gaps<Api.APIThreadChannel, Promised<'thread'>>, never>,
  direct: true satisfies Exactly<Gaps<Api.APIDMChannel, Promised<'direct'>>, never>,
  message: true satisfies Exactly<Gaps<Api.APIMessage, Promised<'message'>>, `thread.${ThreadGaps}`>,
  messages: true satisfies Exactly<Gaps<Api.RESTGetAPIChannelMessagesResult, Promised<'messages'>>, `[].thread.${ThreadGaps}`>,
  guild: true satisfies Exactly<Gaps<Api.APIGuild, Promised<'guild'>>, never>,
  channels: true satisfies Exactly<Gaps<Api.APIChannel[], Promised<'channels'>>, never>,
  ownGuilds: true satisfies Exactly<Gaps<Api.RESTGetAPICurrentUserGuildsResult, Promised<'ownGuilds'>>, never>,
  member: true satisfies Exactly<Gaps<Api.APIGuildMember, Promised<'member'>>, never>,
  members: true satisfies Exactly<Gaps<Api.RESTGetAPIGuildMembersResult, Promised<'members'>>, never>,
  application: true satisfies Exactly<Gaps<Api.APIApplication, Promised<'application'>>, never>,
  gateway: true satisfies Exactly<Gaps<Api.APIGatewayBotInfo, Promised<'gateway'>>, never>,
}

/** What the client sends is what the service takes. */
const REQUESTS: Readonly<Record<string, true>> = {
  'a new message': true satisfies Exactly<Gaps<Api.RESTPostAPIChannelMessageJSONBody, NewMessage>, never>,
  'an edited message': true satisfies Exactly<
    Gaps<Api.RESTPatchAPIChannelMessageJSONBody, Parameters<DiscordClient['editMessage']>[2]>,
    never
  >,
  'a page of messages': true satisfies Exactly<Gaps<Api.RESTGetAPIChannelMessagesQuery, HistoryQuery>, never>,
}

// @ts-expect-error a user's id is a text
const wrongType: true = true satisfies Exactly<Gaps<Api.APIUser, { id: number }>, never>
// @ts-expect-error a message has no title
const unknownField: true = true satisfies Exactly<Gaps<Api.APIMessage, { author: { title: string } }>, never>

test('every contract has the types that discord-api-types publishes; the compiler proves it', () => {
  expect(Object.keys(CONTRACTS)).to.have.length(13)
  expect(Object.values({ ...CONTRACTS, ...REQUESTS, wrongType, unknownField })).to.deep.equal(Array(18).fill(true))
})

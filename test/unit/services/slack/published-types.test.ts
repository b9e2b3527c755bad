import { test } from 'node:test'
import type * as Api from '@slack/web-api'
import { expect } from 'chai'
import type { z } from 'zod'
import type * as contract from '../../../../support/services/slack/contract'
import type { Exactly, Gaps } from '../../../support/gaps'

type Promised<Name extends keyof typeof contract> = (typeof contract)[Name] extends z.ZodType<infer Value> ? Value : never

/**
 * Compiled only while every promised field is published with that type. The fields named here are published as any text, and the
 * contract lists the documented ones.
 */
const CONTRACTS: Readonly<Record<string, true>> = {
  AuthTestResponse: true satisfies Exactly<Gaps<Api.AuthTestResponse, Promised<'identity'>>, never>,
  ChatPostMessageResponse: true satisfies Exactly<Gaps<Api.ChatPostMessageResponse, Promised<'posted'>>, 'message.type'>,
  ChatUpdateResponse: true satisfies Exactly<
    Gaps<Api.ChatUpdateResponse, Promised<'updated'>>,
    'message.type' | 'message.files[].mode'
  >,
  ChatDeleteResponse: true satisfies Exactly<Gaps<Api.ChatDeleteResponse, Promised<'deleted'>>, never>,
  ReactionsGetResponse: true satisfies Exactly<Gaps<Api.ReactionsGetResponse, Promised<'reacted'>>, 'message.type'>,
  ConversationsHistoryResponse: true satisfies Exactly<
    Gaps<Api.ConversationsHistoryResponse, Promised<'messages'>>,
    'messages[].type' | 'messages[].files[].mode'
  >,
  ConversationsRepliesResponse: true satisfies Exactly<
    Gaps<Api.ConversationsRepliesResponse, Promised<'messages'>>,
    'messages[].type' | 'messages[].files[].mode'
  >,
  ConversationsListResponse: true satisfies Exactly<Gaps<Api.ConversationsListResponse, Promised<'channels'>>, never>,
  UsersConversationsResponse: true satisfies Exactly<Gaps<Api.UsersConversationsResponse, Promised<'channels'>>, never>,
  UsersListResponse: true satisfies Exactly<Gaps<Api.UsersListResponse, Promised<'people'>>, never>,
  UsersInfoResponse: true satisfies Exactly<Gaps<Api.UsersInfoResponse, Promised<'oneUser'>>, never>,
  ConversationsInfoResponse: true satisfies Exactly<Gaps<Api.ConversationsInfoResponse, Promised<'oneChannel'>>, never>,
  UsersProfileGetResponse: true satisfies Exactly<Gaps<Api.UsersProfileGetResponse, Promised<'oneProfile'>>, never>,
  ConversationsOpenResponse: true satisfies Exactly<Gaps<Api.ConversationsOpenResponse, Promised<'opened'>>, never>,
  ConversationsCloseResponse: true satisfies Exactly<Gaps<Api.ConversationsCloseResponse, Promised<'closed'>>, never>,
  UsersGetPresenceResponse: true satisfies Exactly<Gaps<Api.UsersGetPresenceResponse, Promised<'presence'>>, 'presence'>,
  FilesGetUploadURLExternalResponse: true satisfies Exactly<
    Gaps<Api.FilesGetUploadURLExternalResponse, Promised<'announced'>>,
    never
  >,
  FilesInfoResponse: true satisfies Exactly<Gaps<Api.FilesInfoResponse, Promised<'oneFile'>>, 'file.mode'>,
  AppsConnectionsOpenResponse: true satisfies Exactly<Gaps<Api.AppsConnectionsOpenResponse, Promised<'connection'>>, never>,
  ChatGetPermalinkResponse: true satisfies Exactly<Gaps<Api.ChatGetPermalinkResponse, Promised<'link'>>, never>,
  ConversationsMembersResponse: true satisfies Exactly<Gaps<Api.ConversationsMembersResponse, Promised<'memberIds'>>, never>,
}

// @ts-expect-error a timestamp is a text
const wrongType: true = true satisfies Exactly<Gaps<Api.ChatPostMessageResponse, { ts: number }>, never>
// @ts-expect-error a message has no title
const unknownField: true = true satisfies Exactly<Gaps<Api.ChatPostMessageResponse, { message: { title: string } }>, never>

test('every contract has the types that @slack/web-api publishes; the compiler proves it', () => {
  expect(Object.keys(CONTRACTS)).to.have.length(21)
  expect(Object.values({ ...CONTRACTS, wrongType, unknownField })).to.deep.equal(Array(23).fill(true))
})

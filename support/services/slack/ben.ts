import { assertAgrees } from '../../assertions/agreement'
import type { ChatPlace, Presence } from '../../chat/adapter'
import { placeData } from '../../chat/places'
import { MissingOptional, UsageError } from '../../config/errors'
import { ApiError } from '../../http/errors'
import type { SlackChat } from './adapter'
import { SlackApi } from './api'
import * as contract from './contract'

const USER_SCOPES_PAGE = 'OAuth & Permissions, User Token Scopes, and install the app again as Ben'

/** Live, Ben acts with a user token of his own, the only way to act for him; on a sandbox through the control API. */
async function asBen(slack: SlackChat): Promise<SlackApi> {
  const { access } = slack
  const { userToken } = await access.people.person('Ben')
  if (!userToken) throw new Error('Only Ben can undo what he did: set SLACK_USER_TOKEN.')
  const api = apis.get(slack) ?? new SlackApi(access, userToken)
  apis.set(slack, api)
  return api
}

/** One per adapter, so that the scopes of one response are compared with those of the next. */
const apis = new WeakMap<SlackChat, SlackApi>()

/** Live, an action that Ben may not do skips the scenario, with a reason of its own. @throws Lacking */
export async function asFarAsBenMay<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { code, says } = error.failure
    if (code === 'missing_scope')
      throw new MissingOptional(`Ben’s own token lacks a scope: it ${says}`, `it under ${USER_SCOPES_PAGE}`)
    if (code === 'not_in_channel')
      throw new MissingOptional('Ben is not in the channel', 'Ben in the channel of SLACK_TEST_CHANNEL_NAME')
    throw error
  }
}

/** The id of the owner of the token. */
export async function tokenOwner(slack: SlackChat): Promise<string> {
  return (await (await asBen(slack)).call('auth.test', {}, contract.identity, 'the owner of Ben’s token')).user_id
}

/**
 * The id of Ben, who must be the owner of the token. Checked before anything is sent or set in his name.
 * @throws UsageError if the token belongs to another account
 */
export async function ownerIsBen(slack: SlackChat): Promise<string> {
  const [owner, { id, name }] = await Promise.all([tokenOwner(slack), slack.person('Ben')])
  if (owner !== id)
    throw new UsageError(
      `SLACK_USER_TOKEN is the token of ${owner}, not of ${name} (${id}), whom SLACK_TEST_USER_NAME names: nothing was changed. Set Ben’s own token, or leave it out.`,
    )
  return id
}

/** Ben's status. */
export interface Status {
  text: string
  /** `:name:`, or empty. */
  emoji: string
  /** Unix seconds of its end; 0 if it does not end. */
  until: number
}

/** Only users have a status. */
export async function setStatus(slack: SlackChat, { text, emoji, until }: Status): Promise<void> {
  const profile = { status_text: text, status_emoji: emoji, status_expiration: until }
  const response = await (await asBen(slack)).call('users.profile.set', { profile }, contract.oneProfile, 'a status that was set')
  const { profile: read } = await slack.directory.user((await slack.person('Ben')).id)
  const { display_name, real_name, team, email, title } = read
  assertAgrees('a status that was set', response.profile, { ...profile, display_name, real_name, team, email, title })
}

/** As the bot reads it. */
export async function statusOf(slack: SlackChat, user?: string): Promise<Status> {
  const id = user ?? (await tokenOwner(slack))
  const seen = await slack.directory.user(id)
  const { status_text: text, status_emoji: emoji, status_expiration: until = 0 } = seen.profile
  return { text, emoji, until }
}

/** Sends a message with Ben's token; it contains the run id and is deleted at the end. @param markup as it is sent */
export async function sendAsBen(slack: SlackChat, place: ChatPlace, markup: string): Promise<void> {
  const { access } = slack
  const [ben, account] = [await asBen(slack), await ownerIsBen(slack)]
  const { channel, thread_ts } = { channel: place.parent ?? place.id, thread_ts: place.parent ? place.id : undefined }
  const creation = { by: 'Ben', data: { account, ...placeData(place) } }
  const post = async (marked: string) => {
    const text = `${markup} (${marked.split(' ').at(-1)})`
    return { id: (await ben.call('chat.postMessage', { channel, thread_ts, text }, contract.posted, 'a message of Ben')).ts }
  }
  await asFarAsBenMay(() => access.undo.create('slack.said', access.unique('Ben'), creation, post))
}

export async function deleteAsBen(slack: SlackChat, channel: string, ts: string): Promise<void> {
  await (await asBen(slack)).call('chat.delete', { channel, ts }, contract.deleted, 'a message that was deleted')
}

/** On a sandbox through its control API, live with Ben's token; restored at the end. @returns false if there is neither */
export async function setPresenceOf(slack: SlackChat, name: string, presence: Presence): Promise<boolean> {
  const { access } = slack
  const { userId, userToken } = await access.people.person(name)
  if (access.control) {
    await access.control.post('/presence', { userId, presence: presence === 'available' ? 'active' : 'away' })
    return true
  }
  if (!userToken) return false
  await asFarAsBenMay(async () => {
    const account = await ownerIsBen(slack)
    const [was, away] = [await isBenAway(slack), presence === 'away']
    const creation = { by: name, data: { account, was: String(was), set: String(away) } }
    await access.undo.create('slack.absence', access.unique('Ben is away'), creation, async () => {
      await setBenAway(slack, away)
      return { id: account }
    })
  })
  return true
}

/** Whether Ben has set himself to away, which only his own token can read. */
export async function isBenAway(slack: SlackChat): Promise<boolean> {
  const { manual_away = false } = await (await asBen(slack)).call('users.getPresence', {}, contract.presence, 'Ben’s presence')
  return manual_away
}

export async function setBenAway(slack: SlackChat, away: boolean): Promise<void> {
  const presence = away ? 'away' : 'auto'
  await (await asBen(slack)).call('users.setPresence', { presence }, contract.done, 'a presence that was set')
}

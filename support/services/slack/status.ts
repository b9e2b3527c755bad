import type { SlackAdapter } from './adapter'
import { SlackApi } from './api'
import * as contract from './contract'

export interface Status {
  text: string
  /** `:name:`, or nothing. */
  emoji: string
}

/** Only people have a status of their own to set: Ben's token does it. */
async function asBen({ access }: SlackAdapter): Promise<SlackApi> {
  return new SlackApi(access, (await access.people.person('Ben')).userToken)
}

export async function whose(slack: SlackAdapter): Promise<string> {
  return (await (await asBen(slack)).call('auth.test', {}, contract.identity, 'who Ben is')).user_id
}

export async function setStatus(slack: SlackAdapter, { text, emoji }: Status): Promise<void> {
  const profile = { status_text: text, status_emoji: emoji, status_expiration: 0 }
  await (await asBen(slack)).call('users.profile.set', { profile }, contract.oneProfile, 'a status that was set')
}

/** As the bot sees it. */
export async function statusOf(slack: SlackAdapter, user?: string): Promise<Status> {
  const id = user ?? (await whose(slack))
  const { user: seen } = await slack.api.call('users.info', { user: id }, contract.oneUser, 'a person')
  return { text: seen.profile.status_text, emoji: seen.profile.status_emoji }
}

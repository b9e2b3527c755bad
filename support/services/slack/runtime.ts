import { findConfigured } from '../../chat/lookup'
import { UsageError } from '../../config/errors'
import { ApiError } from '../../http/errors'
import type { Account, ServiceAccess, ServiceRuntime } from '../service'
import { SlackChat } from './adapter'
import { isRefused } from './api'
import { ownerIsBen } from './ben'
import * as contract from './contract'
import { slack as platform } from './platform'
import { probe } from './probe'
import { undo } from './undo'

const open = (access: ServiceAccess): Promise<SlackChat> => SlackChat.of(access, platform.can)

/** What a run needs of Slack in addition to its description. */
export const runtime: ServiceRuntime<SlackChat> = {
  undo,
  clients: open,
  shared: {
    me: async (access) => (await open(access)).directory.me(),
    channel: (access, named) => findConfigured(CHANNEL, async () => (await open(access)).directory.configuredChannel(named)),
    person: (access, named) => {
      const variable = PEOPLE.find((one) => access.setting(one) === named) ?? PEOPLE[0]
      return findConfigured(variable, async () => (await open(access)).directory.configuredPerson(named))
    },
  },
  check,
  account,
  probe,
}

const CHANNEL = 'SLACK_TEST_CHANNEL_NAME'
const PEOPLE = ['SLACK_TEST_USER_NAME', 'SLACK_SECOND_USER_NAME'] as const
const UNUSABLE = ['invalid_auth', 'token_revoked', 'token_expired', 'account_inactive', 'not_authed']

async function check(access: ServiceAccess): Promise<void> {
  await checkToken(access)
  await checkNames(access)
}

async function checkToken(access: ServiceAccess): Promise<void> {
  const { api } = await open(access)
  try {
    const { bot_id } = await api.call('auth.test', {}, contract.identity, 'the bot’s identity')
    if (bot_id === undefined) throw new UsageError('SLACK_BOT_TOKEN is a user token: set the bot token of the app (xoxb-…).')
  } catch (error) {
    if (!isRefused(error, ...UNUSABLE)) throw error
    throw new UsageError(`Slack refuses SLACK_BOT_TOKEN (${(error as { code?: string }).code}): set the app’s current bot token.`)
  }
}

/** The channel and the test user are known before the first scenario; Ben's token is verified to be his own. */
async function checkNames(access: ServiceAccess): Promise<void> {
  const slack = await open(access)
  await unlessRefused(() => slack.channel())
  for (const variable of PEOPLE) {
    const named = access.setting(variable)
    if (named) await unlessRefused(() => access.once('person', named))
  }
  if (access.setting('SLACK_USER_TOKEN')) await unlessRefused(() => ownerIsBen(slack))
}

/** A missing scope skips only the scenarios that need it. */
async function unlessRefused(look: () => Promise<unknown>): Promise<void> {
  try {
    await look()
  } catch (error) {
    if (!(error instanceof ApiError && error.isRefusal)) throw error
  }
}

/** The bot, with its workspace: handles are unique only within one. */
async function account(access: ServiceAccess): Promise<Account> {
  const { api } = await open(access)
  const { user_id, user, team } = await api.call('auth.test', {}, contract.identity, 'the bot’s identity')
  return { id: user_id, name: `${user} in ${team}` }
}

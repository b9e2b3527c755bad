import { UsageError } from '../../config/errors'
import type { ServiceAccess, ServiceRuntime } from '../service'
import { SlackAdapter } from './adapter'
import { isRefused } from './api'
import * as contract from './contract'
import { slack as platform } from './platform'
import { probe } from './probe'
import { undo } from './undo'

const open = (access: ServiceAccess): Promise<SlackAdapter> => SlackAdapter.of(access, platform.can)

/** What a run needs of Slack beyond its description. */
export const runtime: ServiceRuntime<SlackAdapter> = {
  undo,
  clients: open,
  shared: {
    me: async (access) => (await open(access)).directory.me(),
    channel: async (access, name) => (await open(access)).directory.mustFind(name),
    person: async (access, name) => {
      const found = await (await open(access)).directory.findPerson(name)
      if (!found)
        throw new UsageError(`Nobody in the workspace is called "${name}": give a handle or display name, without the @.`)
      return found
    },
  },
  check,
  probe,
}

const UNUSABLE = ['invalid_auth', 'token_revoked', 'token_expired', 'account_inactive', 'not_authed']

async function check(access: ServiceAccess): Promise<void> {
  const { api } = await open(access)
  try {
    const { bot_id } = await api.call('auth.test', {}, contract.identity, 'who the bot is')
    if (bot_id === undefined)
      throw new UsageError('SLACK_BOT_TOKEN is the token of a person: set the bot token of the app (xoxb-…).')
  } catch (error) {
    if (!isRefused(error, ...UNUSABLE)) throw error
    throw new UsageError(
      `Slack does not take SLACK_BOT_TOKEN (${(error as { code?: string }).code}): set the app’s current bot token.`,
    )
  }
}

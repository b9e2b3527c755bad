import { UsageError } from '../../config/errors'
import { ApiError } from '../../http/errors'
import type { Account, ServiceAccess, ServiceRuntime } from '../service'
import { DiscordChat } from './adapter'
import { TEXT_CHANNELS } from './lookup'
import { probe } from './probe'
import { undo } from './undo'

/** What a run needs of Discord in addition to its description. */
export const runtime: ServiceRuntime<DiscordChat> = {
  undo,
  clients: (access) => DiscordChat.of(access),
  shared: { me: async (access) => (await DiscordChat.of(access)).ownAccount() },
  check,
  account,
  probe,
}

/** A token that is refused, a channel the bot cannot view, or a missing test user would fail every scenario. */
async function check(access: ServiceAccess): Promise<void> {
  const { client } = await DiscordChat.of(access)
  const { channel = '', guild } = await access.people.person('Ada')
  await named('DISCORD_BOT_TOKEN', () => client.me())
  const { type, guild_id: home = '' } = await named('DISCORD_TEST_CHANNEL_ID', () => client.channel(channel))
  if (!TEXT_CHANNELS.includes(type)) throw new UsageError('DISCORD_TEST_CHANNEL_ID is not the id of a text channel.')
  if (guild && guild !== home) throw new UsageError('DISCORD_TEST_GUILD_ID is not the guild of the channel: leave it out.')
  const { id: userId = '' } = await access.people.person('Ben')
  const { bot } = await named('DISCORD_TEST_USER_ID', () => client.user(userId))
  if (bot) throw new UsageError('DISCORD_TEST_USER_ID is the id of a bot: set the id of a user.')
  await named('DISCORD_TEST_USER_ID', () => client.member(home, userId))
}

async function account(access: ServiceAccess): Promise<Account> {
  const { id, name } = await (await DiscordChat.of(access)).me()
  return { id, name }
}

async function named<T>(variable: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof ApiError && error.isRefusal)) throw error
    const { status, says = '' } = error.failure
    throw new UsageError(`Discord refuses ${variable} (${says || status}): see docs/setup/discord.md.`)
  }
}

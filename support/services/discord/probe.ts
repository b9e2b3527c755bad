import { ApiError } from '../../http/errors'
import type { ProbeLine, ServiceAccess } from '../service'
import { DiscordChat } from './adapter'
import { isGranted, type Privileged, SWITCHES } from './intents'
import { NEEDED, permissionsOf } from './permissions'

const PURPOSE: Readonly<Record<Privileged, string>> = {
  MESSAGE_CONTENT: 'reading messages that do not mention the bot',
  GUILD_MEMBERS: 'finding people by display name',
  GUILD_PRESENCES: 'reading the presence of users',
}

/** The bot, its channel and test user, then each intent and permission with what to enable if it is missing. */
export async function probe(access: ServiceAccess): Promise<ProbeLine[]> {
  try {
    const chat = await DiscordChat.of(access)
    const [me, channel] = await Promise.all([chat.client.me(), chat.channel()])
    const { id = '' } = await access.people.person('Ben')
    const ben = await chat.client.user(id)
    return [
      { ok: true, says: `the bot is ${me.username}, the channel #${channel.name}, the test user ${ben.username}` },
      ...(await intents(chat)),
      ...(await permissions(chat, me.id)),
    ]
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return [{ ok: false, says: error.message.split('\n')[0] ?? '', toDo: 'see docs/setup/discord.md' }]
  }
}

async function intents(chat: DiscordChat): Promise<ProbeLine[]> {
  const { flags } = await chat.client.application()
  return (Object.keys(SWITCHES) as Privileged[]).map((intent) =>
    line(
      isGranted(intent, flags),
      `intent ${SWITCHES[intent]}, for ${PURPOSE[intent]}`,
      `enable ${SWITCHES[intent]} under Bot in the developer portal`,
    ),
  )
}

async function permissions(chat: DiscordChat, botId: string): Promise<ProbeLine[]> {
  const guildId = await chat.guildId()
  const { id } = await chat.channel()
  const [guild, member, channel] = await Promise.all([
    chat.client.guild(guildId),
    chat.client.member(guildId, botId),
    chat.client.channel(id),
  ])
  const held = permissionsOf({ guild, member, overwrites: channel.permission_overwrites ?? [] })
  return Object.entries(NEEDED).map(([name, { bit, for: purpose }]) =>
    line((held & bit) !== 0n, `permission ${name}, for ${purpose}`, `grant the bot ${name} in the test channel`),
  )
}

function line(ok: boolean, says: string, toDo: string): ProbeLine {
  return ok ? { ok, says } : { ok, says: `missing: ${says}`, toDo }
}

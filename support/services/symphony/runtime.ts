import { UsageError } from '../../config/errors'
import { ApiError } from '../../http/errors'
import type { Account, ProbeLine, ServiceAccess, ServiceRuntime } from '../service'
import { SymphonyChat } from './adapter'
import { SymphonyClient } from './client/client'
import type { Member } from './contract'
import { proofFrom } from './credentials'
import { makeFeed } from './inbound'
import { signIn, type Tokens } from './sessions'
import { undo } from './undo'

/** What a run needs of Symphony in addition to its description. */
export const runtime: ServiceRuntime<SymphonyChat> = {
  undo,
  clients: (access, by) => SymphonyChat.of(access, by),
  shared: {
    me: async (access) => (await SymphonyChat.of(access)).ownAccount(),
    session: (access, who): Promise<Tokens> => signIn(access, who),
    datafeed: async (access) => makeFeed(await SymphonyClient.of(access)),
  },
  check,
  account,
  finish,
  probe,
}

/** Credentials that Symphony refuses, or an unknown room or user, would fail every scenario. */
async function check(access: ServiceAccess): Promise<void> {
  const { from } = proofFrom(await access.people.person('Ada'))
  const chat = await SymphonyChat.of(access)
  try {
    await chat.me()
  } catch (error) {
    if (!(error instanceof ApiError && error.isRefusal)) throw error
    const { status, says = '' } = error.failure
    throw new UsageError(
      `Symphony refuses SYMPHONY_BOT_USERNAME with ${from} (${status}${says && `: ${says}`}): see docs/setup/symphony.md.`,
    )
  }
  await chat.channel()
  await chat.person('Ben')
  if (access.setting('SYMPHONY_TEST_USER_NAME_2')) await chat.person('Cleo')
}

async function account(access: ServiceAccess): Promise<Account> {
  const { id, name } = await (await SymphonyChat.of(access)).me()
  return { id, name }
}

/** One session serves the whole run; it ends with it. */
async function finish(access: ServiceAccess): Promise<string[]> {
  if (access.isLive) await (await SymphonyClient.of(access)).leave()
  return []
}

async function probe(access: ServiceAccess): Promise<ProbeLine[]> {
  const chat = await SymphonyChat.of(access)
  const [me, version] = await Promise.all([chat.me(), chat.client.agentVersion()])
  return [
    { ok: true, says: `signed in as ${me.displayName} (${me.name}) by ${proofFrom(await access.people.person('Ada')).from}` },
    { ok: true, says: `the agent is ${version}` },
    ...(await roomLines(chat)),
    await feedsWork(chat),
  ]
}

async function roomLines(chat: SymphonyChat): Promise<ProbeLine[]> {
  const [me, room, ben] = await Promise.all([chat.me(), chat.channel(), chat.person('Ben')])
  const members = await membersOf(chat, room.id)
  const line = (who: string, { id }: { id: string }, toDo: string): ProbeLine =>
    members?.some((member) => String(member.id) === id)
      ? { ok: true, says: `${who} is in "${room.name}"` }
      : { ok: false, says: `${who} is not in "${room.name}"`, toDo }
  const bot = line('the bot', me, 'Add the bot to the room.')
  return members ? [bot, line(ben.displayName, ben, 'Add the test user to the room.')] : [bot]
}

/** A room may be found by a bot that is not a member, which cannot list its members. @returns undefined then */
async function membersOf({ client }: SymphonyChat, room: string): Promise<Member[] | undefined> {
  try {
    return await client.streams.members(room)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 403)) throw error
    return undefined
  }
}

async function feedsWork({ client }: SymphonyChat): Promise<ProbeLine> {
  try {
    await client.feeds.list('')
    return { ok: true, says: 'the bot may read datafeeds' }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return {
      ok: false,
      says: `the bot may not read datafeeds (${error.status})`,
      toDo: 'Ask the administrator for agent access.',
    }
  }
}

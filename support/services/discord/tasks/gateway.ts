import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ChatState } from '../../../chat/state'
import { SandboxPeople } from '../../people'
import { DiscordChat } from '../adapter'
import { DiscordClient } from '../client'
import * as control from '../control'
import { DiscordSession } from '../gateway'
import { INTENTS } from '../intents'
import type { Interruption, SignIn } from '../parameter-types'
import { DiscordState } from '../state'

/** Well-formed, and issued to no bot. */
const UNKNOWN_TOKEN = ['MTAwMDAwMDAwMDAwMDAwMDAx', 'GAAAAA', 'a'.repeat(38)].join('.')

/** The adapter of the scenario, with Discord's own methods. */
export async function discordOf(state: ChatState): Promise<DiscordChat> {
  const chat = await state.chat()
  if (!(chat instanceof DiscordChat)) throw new Error('This step is for Discord only.')
  return chat
}

export async function connect(state: ChatState): Promise<void> {
  await (await (await discordOf(state)).sessions.main()).assertAlive()
}

/** Sessions of the scenario's own; the session that the run shares is left alone. */
export async function openAndClose(state: ChatState, times: number): Promise<void> {
  const chat = await discordOf(state)
  const { sessions } = state.world.state(DiscordState)
  for (let round = 0; round < times; round++) {
    const session = await DiscordSession.open(chat.client, { intents: INTENTS.GUILDS, isSilent: true })
    sessions.push(session)
    await session.close()
  }
}

export async function expectAllClosed(state: ChatState, who: string): Promise<void> {
  const { id } = await (await discordOf(state)).person(who)
  const { sessions } = state.world.state(DiscordState)
  expect(sessions.length, 'the number of sessions').to.be.greaterThan(0)
  for (const { userId, isClosed } of sessions) {
    expect(userId, 'the account of a session').to.equal(id)
    expect(isClosed, 'whether a session is closed').to.equal(true)
  }
}

export async function expectSessionOf(state: ChatState, who: string): Promise<void> {
  const chat = await discordOf(state)
  const [session, person] = await Promise.all([chat.sessions.main(), chat.person(who)])
  session.assertAlive()
  expect(session.userId, 'the account of the gateway session').to.equal(person.id)
}

export async function tryToSignIn(state: ChatState, how: SignIn): Promise<void> {
  const chat = await discordOf(state)
  await state.world.attempt(async (): Promise<unknown> => {
    if (how === 'call the API with an invalid token')
      return (await DiscordClient.withToken(state.world.access, UNKNOWN_TOKEN)).me()
    if (how === 'connect to the gateway with the presence intent') return chat.sessions.observer()
    return DiscordSession.open(chat.client, { intents: INTENTS.GUILDS, token: UNKNOWN_TOKEN })
  })
}

/** @param permission Discord's own name of it; undefined for all privileged intents */
export async function revoke(state: ChatState, permission: string | undefined): Promise<void> {
  const chat = await discordOf(state)
  if (permission === undefined) await control.switchIntentsOff(chat, ['GUILD_PRESENCES', 'GUILD_MEMBERS', 'MESSAGE_CONTENT'])
  else await control.forbid(chat, permission)
}

/** An account whose settings refuse direct messages; it has them from the beginning. */
export async function refuseDirects(state: ChatState, name: string): Promise<void> {
  const { people } = state.world.access
  if (!(people instanceof SandboxPeople)) throw new Error('Live, the settings of another account cannot be changed.')
  await people.make(name, { dms: 'closed' })
}

export async function interrupt(state: ChatState, how: Interruption): Promise<void> {
  const chat = await discordOf(state)
  await chat.sessions.main()
  await control.breakConnection(chat, how)
}

/** A new session instead of the interrupted one would have missed events. */
export async function expectResumed(state: ChatState): Promise<void> {
  const session = await (await discordOf(state)).sessions.main()
  await eventually(() => expect(session.resumed, 'how often the session was resumed').to.be.at.least(1))
}

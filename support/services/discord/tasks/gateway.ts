import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Presence } from '../../../chat/adapter'
import type { ChatState } from '../../../chat/state'
import { SandboxPeople } from '../../../run/people'
import { DiscordChat } from '../adapter'
import { DiscordClient } from '../client'
import * as control from '../control'
import { DiscordSession } from '../gateway'
import { INTENTS } from '../intents'
import { STATUS } from '../parse'

/** Of the right form, and nobody's. */
const NOBODYS_TOKEN = ['MTAwMDAwMDAwMDAwMDAwMDAx', 'GAAAAA', 'a'.repeat(38)].join('.')

/** The state's adapter with all that only Discord has. */
export async function discordOf(state: ChatState): Promise<DiscordChat> {
  const chat = await state.chat()
  if (!(chat instanceof DiscordChat)) throw new Error('This sentence is about Discord alone.')
  return chat
}

export async function connect(state: ChatState): Promise<void> {
  await (await (await discordOf(state)).sessions.main()).assertAlive()
}

/** A session of the scenario's own, opened and closed again; what the run keeps is left alone. */
export async function comeAndGo(state: ChatState, times: number): Promise<void> {
  const chat = await discordOf(state)
  for (let round = 0; round < times; round++) {
    const session = await DiscordSession.open(chat.client, { intents: INTENTS.GUILDS, isSilent: true })
    const { userId } = session
    await session.close()
    expect(userId, 'who the gateway says is connected').to.equal((await chat.me()).id)
    expect(session.isClosed, 'that the connection is closed').to.equal(true)
  }
}

export async function expectConnectedAs(state: ChatState, who: string): Promise<void> {
  const chat = await discordOf(state)
  const [session, person] = await Promise.all([chat.sessions.main(), chat.person(who)])
  session.assertAlive()
  expect(session.userId, 'who the gateway says is connected').to.equal(person.id)
}

export async function tryWrongToken(state: ChatState): Promise<void> {
  const stranger = await DiscordClient.withToken(state.world.access, NOBODYS_TOKEN)
  await state.world.attempt(() => stranger.me())
}

export async function tryWrongTokenAtGateway(state: ChatState): Promise<void> {
  const chat = await discordOf(state)
  await state.world.attempt(() => DiscordSession.open(chat.client, { intents: INTENTS.GUILDS, token: NOBODYS_TOKEN }))
}

export async function loseIntents(state: ChatState): Promise<void> {
  await control.switchIntentsOff(await discordOf(state), ['GUILD_PRESENCES', 'GUILD_MEMBERS', 'MESSAGE_CONTENT'])
}

export async function tryToObserve(state: ChatState): Promise<void> {
  const chat = await discordOf(state)
  await state.world.attempt(() => chat.sessions.observer())
}

export async function forbid(state: ChatState, what: string): Promise<void> {
  await control.forbid(await discordOf(state), what)
}

/** Somebody whose own settings keep private messages out; they have them from the beginning. */
export async function closeDirects(state: ChatState, name: string): Promise<void> {
  const { people } = state.world.access
  if (!(people instanceof SandboxPeople)) throw new Error('Live, nobody else’s settings are ours to choose.')
  await people.make(name, { dms: 'closed' })
}

export async function breakConnection(state: ChatState, how: 'reconnect' | 'close'): Promise<void> {
  const chat = await discordOf(state)
  await chat.sessions.main()
  await control.breakConnection(chat, how)
}

/** The very session that was broken goes on: whoever had to begin anew would have missed something. */
export async function expectResumed(state: ChatState): Promise<void> {
  const session = await (await discordOf(state)).sessions.main()
  await eventually(() => expect(session.resumed, 'how often the session was taken up again').to.be.at.least(1))
}

export async function showPresence(state: ChatState, name: string, presence: Presence): Promise<void> {
  const chat = await discordOf(state)
  await chat.sessions.observer()
  await control.showPresence(chat, name, STATUS[presence])
}

import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Presence } from '../../../chat/adapter'
import type { ChatScene } from '../../../chat/state'
import { SandboxPeople } from '../../../run/people'
import { DiscordChat } from '../adapter'
import { DiscordClient } from '../client'
import * as powers from '../control'
import { DiscordSession } from '../gateway'
import { INTENTS } from '../intents'
import { STATUS } from '../parse'

/** Of the right form, and nobody's. */
const NOBODYS_TOKEN = ['MTAwMDAwMDAwMDAwMDAwMDAx', 'GAAAAA', 'a'.repeat(38)].join('.')

/** The scene's adapter with all that only Discord has. */
export async function discordOf(scene: ChatScene): Promise<DiscordChat> {
  const chat = await scene.chat()
  if (!(chat instanceof DiscordChat)) throw new Error('This sentence is about Discord alone.')
  return chat
}

export async function connect(scene: ChatScene): Promise<void> {
  await (await (await discordOf(scene)).sessions.main()).assertAlive()
}

/** A session of the scenario's own, opened and closed again; what the run keeps is left alone. */
export async function comeAndGo(scene: ChatScene, times: number): Promise<void> {
  const chat = await discordOf(scene)
  for (let round = 0; round < times; round++) {
    const session = await DiscordSession.open(chat.client, { intents: INTENTS.GUILDS, isSilent: true })
    const { userId } = session
    await session.close()
    expect(userId, 'who the gateway says is connected').to.equal((await chat.me()).id)
    expect(session.isClosed, 'that the connection is closed').to.equal(true)
  }
}

export async function expectConnectedAs(scene: ChatScene, who: string): Promise<void> {
  const chat = await discordOf(scene)
  const [session, person] = await Promise.all([chat.sessions.main(), chat.person(who)])
  session.assertAlive()
  expect(session.userId, 'who the gateway says is connected').to.equal(person.id)
}

export async function tryWrongToken(scene: ChatScene): Promise<void> {
  const stranger = await DiscordClient.withToken(scene.world.access, NOBODYS_TOKEN)
  await scene.world.attempt(() => stranger.me())
}

export async function tryWrongTokenAtGateway(scene: ChatScene): Promise<void> {
  const chat = await discordOf(scene)
  await scene.world.attempt(() => DiscordSession.open(chat.client, { intents: INTENTS.GUILDS, token: NOBODYS_TOKEN }))
}

export async function loseIntents(scene: ChatScene): Promise<void> {
  await powers.switchIntentsOff(await discordOf(scene), ['GUILD_PRESENCES', 'GUILD_MEMBERS', 'MESSAGE_CONTENT'])
}

export async function tryToObserve(scene: ChatScene): Promise<void> {
  const chat = await discordOf(scene)
  await scene.world.attempt(() => chat.sessions.observer())
}

export async function forbid(scene: ChatScene, what: string): Promise<void> {
  await powers.forbid(await discordOf(scene), what)
}

/** Somebody whose own settings keep private messages out; they have them from the beginning. */
export async function closeDirects(scene: ChatScene, name: string): Promise<void> {
  const { people } = scene.world.access
  if (!(people instanceof SandboxPeople)) throw new Error('Live, nobody else’s settings are ours to choose.')
  await people.make(name, { dms: 'closed' })
}

export async function breakConnection(scene: ChatScene, how: 'reconnect' | 'close'): Promise<void> {
  const chat = await discordOf(scene)
  await chat.sessions.main()
  await powers.breakConnection(chat, how)
}

/** The very session that was broken goes on: whoever had to begin anew would have missed something. */
export async function expectResumed(scene: ChatScene): Promise<void> {
  const session = await (await discordOf(scene)).sessions.main()
  await eventually(() => expect(session.resumed, 'how often the session was taken up again').to.be.at.least(1))
}

export async function showPresence(scene: ChatScene, name: string, presence: Presence): Promise<void> {
  const chat = await discordOf(scene)
  await chat.sessions.observer()
  await powers.showPresence(chat, name, STATUS[presence])
}

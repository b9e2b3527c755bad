import { expect } from 'chai'
import type { ChatState } from '../../../chat/state'
import { TEXT_CHANNELS } from '../lookup'
import { assertAllAsMade, madeFor } from '../made'
import type { DiscordTarget } from '../parameter-types'
import { DiscordState } from '../state'
import { discordOf } from './gateway'

const UNKNOWN_GUILD = '100000000000000004'

export async function listGuilds(state: ChatState): Promise<void> {
  state.world.state(DiscordState).guilds = await (await discordOf(state)).client.guilds()
}

/** The list holds every guild once; that of the tests has the name which the guild itself reports. */
export async function expectGuildListed(state: ChatState): Promise<void> {
  const chat = await discordOf(state)
  const { id, name } = await chat.guild()
  const { guilds } = state.world.state(DiscordState)
  const made = await madeFor(chat.access, 'Ada')
  assertAllAsMade('the guilds of the bot', guilds, made?.guilds, (one) => String(one.id))
  const ids = guilds.map((guild) => guild.id)
  expect(ids, 'the guilds of the bot, each once').to.deep.equal([...new Set(ids)])
  expect(id, 'the id of the guild').to.equal(await chat.guildId())
  expect(
    guilds.filter((guild) => guild.id === id).map((guild) => guild.name),
    'the guild of the tests in the list',
  ).to.deep.equal([name])
}

export async function expectTextChannel(state: ChatState): Promise<void> {
  const chat = await discordOf(state)
  const channel = await chat.client.channel((await chat.channel()).id)
  expect(channel.guild_id, 'the guild of the channel').to.equal(await chat.guildId())
  expect(TEXT_CHANNELS, 'the type of the channel').to.include(channel.type)
}

export async function expectProfile(state: ChatState, name: string): Promise<void> {
  const chat = await discordOf(state)
  const { id, name: username } = await chat.person(name)
  const user = await chat.client.user(id)
  expect(user.id, 'the id').to.equal(id)
  expect(user.username, 'the username').to.equal(username)
  expect(user.discriminator, 'the discriminator').to.match(/^(?:0|\d{4})$/)
  expect(user.bot ?? false, 'whether it is a bot').to.equal(false)
}

export async function tryToLookUp(state: ChatState, target: DiscordTarget): Promise<void> {
  const chat = await discordOf(state)
  const { hidden = '' } = await chat.access.people.person('Ada')
  await state.world.attempt(
    async (): Promise<unknown> =>
      target === 'a guild that does not exist' ? chat.client.guild(UNKNOWN_GUILD) : chat.fetchChannel(hidden),
  )
}

import { expect } from 'chai'
import { sameName } from '../../../chat/lookup'
import type { ChatState } from '../../../chat/state'
import { TEXT_CHANNELS } from '../lookup'
import { discordOf } from './gateway'

const NO_GUILD = '100000000000000004'

export async function expectGuildListed(state: ChatState): Promise<void> {
  const chat = await discordOf(state)
  const guildId = await chat.guildId()
  const guilds = await chat.client.guilds()
  expect(
    guilds.map(({ id }) => id),
    'the guilds of the bot',
  ).to.include(guildId)
}

/** As people look for one: by its name, in any case, among those the bot belongs to. */
export async function expectGuildByName(state: ChatState): Promise<void> {
  const chat = await discordOf(state)
  const { id, name } = await chat.client.guild(await chat.guildId())
  const found = (await chat.client.guilds()).filter((guild) => sameName(guild.name, name.toUpperCase()))
  expect(
    found.map((guild) => guild.id),
    `guilds called "${name}"`,
  ).to.include(id)
}

export async function expectTextChannel(state: ChatState): Promise<void> {
  const chat = await discordOf(state)
  const channel = await chat.client.channel((await chat.channel()).id)
  expect(channel.guild_id, 'the guild it belongs to').to.equal(await chat.guildId())
  expect(TEXT_CHANNELS, 'its type').to.include(channel.type)
  expect(channel.nsfw ?? false, 'that it is for adults only').to.be.a('boolean')
  expect(channel.topic ?? '', 'its topic').to.be.a('string')
}

export async function expectUserFields(state: ChatState, name: string): Promise<void> {
  const chat = await discordOf(state)
  const { id } = await chat.person(name)
  const user = await chat.client.user(id)
  expect(user.id, 'the id').to.equal(id)
  expect(user.discriminator, 'the discriminator').to.match(/^(?:0|\d{4})$/)
  expect(user.bot ?? false, 'that it is a bot').to.equal(name === 'Ada')
}

export async function tryUnknownGuild(state: ChatState): Promise<void> {
  const chat = await discordOf(state)
  await state.world.attempt(() => chat.client.guild(NO_GUILD))
}

export async function tryHiddenChannel(state: ChatState): Promise<void> {
  const chat = await discordOf(state)
  const { hidden = '' } = await chat.access.people.person('Ada')
  await state.world.attempt(() => chat.fetchChannel(hidden))
}

export async function tryUnknownEmoji(state: ChatState, text: string): Promise<void> {
  const chat = await discordOf(state)
  const { message } = state.said.recall(text)
  await state.world.attempt(() => chat.client.react(message.place.id, message.id, 'no-such-emoji'))
}

export async function tryToWriteToNobody(state: ChatState): Promise<void> {
  const chat = await discordOf(state)
  await state.world.attempt(() => chat.client.direct(chat.nobodys.person))
}

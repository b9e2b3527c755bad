import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import {
  ChannelType,
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits as Intent,
  type Message,
  MessageType,
  type TextChannel,
} from 'discord.js'
import { ownDiscord } from './support/server'

const INTENTS = [
  ...[Intent.Guilds, Intent.GuildMembers, Intent.GuildPresences, Intent.GuildMessages, Intent.GuildMessageReactions],
  ...[Intent.DirectMessages, Intent.MessageContent],
]

const discord = ownDiscord({ Ada: {}, Ben: {}, Plain: { bot: true, missingIntents: ['MESSAGE_CONTENT'] } })

const say = (content: string, more: object = {}): Promise<{ id: string }> =>
  discord.callControl('/say', { as: discord.who('Ben').id, channel: discord.who('Ben').channel, content, ...more })

/** An unmodified discord.js with only the address changed. */
async function loggedIn(name = 'Ada', intents = INTENTS): Promise<Client<true>> {
  const client = new Client({ intents, rest: { api: discord.address } })
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(discord.who(name).token)
  return ready
}

const once = (client: Client, fits: (message: Message) => boolean): Promise<Message> =>
  new Promise((resolve) => {
    const look = (message: Message): void => {
      if (!fits(message)) return
      client.off(Events.MessageCreate, look)
      resolve(message)
    }
    client.on(Events.MessageCreate, look)
  })

describe('discord.js', () => {
  let client: Client<true>
  let channel: TextChannel
  before(async () => {
    client = await loggedIn()
    channel = (await client.channels.fetch(discord.who('Ada').channel)) as TextChannel
  })
  after(() => client.destroy())

  test('logs in and knows its guild', async () => {
    expect(client.user.id).to.equal(discord.who('Ada').id)
    const guild = await client.guilds.fetch(discord.who('Ada').guild)
    expect([...(await guild.members.fetch()).keys()]).to.include(discord.who('Ben').id)
    expect((await guild.members.fetch({ query: 'ben', limit: 1 })).first()?.displayName).to.equal('Ben')
    expect((await guild.channels.fetch()).has(channel.id)).to.equal(true)
    expect((await guild.roles.fetch()).has(guild.id)).to.equal(true)
    expect((await client.application.fetch()).id).to.equal(client.user.id)
  })

  test('sends, replies, edits and deletes', async () => {
    const files = [{ name: 'list.txt', attachment: Buffer.from('one red glove') }]
    const message = await channel.send({ content: `Hello <@${discord.who('Ben').id}>`, files, embeds: [{ title: 'Gloves' }] })
    expect(message.mentions.users.first()?.id).to.equal(discord.who('Ben').id)
    const { url } = message.attachments.first() ?? { url: '' }
    expect(await (await fetch(url)).text()).to.equal('one red glove')
    const reply = await message.reply({ content: 'Yes', allowedMentions: { repliedUser: false } })
    expect([reply.type, reply.reference?.messageId]).to.deep.equal([MessageType.Reply, message.id])
    expect((await message.edit('Two gloves')).editedAt).to.be.instanceOf(Date)
    await reply.delete()
    const error = await channel.messages.fetch({ message: reply.id, force: true }).catch((caught: unknown) => caught)
    expect(error).to.be.instanceOf(DiscordAPIError)
    expect(error).to.include({ code: 10008, status: 404 })
  })

  test('reacts, and removes the reaction', async () => {
    const message = await channel.send('vote')
    for (const emoji of ['👍', '👎', '🎉', '❤️']) await message.react(emoji)
    const fetched = await message.fetch(true)
    expect(fetched.reactions.cache.map(({ count, me }) => [count, me])).to.deep.equal(Array(4).fill([1, true]))
    await fetched.reactions.cache.get('👎')?.users.remove(client.user)
    expect([...(await message.fetch(true)).reactions.cache.keys()]).to.deep.equal(['👍', '🎉', '❤️'])
  })

  test('creates a thread, writes in it, archives it', async () => {
    const message = await channel.send('Gloves?')
    const thread = await message.startThread({ name: 'Gloves', autoArchiveDuration: 60 })
    expect([thread.id, thread.type]).to.deep.equal([message.id, ChannelType.PublicThread])
    await thread.send('first')
    expect((await thread.messages.fetch()).map(({ content }) => content)).to.deep.equal(['first', ''])
    expect((await thread.fetchStarterMessage())?.id).to.equal(message.id)
    expect((await thread.setArchived(true)).archived).to.equal(true)
    await thread.delete()
    expect((await message.fetch(true)).hasThread).to.equal(false)
  })

  test('reads the complete history', async () => {
    const sent: string[] = []
    for (const content of ['one', 'two', 'three']) sent.unshift((await channel.send(content)).id)
    expect([...(await channel.messages.fetch({ limit: 3 })).keys()]).to.deep.equal(sent)
    expect((await channel.messages.fetch({ limit: 1, before: sent[0] ?? '' })).first()?.id).to.equal(sent[1])
  })

  test('sends a direct message, and receives the reply', async () => {
    const ben = await client.users.fetch(discord.who('Ben').id)
    const direct = await ben.createDM()
    expect((await ben.createDM(true)).id).to.equal(direct.id)
    await direct.send('psst')
    const received = once(client, (message) => message.channelId === direct.id && !message.author.bot)
    await say('what?', { to: client.user.id })
    expect((await received).content).to.equal('what?')
  })

  test('receives messages, reactions and presences', async () => {
    const received = once(client, (message) => message.author.id === discord.who('Ben').id)
    const { id } = await say(`hello <@${client.user.id}>`)
    const message = await received
    expect([message.id, message.mentions.has(client.user), message.member?.displayName]).to.deep.equal([id, true, 'Ben'])
    const reacted = new Promise((resolve) => client.once(Events.MessageReactionAdd, (reaction) => resolve(reaction.emoji.name)))
    const about = { as: discord.who('Ben').id, channel: channel.id, message: id, emoji: '🎉' }
    await discord.callControl('/react', about)
    expect(await reacted).to.equal('🎉')
    const changed = new Promise((resolve) => client.once(Events.PresenceUpdate, (_, now) => resolve(now.status)))
    await discord.callControl('/presence', { as: discord.who('Ben').id, status: 'dnd' })
    expect(await changed).to.equal('dnd')
  })

  for (const how of ['reconnect', 'close'] as const) {
    test(`reconnects after "${how}" and loses no event`, async () => {
      const contents = Array.from({ length: 10 }, (_, at) => `${how} ${at}`)
      const received: string[] = []
      const all = new Promise<void>((resolve) => {
        client.on(Events.MessageCreate, ({ content }) => {
          if (content.startsWith(`${how} `) && received.push(content) === contents.length) resolve()
        })
      })
      const resumed = new Promise((resolve) => client.once(Events.ShardResume, (_, replayed) => resolve(replayed)))
      await discord.callControl(`/gateway/${how}`, { bot: client.user.id })
      for (const content of contents) await say(content)
      await all
      expect(received).to.deep.equal(contents)
      expect(await resumed).to.be.a('number')
      const { sessions } = await discord.look(`/gateway/sessions?bot=${client.user.id}`)
      expect(sessions).to.have.length(1)
    })
  }
})

describe('discord.js is refused', () => {
  test('with a wrong token', async () => {
    const client = new Client({ intents: [], rest: { api: discord.address } })
    const error = await client.login('MTA.nonsense.nonsense').catch((caught: unknown) => caught)
    expect(error).to.include({ code: 'TokenInvalid' })
    await client.destroy()
  })

  test('with an intent that is switched off', async () => {
    const client = new Client({ intents: INTENTS, rest: { api: discord.address } })
    const error = await client.login(discord.who('Plain').token).catch((caught: unknown) => caught)
    expect(String(error)).to.match(/disallowed intents/i)
    await client.destroy()
  })
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from '../../../../sandbox/discord/test/support/server'
import { ApiError } from '../../../../support/http/errors'
import { DiscordChat } from '../../../../support/services/discord/adapter'
import { undo } from '../../../../support/services/discord/undo'
import type { Entry } from '../../../../support/undo/journal'
import { accessTo } from '../../../support/access'

const discord = ownDiscord({
  ...{ Ada: {}, Ben: {} },
  Blind: { bot: true, missingPermissions: ['READ_MESSAGE_HISTORY'] },
  Plain: { bot: true, missingPermissions: ['MANAGE_THREADS'] },
})

const RUN = '1700000000-abcdef'
const chatOf = (name: string): Promise<DiscordChat> => {
  const { token, channel } = discord.who(name)
  return DiscordChat.of(accessTo(discord.address, { Ada: { token, channel } }).access)
}

const entry = (kind: string, id: string, data: Record<string, string> = {}): Required<Entry> => ({
  ...{ key: '1', service: 'discord', kind: `discord.${kind}`, name: '', by: 'Ada', ends: 'removed', at: 0, id },
  data,
})

describe('an empty history', () => {
  test('is distinguished live from one that the bot may not read', async () => {
    const { body: direct } = await discord.call('POST', '/users/@me/channels', { body: { recipient_id: discord.who('Ben').id } })
    const read = async (name: string, channel: string): Promise<unknown> => {
      const { access } = accessTo(discord.address, { Ada: { token: discord.who(name).token, channel } })
      const { client } = await DiscordChat.of({ ...access, isLive: true })
      return client.messages(channel, { limit: 5 }).catch((error: unknown) => error)
    }
    expect(await read('Ada', direct.id)).to.deep.equal([])
    const refused = await read('Blind', discord.who('Blind').channel)
    expect(refused).to.be.instanceOf(ApiError).and.to.have.nested.property('failure.code', '50013')
  })
})

describe('undoing', () => {
  test('a message is recognised as gone; one that the bot may not read is not recognised as its own', async () => {
    for (const [name, recognition] of [
      ['Ada', 'ours'],
      ['Blind', { doubt: 'it cannot be read (50013: Missing Permissions)' }],
    ] as const) {
      const chat = await chatOf(name)
      const { id, channel_id: channel } = await discord.say(`One red glove ${RUN}-1`, undefined, name)
      const made = { ...entry('message', id, { placeKind: 'channel', place: channel }), name: `One red glove ${RUN}-1` }
      expect(await undo.message.recognise(chat, made), name).to.deep.equal(recognition)
      if (recognition !== 'ours') continue
      await undo.message.undo(chat, made)
      expect(await undo.message.hasEnded(chat, made), name).to.equal(true)
    }
  })

  test('a thread is removed, or archived by a bot that may not remove it', async () => {
    for (const [name, status] of [
      ['Ada', 404],
      ['Plain', 200],
    ] as const) {
      const chat = await chatOf(name)
      const { id } = await discord.say('Whose?', undefined, name)
      await chat.client.startThread(discord.who(name).channel, id, 'Gloves')
      const made = entry('thread', id)
      expect(await undo.thread.hasEnded(chat, made), name).to.equal(false)
      await undo.thread.undo(chat, made)
      expect(await undo.thread.hasEnded(chat, made), name).to.equal(true)
      expect((await discord.call('GET', `/channels/${id}`)).status, name).to.equal(status)
    }
  })
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from '../../../../sandbox/discord/test/support/server'
import { UsageError } from '../../../../support/config/errors'
import { DiscordChat } from '../../../../support/services/discord/adapter'
import { accessTo } from '../../../support/access'

const discord = ownDiscord({
  Ada: { extraPermissions: ['MANAGE_CHANNELS'] },
  Ben: { displayName: 'Kim Lee' },
  Kim: { displayName: 'kim lee' },
  Robot: { bot: true, displayName: 'Yan' },
  Yan: { displayName: 'Yan', nick: 'Kim Lee' },
})

const chat = (): Promise<DiscordChat> => {
  const { token, channel, guild } = discord.who('Ada')
  return DiscordChat.of(accessTo(discord.address, { Ada: { token, channel, guild } }).access)
}

async function refused(action: () => Promise<unknown>): Promise<string> {
  const outcome = await action().catch((error: unknown) => error)
  expect(outcome).to.be.instanceOf(UsageError)
  return String(outcome)
}

describe('searching a person', () => {
  test('a username comes before a display name that is the same', async () => {
    const yan = discord.who('Yan')
    const zoe = await discord.make('Zoe', { displayName: yan.username })
    expect((await (await chat()).findPerson(yan.username.toUpperCase()))?.id)
      .to.equal(yan.id)
      .and.not.equal(zoe.id)
  })

  test('of two people of one display name none is taken, and both usernames are named', async () => {
    const says = await refused(async () => (await chat()).findPerson('Kim Lee'))
    for (const name of ['Ben', 'Kim']) expect(says).to.include(`@${discord.who(name).username} (${discord.who(name).id})`)
    expect(says).to.not.include(discord.who('Yan').id)
  })

  test('bots are not found', async () => {
    expect((await (await chat()).findPerson('Yan'))?.id).to.equal(discord.who('Yan').id)
    expect(await (await chat()).findPerson(discord.who('Robot').username)).to.equal(undefined)
  })
})

describe('looking for a channel', () => {
  test('a category or voice channel of that name is none; of two text channels none is taken, and both ids are named', async () => {
    const make = async (name: string, type: number): Promise<string> =>
      (await discord.call('POST', `${discord.guild}/channels`, { body: { name, type } })).body.id
    const first = await make('releases', 0)
    await make('releases', 4)
    await make('releases', 2)
    expect((await (await chat()).findChannel('Releases'))?.id).to.equal(first)
    const second = await make('releases', 0)
    const says = await refused(async () => (await chat()).findChannel('releases'))
    expect(says).to.include(`(${first})`).and.to.include(`(${second})`)
  })
})

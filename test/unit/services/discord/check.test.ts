import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from '../../../../sandbox/discord/test/support/server'
import { UsageError } from '../../../../support/config/errors'
import { runtime } from '../../../../support/services/discord/runtime'
import { accessTo } from '../../../support/access'

const discord = ownDiscord({ Ada: {}, Ben: {}, Cleo: { bot: true }, Stranger: { outsider: true } })

/** The suite's error about a configuration before a live run, or that there is none. */
async function said(wrong: { ada?: object; ben?: string } = {}): Promise<string> {
  const { token, channel, guild } = discord.who('Ada')
  const people = { Ada: { token, channel, guild, ...wrong.ada }, Ben: { id: wrong.ben ?? discord.who('Ben').id } }
  try {
    await runtime.check?.(accessTo(discord.address, people).access)
    return 'nothing'
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
}

describe('credentials of a live run', () => {
  test('that fit together are taken, with the guild or without', async () => {
    expect(await said()).to.equal('nothing')
    expect(await said({ ada: { guild: undefined } })).to.equal('nothing')
  })

  test('that are wrong are named before anything runs', async () => {
    const { hidden, channel } = discord.who('Ada')
    for (const [wrong, name, why] of [
      [{ ada: { token: 'a.b.c' } }, 'DISCORD_BOT_TOKEN', '401: Unauthorized'],
      [{ ada: { channel: '123456789012345678' } }, 'DISCORD_TEST_CHANNEL_ID', 'Unknown Channel'],
      [{ ada: { channel: hidden } }, 'DISCORD_TEST_CHANNEL_ID', 'Missing Access'],
      [{ ada: { guild: channel } }, 'DISCORD_TEST_GUILD_ID', 'the guild of the channel'],
      [{ ben: '123456789012345678' }, 'DISCORD_TEST_USER_ID', 'Unknown User'],
      [{ ben: discord.who('Cleo').id }, 'DISCORD_TEST_USER_ID', 'a bot'],
      [{ ben: discord.who('Stranger').id }, 'DISCORD_TEST_USER_ID', 'Unknown Member'],
    ] as const) {
      expect(await said(wrong), name)
        .to.include(name)
        .and.include(why)
    }
  })
})

import { z } from 'zod'
import { url } from '../../config/variables'
import type { ServiceDefinition } from '../service'
import { excuse } from './failures'
import { refusals } from './refusals'

const snowflake = z.string().regex(/^\d{17,20}$/, 'must be a Discord id: 17 to 20 digits')
const token = z.string().regex(/^(?!Bot\s)\S+$/, 'must be the bare token, without "Bot " before it')

/** The API version is part of the client. */
function withoutVersion(given: string): string {
  return given.replace(/\/v\d+\/?$/, '')
}

/** Discord, as a bot in one channel of a guild sees it. */
export const discord: ServiceDefinition = {
  name: 'discord',
  title: 'Discord',
  address: { variable: 'DISCORD_API_URL', fallback: 'https://discord.com/api', from: withoutVersion },
  variables: [
    {
      name: 'DISCORD_BOT_TOKEN',
      role: 'credential',
      secret: true,
      means: 'token of Ada’s bot, from the developer portal',
      schema: token,
    },
    {
      name: 'DISCORD_TEST_CHANNEL_ID',
      role: 'credential',
      means: 'id of the text channel the bot writes to',
      schema: snowflake,
      example: '123456789012345678',
    },
    {
      name: 'DISCORD_TEST_USER_ID',
      role: 'credential',
      means: 'id of Ben, who is mentioned and written to',
      schema: snowflake,
      example: '987654321098765432',
    },
    {
      name: 'DISCORD_TEST_GUILD_ID',
      role: 'option',
      means: 'id of the guild; by default that of the channel',
      schema: snowflake,
    },
    { name: 'DISCORD_API_URL', role: 'address', means: 'base URL of Discord’s API, without `/v10`', schema: url },
  ],
  required: ['DISCORD_BOT_TOKEN', 'DISCORD_TEST_CHANNEL_ID', 'DISCORD_TEST_USER_ID'],
  people: {
    Ada: { token: 'DISCORD_BOT_TOKEN', channel: 'DISCORD_TEST_CHANNEL_ID', guild: 'DISCORD_TEST_GUILD_ID' },
    Ben: { id: 'DISCORD_TEST_USER_ID' },
  },
  refusals,
  chat: async () => (await import('./platform')).discord,
  skipReasonOf: excuse,
  testAccount: 'username or id of the bot',
  load: async () => (await import('./runtime')).runtime,
}

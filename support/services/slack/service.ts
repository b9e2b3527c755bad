import { z } from 'zod'
import { url } from '../../config/variables'
import type { ServiceDefinition, SkipReasonOf } from '../service'
import { refusals } from './refusals'

const token = (prefix: string, kind: string) => z.string().startsWith(prefix, `must be ${kind}, which begins with ${prefix}`)
const without = (sign: string) => z.string().regex(new RegExp(`^[^${sign}]`), `is written without the ${sign}`)

/** What a live workspace can lack, and who can add it: a missing permission skips what needs it. */
const skipReasonOf: SkipReasonOf = ({ code, says }) => {
  if (code === 'missing_scope') {
    const scope = /^needs ([\w:.]+)/.exec(says ?? '')?.[1] ?? 'it'
    return {
      reason: `the app lacks a scope: it ${says ?? 'is not named'}`,
      toSet: `${scope} under OAuth & Permissions, and install the app again`,
    }
  }
  if (code === 'not_in_channel')
    return { reason: 'the bot is not in the channel', toSet: '`/invite` for the bot in the channel of SLACK_TEST_CHANNEL_NAME' }
  return undefined
}

/** Slack, as a bot in one workspace sees it. */
export const slack: ServiceDefinition = {
  name: 'slack',
  title: 'Slack',
  address: { variable: 'SLACK_API_URL', fallback: 'https://slack.com/api/' },
  variables: [
    {
      name: 'SLACK_BOT_TOKEN',
      role: 'credential',
      secret: true,
      means: 'bot token of the app, which is Ada (`xoxb-…`)',
      example: 'xoxb-…',
      schema: token('xoxb-', 'a bot token'),
    },
    {
      name: 'SLACK_TEST_CHANNEL_NAME',
      role: 'credential',
      means: 'channel to write to, without `#`, or its id (`C…`); the bot must be in it',
      example: 'acceptance',
      schema: without('#'),
    },
    {
      name: 'SLACK_TEST_USER_NAME',
      role: 'credential',
      means: 'handle, display name or id (`U…`) of Ben, without `@`',
      example: 'john.doe',
      schema: without('@'),
    },
    {
      name: 'SLACK_APP_TOKEN',
      role: 'credential',
      secret: true,
      means: 'app-level token with `connections:write`, for receiving messages (`xapp-…`)',
      schema: token('xapp-', 'an app-level token'),
    },
    {
      name: 'SLACK_USER_TOKEN',
      role: 'credential',
      secret: true,
      means: 'user token of Ben, for what he does: a status, a message, his presence (`xoxp-…`)',
      schema: token('xoxp-', 'a user token'),
    },
    {
      name: 'SLACK_SECOND_USER_NAME',
      role: 'option',
      means: 'handle, display name or id of Cleo, for conversations of three',
      schema: without('@'),
    },
    { name: 'SLACK_API_URL', role: 'address', means: 'base URL of Slack’s Web API, with `/api/`', schema: url },
  ],
  required: ['SLACK_BOT_TOKEN', 'SLACK_TEST_CHANNEL_NAME', 'SLACK_TEST_USER_NAME'],
  people: {
    Ada: { botToken: 'SLACK_BOT_TOKEN', appToken: 'SLACK_APP_TOKEN', channelName: 'SLACK_TEST_CHANNEL_NAME' },
    Ben: { userName: 'SLACK_TEST_USER_NAME', userToken: 'SLACK_USER_TOKEN' },
    Cleo: { userName: 'SLACK_SECOND_USER_NAME' },
  },
  needs: {
    'app-token': { means: 'an app-level token', variables: ['SLACK_APP_TOKEN'] },
    'user-token': { means: 'a user token of Ben', variables: ['SLACK_USER_TOKEN'] },
    'second-user': { means: 'a second person in the workspace', variables: ['SLACK_SECOND_USER_NAME'] },
  },
  refusals,
  chat: async () => (await import('./platform')).slack,
  skipReasonOf,
  testAccount: 'id of the bot’s user (`U…`), or its handle and workspace as in `ada in Acme`',
  load: async () => (await import('./runtime')).runtime,
}

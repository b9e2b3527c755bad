import type { Failure } from '../../http/errors'
import type { SkipReasonOf } from '../service'

type Reason = ReturnType<SkipReasonOf>

/** The permission that a call needs, by its method and the end of its path; the first match counts. */
const PERMISSIONS: readonly [call: RegExp, permissions: string][] = [
  [/^(?:PUT|DELETE) .*\/reactions\//, 'Add Reactions and Read Message History'],
  [/^POST .*\/threads$/, 'Create Public Threads'],
  [/^(?:PATCH|DELETE) \/channels\/\d+$/, 'Manage Threads'],
  [/^DELETE .*\/messages\/\d+$/, 'Manage Messages'],
  [/^POST .*\/messages$/, 'Send Messages, Send Messages in Threads and Attach Files'],
  [/^GET .*\/messages/, 'View Channels and Read Message History'],
]

/** Live, a refusal about the bot's permissions or the test user's settings skips the scenario and says what to change. */
export const excuse: SkipReasonOf = (failure) => missing(failure) ?? closed(failure)

function missing({ code, method, path }: Failure): Reason {
  if (code === '4014') {
    // The only privileged intent that is requested without checking first whether it is enabled.
    return {
      reason: 'the presence intent is not enabled for the application',
      toSet: 'Presence Intent under Bot in the developer portal',
    }
  }
  if (code === '50001' && /\/guilds\/\d+\/members/.test(path)) {
    return {
      reason: 'the server members intent is not enabled for the application',
      toSet: 'Server Members Intent under Bot in the developer portal',
    }
  }
  if (code === '50001')
    return { reason: `the bot cannot see ${anyPath(path)}`, toSet: 'the permission View Channels in the test channel' }
  if (code === '160002')
    return { reason: 'the bot may not reply', toSet: 'the permission Read Message History in the test channel' }
  if (code !== '50013') return undefined
  const call = `${method} ${path.split('?')[0]}`
  const needed = PERMISSIONS.find(([pattern]) => pattern.test(call))?.[1] ?? 'the permissions that docs/setup/discord.md lists'
  return {
    reason: `the bot lacks a permission for ${method} ${anyPath(path)}`,
    toSet: `the permissions ${needed} in the test channel`,
  }
}

/** Without ids, so that all scenarios it skips have the same reason. */
function anyPath(path: string): string {
  return path
    .replace(/\?.*/, '')
    .replaceAll(/\d{17,20}/g, '…')
    .replace(/\/reactions\/[^/]+/, '/reactions/…')
}

function closed({ code, method, path }: Failure): Reason {
  if (code === '50007' || code === '50278') {
    return {
      reason: 'the test user accepts no direct messages from the bot',
      toSet: 'direct messages, enabled by the test user for the shared server',
    }
  }
  if (code === '10013' && method === 'POST' && path === '/users/@me/channels') {
    return { reason: 'the test user is unknown', toSet: 'DISCORD_TEST_USER_ID' }
  }
  if (code === '40003') return { reason: 'too many direct channels were opened recently', toSet: 'a pause of some minutes' }
  return undefined
}

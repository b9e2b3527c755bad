import { errorText } from '../../config/errors'
import type { ProbeLine, ServiceAccess } from '../service'
import { SlackChat } from './adapter'
import { SlackApi } from './api'
import * as contract from './contract'
import { slack as platform } from './platform'
import { APP_SCOPE, SCOPES, type Scope, USER_SCOPES } from './scopes'

const SETUP = 'add it under OAuth & Permissions and install the app again'

/** What the doctor says of Slack: who the bot is, every scope, the channel, the person, and the optional tokens. */
export async function probe(access: ServiceAccess): Promise<ProbeLine[]> {
  const adapter = await SlackChat.of(access, platform.can)
  const { user, team } = await adapter.api.call('auth.test', {}, contract.identity, 'who the bot is')
  return [
    { ok: true, says: `signed in as ${user} of ${team}` },
    ...scopeLines(adapter.api.scopes ?? []),
    await channelLine(adapter),
    await attempt('finds Ben', async () => void (await adapter.person('Ben'))),
    ...(await tokenLines(adapter)),
  ]
}

/** A scope that is wanting for part of the features is no fault, but is told. */
export function scopeLines(present: readonly string[], scopes: readonly Scope[] = SCOPES, whose = 'scope'): ProbeLine[] {
  return scopes.map(({ scope, why, optional }) => {
    if (present.includes(scope)) return { ok: true, says: `${whose} ${scope}: present` }
    const says = `${whose} ${scope}: absent (${why})`
    return optional ? { ok: true, says: `${says}; what needs it is skipped`, toDo: SETUP } : { ok: false, says, toDo: SETUP }
  })
}

async function channelLine(adapter: SlackChat): Promise<ProbeLine> {
  try {
    const { id, name } = await adapter.channel()
    const { channel } = await adapter.api.call('conversations.info', { channel: id }, contract.oneChannel, 'a channel')
    if (channel.is_member) return { ok: true, says: `is in #${name}` }
    return { ok: false, says: `is not in #${name}`, toDo: 'write `/invite` and the bot’s name in the channel' }
  } catch (error) {
    return { ok: false, says: errorText(error) }
  }
}

async function tokenLines(adapter: SlackChat): Promise<ProbeLine[]> {
  const { access } = adapter
  const appToken = access.setting('SLACK_APP_TOKEN')
  const userToken = access.setting('SLACK_USER_TOKEN')
  return [
    appToken
      ? await attempt(`SLACK_APP_TOKEN opens a connection (${APP_SCOPE})`, () => opens(access, appToken))
      : { ok: true, says: 'SLACK_APP_TOKEN is not set: what comes in is skipped' },
    ...(userToken
      ? await benLines(adapter, userToken)
      : [{ ok: true, says: 'SLACK_USER_TOKEN is not set: what Ben does himself is skipped' }]),
  ]
}

async function opens(access: ServiceAccess, token: string): Promise<void> {
  await new SlackApi(access, token).call('apps.connections.open', {}, contract.connection, 'a connection')
}

/** Whether it is the token of the very person whom the name means, and what he may do with it. */
async function benLines(adapter: SlackChat, token: string): Promise<ProbeLine[]> {
  const api = new SlackApi(adapter.access, token)
  const isBens = await attempt('SLACK_USER_TOKEN is Ben’s own', async () => {
    const { user_id, user } = await api.call('auth.test', {}, contract.identity, 'who Ben is')
    const { id, name } = await adapter.person('Ben')
    if (user_id !== id) throw new Error(`it is the token of ${user}, and SLACK_TEST_USER_NAME names ${name}`)
  })
  return [isBens, ...scopeLines(api.scopes ?? [], USER_SCOPES, 'Ben’s scope')]
}

async function attempt(says: string, act: () => Promise<void>): Promise<ProbeLine> {
  try {
    await act()
    return { ok: true, says }
  } catch (error) {
    return { ok: false, says: `${says}: it does not`, toDo: errorText(error).split('\n')[0] ?? '' }
  }
}

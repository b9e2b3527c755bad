import { errorText } from '../../config/errors'
import type { ProbeLine, ServiceAccess } from '../service'
import { SlackChat } from './adapter'
import { SlackApi } from './api'
import * as contract from './contract'
import { slack as platform } from './platform'
import { APP_SCOPE, SCOPES, type Scope, USER_SCOPES } from './scopes'

const SETUP = 'add it under OAuth & Permissions and install the app again'

/** The doctor's report on Slack: the bot, every scope, the channel, the test user, and the optional tokens. */
export async function probe(access: ServiceAccess): Promise<ProbeLine[]> {
  const adapter = await SlackChat.of(access, platform.can)
  const { user, team } = await adapter.api.call('auth.test', {}, contract.identity, 'the bot’s identity')
  return [
    { ok: true, says: `signed in as ${user} of ${team}` },
    ...scopeLines(adapter.api.scopes ?? []),
    await channelLine(adapter),
    await attempt('finds Ben', async () => void (await adapter.person('Ben'))),
    ...(await tokenLines(adapter)),
  ]
}

/** A missing scope that only part of the features needs is reported, but is no error. */
export function scopeLines(present: readonly string[], scopes: readonly Scope[] = SCOPES, label = 'scope'): ProbeLine[] {
  return scopes.map(({ scope, why, optional }) => {
    if (present.includes(scope)) return { ok: true, says: `${label} ${scope}: present` }
    const says = `${label} ${scope}: absent (${why})`
    return optional
      ? { ok: true, says: `${says}; scenarios that need it are skipped`, toDo: SETUP }
      : { ok: false, says, toDo: SETUP }
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
      : { ok: true, says: 'SLACK_APP_TOKEN is not set: scenarios that receive messages are skipped' },
    ...(userToken
      ? await benLines(adapter, userToken)
      : [{ ok: true, says: 'SLACK_USER_TOKEN is not set: scenarios in which Ben acts are skipped' }]),
  ]
}

async function opens(access: ServiceAccess, token: string): Promise<void> {
  await new SlackApi(access, token).call('apps.connections.open', {}, contract.connection, 'a connection')
}

/** Whether the token belongs to the person whom the name means, and its scopes. */
async function benLines(adapter: SlackChat, token: string): Promise<ProbeLine[]> {
  const api = new SlackApi(adapter.access, token)
  const isBens = await attempt('SLACK_USER_TOKEN belongs to Ben', async () => {
    const { user_id, user } = await api.call('auth.test', {}, contract.identity, 'the owner of Ben’s token')
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
    return { ok: false, says: `${says}: no`, toDo: errorText(error).split('\n')[0] ?? '' }
  }
}

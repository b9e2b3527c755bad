import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { feedTag } from '../inbound'
import type { PodEvent } from '../parameter-types'
import { signInWith } from '../sessions'
import type { SymphonyState } from '../state'

/** What a pod can do to a bot, at the moment that the scenario needs; all but the end of a session on sandboxes only. */
export async function bringAbout(state: SymphonyState, event: PodEvent): Promise<void> {
  if (event === 'session expired') return expireSession(state)
  if (event === 'datafeed deleted') return deleteDatafeed(state)
  const username = await state.username('Ada')
  if (event === 'datafeed read cut off') await state.control.post('/feeds/cut', { username })
  else await state.control.post('/answers', { username, on: '/message/create', ...RESPONSES[event] })
}

/** `retryAfter` in seconds. */
const RESPONSES = { 'message blocked': { status: 451 }, 'message rate-limited': { status: 429, retryAfter: 0.2 } }

/** The session token is requested first, so that there is a session to expire. */
async function expireSession(state: SymphonyState): Promise<void> {
  const { client } = await state.chat()
  if (client.access.isLive) return endSeparateSession(state)
  state.oldSession = await client.sessionToken()
  await state.control.post('/sessions/expire', { username: await state.username('Ada') })
}

/** Live, a run shares one session, which must not end; the pod treats a session that was ended and an expired one alike. */
async function endSeparateSession(state: SymphonyState): Promise<void> {
  const { client } = await state.chat()
  const tokens = await signInWith(client.access, await client.access.people.person('Ada'))
  client.useSession(tokens)
  state.world.closeAfterScenario(() => client.leave())
  state.oldSession = tokens.session
  await client.signOut(tokens)
}

/** Waits until the bot has another datafeed. */
async function deleteDatafeed(state: SymphonyState): Promise<void> {
  const { access, feeds } = (await state.chat()).client
  const tag = feedTag(access)
  const before = await feeds.list(tag)
  await state.control.post('/feeds/lose', { username: await state.username('Ada') })
  await eventually(async () => {
    const now = await feeds.list(tag)
    expect(now.length, 'the number of datafeeds after one was deleted').to.equal(1)
    expect(before, 'the datafeeds before').to.not.include(now[0])
  })
}

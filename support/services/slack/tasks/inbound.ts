import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ChatState } from '../../../chat/state'
import { BOT } from '../../../chat/tasks/send'
import { slackOf } from './slack'

export async function close(state: ChatState): Promise<void> {
  await (await slackOf(state)).close()
}

/** The number of open connections of Ada's app, from the sandbox. */
export async function expectNoConnection(state: ChatState): Promise<void> {
  const { access } = state.world
  const { appToken } = await access.people.person(BOT)
  await eventually(async () => {
    const counted = await access.control?.get<{ connections: number }>(`/socket?token=${appToken}`)
    expect(counted?.connections, 'the open connections of Ada’s app').to.equal(0)
  })
}

/** The sandbox ends the bot's connection in one of Slack's ways. */
export async function endConnection(state: ChatState, reason: string): Promise<void> {
  const { access } = state.world
  const { appToken } = await access.people.person(BOT)
  await access.control?.post('/socket/disconnect', { token: appToken, reason, after: 50 })
}

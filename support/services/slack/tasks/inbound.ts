import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ChatState } from '../../../chat/state'
import { BOT } from '../../../chat/tasks/send'
import { slackOf } from './slack'

/** Live, whoever sits at the terminal may speak in anybody's name but the bot's. */
export async function expectSpeaker(state: ChatState, text: string, whom: string): Promise<void> {
  const slack = await slackOf(state)
  const { author } = state.heard.recall(text)
  if (state.world.access.isLive) expect(author, `who said "${text}"`).to.not.equal((await slack.me()).id)
  else expect(author, `who said "${text}"`).to.equal((await slack.person(whom)).id)
}

export async function close(state: ChatState): Promise<void> {
  await (await slackOf(state)).close()
}

/** How many connections of Ada's app Slack counts. */
export async function expectNoLine(state: ChatState): Promise<void> {
  const { access } = state.world
  const { appToken } = await access.people.person(BOT)
  await eventually(async () => {
    const counted = await access.control?.get<{ connections: number }>(`/socket?token=${appToken}`)
    expect(counted?.connections, 'the connections of Ada’s app').to.equal(0)
  })
}

/** Slack ends the connection the bot listens over, in one of its ways. */
export async function endConnection(state: ChatState, reason: string): Promise<void> {
  const { access } = state.world
  const { appToken } = await access.people.person(BOT)
  await access.control?.post('/socket/disconnect', { token: appToken, reason, after: 50 })
}

import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ChatScene } from '../../../chat/state'
import { BOT } from '../../../chat/tasks/send'
import { slackOf } from './slack'

/** Live, whoever sits at the terminal may speak in anybody's name but the bot's. */
export async function expectSpeaker(scene: ChatScene, text: string, whom: string): Promise<void> {
  const slack = await slackOf(scene)
  const { author } = scene.heard.recall(text)
  if (scene.world.access.isLive) expect(author, `who said "${text}"`).to.not.equal((await slack.me()).id)
  else expect(author, `who said "${text}"`).to.equal((await slack.person(whom)).id)
}

export async function hangUp(scene: ChatScene): Promise<void> {
  await (await slackOf(scene)).close()
}

/** How many connections of Ada's app Slack counts. */
export async function expectNoLine(scene: ChatScene): Promise<void> {
  const { access } = scene.world
  const { appToken } = await access.people.person(BOT)
  await eventually(async () => {
    const counted = await access.powers?.get<{ connections: number }>(`/socket?token=${appToken}`)
    expect(counted?.connections, 'the connections of Ada’s app').to.equal(0)
  })
}

/** Slack ends the connection the bot listens over, in one of its ways. */
export async function endConnection(scene: ChatScene, reason: string): Promise<void> {
  const { access } = scene.world
  const { appToken } = await access.people.person(BOT)
  await access.powers?.post('/socket/disconnect', { token: appToken, reason, after: 50 })
}

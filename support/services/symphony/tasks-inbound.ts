import { expect } from 'chai'
import { eventually } from '../../core/eventually'
import { TAG } from './hearing'
import type { SymphonyScene } from './scene'

/** The next answer that would tell something ends half-way. */
export async function cutNextReading(scene: SymphonyScene): Promise<void> {
  await scene.powers.post('/feeds/cut', { username: await scene.username('Ada') })
}

/** The platform forgets the datafeed; the scenario goes on once there is another. */
export async function loseFeed(scene: SymphonyScene): Promise<void> {
  const { feeds } = (await scene.chat()).client
  const before = await feeds.list(TAG)
  await scene.powers.post('/feeds/lose', { username: await scene.username('Ada') })
  await eventually(async () => {
    const now = await feeds.list(TAG)
    expect(now.length, 'datafeeds after the old one was lost').to.equal(1)
    expect(before, 'the datafeed that was lost').to.not.include(now[0])
  })
}

/** Somebody names a subject and a share beside what they say. */
export async function speakWithTags(
  scene: SymphonyScene,
  who: string,
  text: string,
  tags: { hashtag: string; cashtag: string },
): Promise<void> {
  const chat = await scene.chat()
  await chat.speakAs(who, await chat.channel(), [
    { kind: 'text', text: `${text} ` },
    { kind: 'hashtag', text: tags.hashtag },
    { kind: 'text', text: ' ' },
    { kind: 'cashtag', text: tags.cashtag },
  ])
}

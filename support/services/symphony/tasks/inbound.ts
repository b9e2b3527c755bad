import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Content } from '../../../chat/content'
import { sendToListener } from '../../../chat/tasks/mentions'
import { feedTag } from '../inbound'
import type { SymphonyState } from '../state'

/** The next answer that would tell something ends half-way. */
export async function cutNextReading(state: SymphonyState): Promise<void> {
  await state.control.post('/feeds/cut', { username: await state.username('Ada') })
}

/** The platform forgets the datafeed; the scenario goes on once there is another. */
export async function loseFeed(state: SymphonyState): Promise<void> {
  const { access, feeds } = (await state.chat()).client
  const tag = feedTag(access)
  const before = await feeds.list(tag)
  await state.control.post('/feeds/lose', { username: await state.username('Ada') })
  await eventually(async () => {
    const now = await feeds.list(tag)
    expect(now.length, 'datafeeds after the old one was lost').to.equal(1)
    expect(before, 'the datafeed that was lost').to.not.include(now[0])
  })
}

interface Tags {
  hashtag: string
  cashtag: string
}

const tagsAs = ({ hashtag, cashtag }: Tags): Content => [
  { kind: 'hashtag', text: hashtag },
  { kind: 'text', text: ' ' },
  { kind: 'cashtag', text: cashtag },
]

/** Somebody names a subject and a share beside what they say; live, the person at the terminal is asked to. */
export async function speakWithTags(state: SymphonyState, who: string, text: string, tags: Tags): Promise<void> {
  await sendToListener(state.talk, who, text, [{ kind: 'text', text: `${text} ` }, ...tagsAs(tags)])
}

/** Readers see them as words; the platform knows them for tags. */
export async function expectHeardTags(state: SymphonyState, text: string, tags: Tags): Promise<void> {
  const chat = await state.chat()
  const received = state.talk.received.recall(text)
  expect(received.text, 'what a reader sees').to.include(`#${tags.hashtag}`).and.to.include(`$${tags.cashtag}`)
  for (const tag of chat.expectedMarkup(tagsAs(tags)).filter((part) => part !== ' '))
    expect(received.markup, 'the markup of what was heard').to.include(tag)
}

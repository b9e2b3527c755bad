import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Content } from '../../../chat/content'
import { askSomebody } from '../../../run/human'
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
  const chat = await state.chat()
  const place = await chat.channel()
  const asTyped = `${text} #${tags.hashtag} $${tags.cashtag}`
  state.talk.patience = askSomebody(state.world, `write in "${place.name}", as anybody but the bot: ${asTyped}`)
  if (!chat.client.access.isLive) await chat.sendAs(who, place, [{ kind: 'text', text: `${text} ` }, ...tagsAs(tags)])
}

/** Readers see them as words; the platform knows them for tags. */
export async function expectHeardTags(state: SymphonyState, text: string, tags: Tags): Promise<void> {
  const chat = await state.chat()
  const heard = state.talk.heard.recall(text)
  expect(heard.text, 'what a reader sees').to.include(`#${tags.hashtag}`).and.to.include(`$${tags.cashtag}`)
  for (const tag of chat.expectedMarkup(tagsAs(tags)).filter((part) => part !== ' '))
    expect(heard.markup, 'the markup of what was heard').to.include(tag)
}

/** Says something in the channel, and nobody else's words will do: live, this very person is asked for by name. */
export async function speakInPerson(state: SymphonyState, who: string, text: string): Promise<void> {
  const chat = await state.chat()
  const [place, person] = await Promise.all([chat.channel(), chat.person(who)])
  const [latest] = await chat.history(place, { limit: 1 })
  const patience = askSomebody(state.world, `write in "${place.name}", as ${person.displayName}: ${text}`)
  if (!chat.client.access.isLive) await chat.sendAs(who, place, [{ kind: 'text', text }])
  await eventually(
    async () => {
      const since = (await chat.history(place, { limit: 20 })).filter(({ sentAt }) => sentAt > (latest?.sentAt ?? 0))
      expect(
        since.map(({ author }) => author),
        `who has spoken in "${place.name}" since`,
      ).to.include(person.id)
    },
    { timeout: patience },
  )
}

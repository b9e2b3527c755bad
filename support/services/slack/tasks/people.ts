import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Presence } from '../../../chat/adapter'
import type { ChatState } from '../../../chat/state'
import { BOT } from '../../../chat/tasks/send'
import { asFarAsBenMay, isBenAway, ownerIsBen, setBenAway, setStatus, statusOf } from '../ben'
import * as contract from '../contract'
import { isMarkedAway } from '../conversations'
import { slackOf } from './slack'

const STATUS_EMOJI = ':test_tube:'

export async function expectMark(state: ChatState, presence: Presence): Promise<void> {
  const slack = await slackOf(state)
  await eventually(async () => expect(await isMarkedAway(slack), 'that Ada has said she is away').to.equal(presence === 'away'))
}

/** Live, nobody can be made to be there: Ben says that he is away, and takes that back in the end. */
export async function bePresent(state: ChatState, whom: string, presence: Presence): Promise<void> {
  const { access, undo } = state.world
  if (access.control) {
    const { userId } = await access.people.person(whom)
    await access.control.post('/presence', { userId, presence: presence === 'available' ? 'active' : 'away' })
    return
  }
  const slack = await slackOf(state)
  await asFarAsBenMay(async () => {
    const account = await ownerIsBen(slack)
    const [was, away] = [await isBenAway(slack), presence === 'away']
    const creation = { by: whom, data: { account, was: String(was), set: String(away) } }
    await undo.create('slack.absence', access.unique('Ben is away'), creation, async () => {
      await setBenAway(slack, away)
      return { id: account }
    })
  })
}

/** The presence there is already is set first: without leave to set any, the other would be refused for want of it. */
export async function tryUnknownPresence(state: ChatState): Promise<void> {
  const slack = await slackOf(state)
  const { api } = slack
  await slack.putPresence(await slack.ownPresence())
  await state.world.attempt(() => api.call('users.setPresence', { presence: 'asleep' }, contract.done, 'a presence'))
}

/** Bots have no status; what they ask for is refused for the kind of their token. */
export async function tryStatusAsBot(state: ChatState, text: string): Promise<void> {
  const { api } = await slackOf(state)
  const profile = { status_text: text, status_emoji: STATUS_EMOJI }
  await state.world.attempt(() => api.call('users.profile.set', { profile }, contract.oneProfile, 'a status'))
}

/** What stood there before is put back. */
export async function showStatus(state: ChatState, text: string): Promise<void> {
  const slack = await slackOf(state)
  const { undo, access } = state.world
  const account = await ownerIsBen(slack)
  const before = await statusOf(slack, account)
  const status = { text, emoji: STATUS_EMOJI, until: 0 }
  const data = { account, was: JSON.stringify(before), set: JSON.stringify(status) }
  const show = async () => {
    await setStatus(slack, status)
    return { id: account }
  }
  const creation = { by: BOT, data }
  await asFarAsBenMay(() => undo.create('slack.status', access.unique(text, 100), creation, show))
}

export async function expectStatus(state: ChatState, text: string): Promise<void> {
  const slack = await slackOf(state)
  const { id } = await slack.person('Ben')
  await eventually(async () => expect(await statusOf(slack, id), 'Ben’s status').to.include({ text, emoji: STATUS_EMOJI }))
}

/** Everything that is promised of a person, as far as the bot may see it. */
export async function expectKnown(state: ChatState, whom: string): Promise<void> {
  const slack = await slackOf(state)
  const { id, name } = await slack.person(whom)
  const { user } = await slack.api.call('users.info', { user: id }, contract.oneUser, 'a person')
  expect(user, `what is known of ${whom}`).to.include({ id, name, deleted: false, is_bot: false })
  expect(user.tz, `the time zone of ${whom}`).to.be.a('string')
  const maySeeAddress = slack.api.scopes?.includes('users:read.email') ?? false
  expect(user.profile.email !== undefined, `that the address of ${whom} is shown`).to.equal(maySeeAddress)
}

/** Whether it is private or archived, and what it is for. */
export async function expectChannelKnown(state: ChatState): Promise<void> {
  const slack = await slackOf(state)
  const { id, name } = await slack.channel()
  const { channel } = await slack.api.call('conversations.info', { channel: id }, contract.oneChannel, 'a channel')
  expect(channel, 'what is known of the channel').to.include({ id, name, is_archived: false, is_member: true })
}

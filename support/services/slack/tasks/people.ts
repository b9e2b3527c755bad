import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ChatState } from '../../../chat/state'
import { BOT } from '../../../chat/tasks/send'
import { asFarAsBenMay, ownerIsBen, setStatus, statusOf } from '../ben'
import * as contract from '../contract'
import { slackOf } from './slack'

const STATUS_EMOJI = ':test_tube:'

/** Bots have no status. */
export async function tryStatusAsBot(state: ChatState, text: string): Promise<void> {
  const { api } = await slackOf(state)
  const profile = { status_text: text, status_emoji: STATUS_EMOJI }
  await state.world.attempt(() => api.call('users.profile.set', { profile }, contract.oneProfile, 'a status'))
}

/** The earlier status is restored at the end. */
export async function setBensStatus(state: ChatState, text: string): Promise<void> {
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
  await eventually(async () =>
    expect(await statusOf(slack, id), 'the status of Ben').to.deep.equal({ text, emoji: STATUS_EMOJI, until: 0 }),
  )
}

/** The fields that the bot's scopes allow. */
export async function expectProfile(state: ChatState, whom: string): Promise<void> {
  const slack = await slackOf(state)
  const { id, name } = await slack.person(whom)
  const user = await slack.directory.user(id)
  expect(user, `the profile of ${whom}`).to.include({ id, name, deleted: false, is_bot: false })
  expect(user.tz, `the time zone of ${whom}`).to.be.a('string')
  const maySeeAddress = slack.api.scopes?.includes('users:read.email') ?? false
  expect(user.profile.email !== undefined, `whether the email address of ${whom} is shown`).to.equal(maySeeAddress)
}

export async function expectActiveChannel(state: ChatState): Promise<void> {
  const slack = await slackOf(state)
  const { id, name } = await slack.channel()
  const channel = await slack.directory.describedChannel(id)
  expect(channel, 'the channel').to.include({ id, name, is_archived: false, is_member: true })
}

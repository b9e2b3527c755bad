import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { CLOCK_TOLERANCE } from '../../../chat/clocks'
import { send } from '../../../chat/tasks/send'
import type { Creation } from '../../../undo/undo'
import type { NewRoom } from '../client/streams'
import type { Room } from '../contract'
import { LONGEST_ROOM_NAME } from '../limits'
import { roomNamed } from '../lookup'
import { toChatChannel } from '../parse'
import type { SymphonyState } from '../state'

const DESCRIPTION = 'Made by the acceptance suite, and closed by it.'

/** A private room under a name of its own; deactivated at the end. */
export async function openRoom(state: SymphonyState, title: string, fields: Partial<NewRoom> = {}): Promise<void> {
  const { client } = await state.chat()
  const { undo, access } = state.world
  const notBefore = Date.now()
  const room = await undo.create('symphony.room', access.unique(title, LONGEST_ROOM_NAME), await byAda(state), async (name) => {
    const made = await client.streams.createRoom({ name, description: DESCRIPTION, ...fields })
    return { ...made, id: made.roomSystemInfo.id }
  })
  state.rooms.remember(title, room)
  const { createdByUserId, creationDate } = room.roomSystemInfo
  expect(String(createdByUserId), 'who made the room').to.equal((await state.chat().then((chat) => chat.me())).id)
  const tolerance = access.isLive ? CLOCK_TOLERANCE.live : CLOCK_TOLERANCE.sandbox
  expect(creationDate, 'when the room was made').to.be.within(notBefore - tolerance, Date.now() + tolerance)
}

async function byAda(state: SymphonyState): Promise<Creation> {
  return { by: 'Ada', data: { account: (await (await state.chat()).me()).id } }
}

export async function sayInRoom(state: SymphonyState, text: string, title: string): Promise<void> {
  await send(state.talk, 'Ada', text, { place: toChatChannel(state.rooms.recall(title)) })
}

/** The room as it was asked for: private, active, found by its name, and the bot's own. */
export async function expectOwnRoom(state: SymphonyState, title: string): Promise<void> {
  const chat = await state.chat()
  const made = state.rooms.recall(title)
  const { id } = made.roomSystemInfo
  const me = await chat.me()
  await eventually(async () => {
    const [found, room, members] = await Promise.all([
      roomNamed(chat.client, made.roomAttributes.name),
      chat.client.streams.room(id),
      chat.client.streams.members(id),
    ])
    expect(found?.id, `the room found by the name "${title}"`).to.equal(id)
    expect(room.roomAttributes, 'its attributes').to.deep.equal(made.roomAttributes)
    expect(room.roomSystemInfo, 'its system information').to.deep.equal(made.roomSystemInfo)
    expect(
      members.map(({ id: member, owner }) => ({ id: String(member), owner })),
      'its members',
    ).to.deep.equal([{ id: me.id, owner: true }])
  })
}

export async function closeRoom(state: SymphonyState, title: string): Promise<void> {
  const { client } = await state.chat()
  const made = state.rooms.recall(title)
  const closed = await client.streams.setActive(made.roomSystemInfo.id, false)
  expectOnlyClosed(closed, made)
}

export async function expectClosed(state: SymphonyState, title: string): Promise<void> {
  const { client } = await state.chat()
  const { id } = state.rooms.recall(title).roomSystemInfo
  await eventually(async () => {
    expectOnlyClosed(await client.streams.room(id), state.rooms.recall(title))
  })
}

/** It is closed, and in all else as it was made. */
function expectOnlyClosed(room: Room, made: Room): void {
  expect(room.roomAttributes, 'the attributes of the closed room').to.deep.equal(made.roomAttributes)
  const { id, createdByUserId, creationDate } = made.roomSystemInfo
  expect(room.roomSystemInfo, 'the closed room').to.deep.include({ id, createdByUserId, creationDate, active: false })
}

export async function tryToSayInRoom(state: SymphonyState, text: string, title: string): Promise<void> {
  await state.world.attempt(() => sayInRoom(state, text, title))
}

export async function tryToOpenRoom(state: SymphonyState, title: string): Promise<void> {
  await state.world.attempt(() => openRoom(state, title))
}

/** The same name but for case and spaces is the same name. */
export async function tryToOpenTwin(state: SymphonyState, title: string): Promise<void> {
  const { name } = state.rooms.recall(title).roomAttributes
  await tryNamed(state, name.toUpperCase().replaceAll(' ', ''))
}

export async function tryLongName(state: SymphonyState): Promise<void> {
  await tryNamed(
    state,
    state.world.access.unique('x'.repeat(LONGEST_ROOM_NAME), LONGEST_ROOM_NAME + 1).padEnd(LONGEST_ROOM_NAME + 1, 'x'),
  )
}

export async function tryClosedPast(state: SymphonyState): Promise<void> {
  await state.world.attempt(() => openRoom(state, 'Open to all', { public: true, viewHistory: false }))
}

async function tryNamed(state: SymphonyState, name: string): Promise<void> {
  const { client } = await state.chat()
  const creation = await byAda(state)
  await state.world.attempt(() =>
    state.world.undo.create('symphony.room', name, creation, async () => {
      const made = await client.streams.createRoom({ name, description: DESCRIPTION })
      return { id: made.roomSystemInfo.id }
    }),
  )
}

export async function readRoom(state: SymphonyState, title: string): Promise<void> {
  const chat = await state.chat()
  state.talk.history = await chat.history(toChatChannel(state.rooms.recall(title)), { limit: 10 })
}

export async function tryHistoryWithoutStart(state: SymphonyState): Promise<void> {
  const chat = await state.chat()
  const { id } = await chat.channel()
  await state.world.attempt(() => chat.client.messages.historyWithoutSince(id))
}

/** Somebody takes the bot out of the room they all talk in. */
export async function leaveRoom(state: SymphonyState): Promise<void> {
  const chat = await state.chat()
  const [{ id: roomId }, username] = await Promise.all([chat.channel(), state.username('Ada')])
  await state.control.post('/memberships', { username, roomId, how: 'remove', by: username })
}

import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { send } from '../../../chat/tasks/send'
import type { Creation } from '../../../undo/undo'
import type { NewRoom } from '../client/streams'
import { LONGEST_ROOM_NAME } from '../limits'
import { roomNamed } from '../lookup'
import { toChatChannel } from '../parse'
import type { SymphonyState } from '../state'

const DESCRIPTION = 'Made by the acceptance suite, and closed by it.'

/** A private room under a name of its own; deactivated at the end. */
export async function openRoom(state: SymphonyState, title: string, fields: Partial<NewRoom> = {}): Promise<void> {
  const { client } = await state.chat()
  const { undo, access } = state.world
  const room = await undo.create('symphony.room', access.unique(title, LONGEST_ROOM_NAME), await byAda(state), async (name) => {
    const made = await client.streams.createRoom({ name, description: DESCRIPTION, ...fields })
    return { ...made, id: made.roomSystemInfo.id }
  })
  state.rooms.remember(title, room)
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
  const { id, createdByUserId } = made.roomSystemInfo
  const me = await chat.me()
  await eventually(async () => {
    const [found, room, members] = await Promise.all([
      roomNamed(chat.client, made.roomAttributes.name),
      chat.client.streams.room(id),
      chat.client.streams.members(id),
    ])
    expect(found?.id, `the room found by the name "${title}"`).to.equal(id)
    expect(room.roomAttributes.name, 'its name').to.equal(made.roomAttributes.name)
    expect(room.roomSystemInfo.active, 'that it is open').to.equal(true)
    expect(String(createdByUserId), 'who made it').to.equal(me.id)
    expect(
      members.filter(({ owner }) => owner).map((member) => String(member.id)),
      'who owns it',
    ).to.deep.equal([me.id])
  })
}

export async function closeRoom(state: SymphonyState, title: string): Promise<void> {
  const { client } = await state.chat()
  await client.streams.setActive(state.rooms.recall(title).roomSystemInfo.id, false)
}

export async function expectClosed(state: SymphonyState, title: string): Promise<void> {
  const { client } = await state.chat()
  const { id } = state.rooms.recall(title).roomSystemInfo
  await eventually(async () => {
    expect((await client.streams.room(id)).roomSystemInfo.active, `that "${title}" is open`).to.equal(false)
  })
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

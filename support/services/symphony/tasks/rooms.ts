import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { CLOCK_TOLERANCE } from '../../../chat/clocks'
import { tryToSend } from '../../../chat/tasks/send'
import type { Creation } from '../../../undo/undo'
import type { NewRoom } from '../client/streams'
import type { Room } from '../contract'
import { LONGEST_ROOM_NAME } from '../limits'
import { roomNamed } from '../lookup'
import type { RoomRequest, RoomState } from '../parameter-types'
import { toChatChannel } from '../parse'
import type { SymphonyState } from '../state'

const DESCRIPTION = 'Created by the acceptance suite, and deactivated by it.'

/** A private room under a name of its own; deactivated at the end. */
export async function createRoom(state: SymphonyState, title: string, fields: Partial<NewRoom> = {}): Promise<void> {
  const { client } = await state.chat()
  const { undo, access } = state.world
  const notBefore = Date.now()
  const room = await undo.create('symphony.room', access.unique(title, LONGEST_ROOM_NAME), await byAda(state), async (name) => {
    const made = await client.streams.createRoom({ name, description: DESCRIPTION, ...fields })
    return { ...made, id: made.roomSystemInfo.id }
  })
  state.rooms.remember(title, room)
  state.talk.places.remember(title, toChatChannel(room))
  const { createdByUserId, creationDate } = room.roomSystemInfo
  expect(String(createdByUserId), 'the creator of the room').to.equal((await state.chat().then((chat) => chat.me())).id)
  const tolerance = access.isLive ? CLOCK_TOLERANCE.live : CLOCK_TOLERANCE.sandbox
  expect(creationDate, 'the creation date of the room').to.be.within(notBefore - tolerance, Date.now() + tolerance)
}

async function byAda(state: SymphonyState): Promise<Creation> {
  return { by: 'Ada', data: { account: (await (await state.chat()).me()).id } }
}

export function expectRoom(state: SymphonyState, title: string, roomState: RoomState): Promise<void> {
  return roomState === 'active' ? expectActive(state, title) : expectDeactivated(state, title)
}

/** The room as it was requested: private, active, found by its name, and owned by the bot. */
async function expectActive(state: SymphonyState, title: string): Promise<void> {
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

export async function deactivateRoom(state: SymphonyState, title: string): Promise<void> {
  const { client } = await state.chat()
  const made = state.rooms.recall(title)
  const deactivated = await client.streams.setActive(made.roomSystemInfo.id, false)
  expectOnlyDeactivated(deactivated, made)
}

async function expectDeactivated(state: SymphonyState, title: string): Promise<void> {
  const { client } = await state.chat()
  const { id } = state.rooms.recall(title).roomSystemInfo
  await eventually(async () => {
    expectOnlyDeactivated(await client.streams.room(id), state.rooms.recall(title))
  })
}

/** Deactivated, and otherwise as it was created. */
function expectOnlyDeactivated(room: Room, made: Room): void {
  expect(room.roomAttributes, 'the attributes of the deactivated room').to.deep.equal(made.roomAttributes)
  const { id, createdByUserId, creationDate } = made.roomSystemInfo
  expect(room.roomSystemInfo, 'the deactivated room').to.deep.include({ id, createdByUserId, creationDate, active: false })
}

export async function tryToSendInRoom(state: SymphonyState, text: string, title: string): Promise<void> {
  await tryToSend(state.talk, text, { place: state.talk.places.recall(title) })
}

export async function tryToCreate(state: SymphonyState, { kind, name }: RoomRequest): Promise<void> {
  if (kind === 'same name') await tryNamed(state, sameName(state.rooms.recall(name).roomAttributes.name))
  else if (kind === 'name too long') await tryNamed(state, nameOver(state, LONGEST_ROOM_NAME))
  else {
    const fields = kind === 'new' ? {} : { public: true, viewHistory: false }
    await state.world.attempt(() => createRoom(state, name || 'Open to all', fields))
  }
}

/** Symphony compares names without case and spaces. */
function sameName(name: string): string {
  return name.toUpperCase().replaceAll(' ', '')
}

function nameOver(state: SymphonyState, maximum: number): string {
  return state.world.access.unique('x'.repeat(maximum), maximum + 1).padEnd(maximum + 1, 'x')
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

/** The bot is removed from the room of the tests. */
export async function leaveRoom(state: SymphonyState): Promise<void> {
  const chat = await state.chat()
  const [{ id: roomId }, username] = await Promise.all([chat.channel(), state.username('Ada')])
  await state.control.post('/memberships', { username, roomId, how: 'remove', by: username })
}

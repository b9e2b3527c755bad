import { expect } from 'chai'
import { say } from '../../chat/tasks'
import { eventually } from '../../core/eventually'
import type { Creation } from '../../core/undo'
import type { NewRoom } from './clients/streams'
import { channelOf } from './conversion'
import { LONGEST_ROOM_NAME } from './limits'
import { roomNamed } from './lookup'
import type { SymphonyScene } from './scene'

const DESCRIPTION = 'Made by the acceptance suite, and closed by it.'

/** A private room under a name of its own; deactivated at the end. */
export async function openRoom(scene: SymphonyScene, title: string, fields: Partial<NewRoom> = {}): Promise<void> {
  const { client } = await scene.chat()
  const { undo, access } = scene.world
  const room = await undo.create('symphony.room', access.unique(title, LONGEST_ROOM_NAME), await byAda(scene), async (name) => {
    const made = await client.streams.createRoom({ name, description: DESCRIPTION, ...fields })
    return { ...made, id: made.roomSystemInfo.id }
  })
  scene.rooms.remember(title, room)
}

async function byAda(scene: SymphonyScene): Promise<Creation> {
  return { by: 'Ada', data: { account: (await (await scene.chat()).me()).id } }
}

export async function sayInRoom(scene: SymphonyScene, text: string, title: string): Promise<void> {
  await say(scene.talk, 'Ada', text, { place: channelOf(scene.rooms.recall(title)) })
}

/** The room as it was asked for: private, active, found by its name, and the bot's own. */
export async function expectOwnRoom(scene: SymphonyScene, title: string): Promise<void> {
  const chat = await scene.chat()
  const made = scene.rooms.recall(title)
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

export async function closeRoom(scene: SymphonyScene, title: string): Promise<void> {
  const { client } = await scene.chat()
  await client.streams.setActive(scene.rooms.recall(title).roomSystemInfo.id, false)
}

export async function expectClosed(scene: SymphonyScene, title: string): Promise<void> {
  const { client } = await scene.chat()
  const { id } = scene.rooms.recall(title).roomSystemInfo
  await eventually(async () => {
    expect((await client.streams.room(id)).roomSystemInfo.active, `that "${title}" is open`).to.equal(false)
  })
}

export async function tryToSayInRoom(scene: SymphonyScene, text: string, title: string): Promise<void> {
  await scene.world.attempt(() => sayInRoom(scene, text, title))
}

export async function tryToOpenRoom(scene: SymphonyScene, title: string): Promise<void> {
  await scene.world.attempt(() => openRoom(scene, title))
}

/** The same name but for case and spaces is the same name. */
export async function tryToOpenTwin(scene: SymphonyScene, title: string): Promise<void> {
  const { name } = scene.rooms.recall(title).roomAttributes
  await tryNamed(scene, name.toUpperCase().replaceAll(' ', ''))
}

export async function tryLongName(scene: SymphonyScene): Promise<void> {
  await tryNamed(
    scene,
    scene.world.access.unique('x'.repeat(LONGEST_ROOM_NAME), LONGEST_ROOM_NAME + 1).padEnd(LONGEST_ROOM_NAME + 1, 'x'),
  )
}

export async function tryClosedPast(scene: SymphonyScene): Promise<void> {
  await scene.world.attempt(() => openRoom(scene, 'Open to all', { public: true, viewHistory: false }))
}

async function tryNamed(scene: SymphonyScene, name: string): Promise<void> {
  const { client } = await scene.chat()
  const creation = await byAda(scene)
  await scene.world.attempt(() =>
    scene.world.undo.create('symphony.room', name, creation, async () => {
      const made = await client.streams.createRoom({ name, description: DESCRIPTION })
      return { id: made.roomSystemInfo.id }
    }),
  )
}

export async function readRoom(scene: SymphonyScene, title: string): Promise<void> {
  const chat = await scene.chat()
  scene.talk.shown = await chat.history(channelOf(scene.rooms.recall(title)), { limit: 10 })
}

export async function tryHistoryWithoutStart(scene: SymphonyScene): Promise<void> {
  const chat = await scene.chat()
  const { id } = await chat.channel()
  await scene.world.attempt(() => chat.client.messages.historyWithoutSince(id))
}

/** Somebody takes the bot out of the room they all talk in. */
export async function leaveRoom(scene: SymphonyScene): Promise<void> {
  const chat = await scene.chat()
  const [{ id: roomId }, username] = await Promise.all([chat.channel(), scene.username('Ada')])
  await scene.powers.post('/memberships', { username, roomId, how: 'remove', by: username })
}

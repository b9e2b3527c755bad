import { assertAgrees } from '../../../assertions/agreement'
import { parseResponse } from '../../../assertions/contract'
import type { Http } from '../../../http/client'
import { conversation, type Member, members, type Room, type RoomsFound, room, rooms, streamInfo } from '../contract'

export interface NewRoom {
  name: string
  description: string
  public?: boolean
  discoverable?: boolean
  membersCanInvite?: boolean
  viewHistory?: boolean
}

/** The default attributes of a room. */
const PRIVATE = { public: false, readOnly: false }
const PAGE = 100

/** Rooms and direct conversations, by the pod. */
export class StreamsClient {
  constructor(private readonly pod: Http) {}

  /** One page from an offset, and the total. */
  async searchRooms(query: string, skip = 0): Promise<RoomsFound> {
    const { data } = await this.pod.post('/v3/room/search', { query }, { query: { skip, limit: PAGE }, idempotent: true })
    return parseResponse(rooms, data, 'the rooms found')
  }

  async room(id: string): Promise<Room> {
    const found = parseResponse(room, (await this.pod.get(`/v3/room/${encodeURIComponent(id)}/info`)).data, 'a room')
    assertAgrees('the requested room', found.roomSystemInfo, { id })
    return found
  }

  async createRoom(fields: NewRoom): Promise<Room> {
    const made = parseResponse(room, (await this.pod.post('/v3/room/create', fields)).data, 'a new room')
    assertAgrees('a new room', made.roomAttributes, { ...PRIVATE, ...fields })
    assertAgrees('a new room', made.roomSystemInfo, { active: true })
    return made
  }

  async setActive(id: string, active: boolean): Promise<Room> {
    const { data } = await this.pod.post(`/v1/room/${encodeURIComponent(id)}/setActive`, undefined, {
      query: { active },
      idempotent: true,
    })
    const changed = parseResponse(room, data, 'a changed room')
    assertAgrees('a changed room', changed.roomSystemInfo, { id, active })
    return changed
  }

  async members(id: string): Promise<Member[]> {
    const { data } = await this.pod.get(`/v2/room/${encodeURIComponent(id)}/membership/list`)
    return parseResponse(members, data, 'the members of a room')
  }

  /** For a direct conversation. @returns the ids of its users */
  async streamMembers(id: string): Promise<string[]> {
    const { data } = await this.pod.get(`/v2/streams/${encodeURIComponent(id)}/info`)
    const stream = parseResponse(streamInfo, data, 'a stream')
    const { members: all } = stream.streamAttributes
    const shown = { id: stream.id, active: stream.active, type: stream.streamType.type }
    assertAgrees('the requested conversation', shown, { id, active: true, type: all.length > 2 ? 'MIM' : 'IM' })
    return all.map(String)
  }

  /** The conversation with these users and the caller; a second call returns the same one. @returns its id */
  async conversation(userIds: readonly string[]): Promise<string> {
    const { data } = await this.pod.post('/v1/im/create', userIds.map(Number), { idempotent: true })
    return parseResponse(conversation, data, 'a conversation').id
  }
}

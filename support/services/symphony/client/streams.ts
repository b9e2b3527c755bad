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

const PAGE = 100

/** Rooms and conversations, in the pod. */
export class StreamsClient {
  constructor(private readonly pod: Http) {}

  /** One page, from the place given on, and how many there are in all. */
  async searchRooms(query: string, skip = 0): Promise<RoomsFound> {
    const { data } = await this.pod.post('/v3/room/search', { query }, { query: { skip, limit: PAGE } })
    return parseResponse(rooms, data, 'the rooms found')
  }

  async room(id: string): Promise<Room> {
    return parseResponse(room, (await this.pod.get(`/v3/room/${encodeURIComponent(id)}/info`)).data, 'a room')
  }

  async createRoom(fields: NewRoom): Promise<Room> {
    return parseResponse(room, (await this.pod.post('/v3/room/create', fields)).data, 'a new room')
  }

  async setActive(id: string, active: boolean): Promise<Room> {
    const { data } = await this.pod.post(`/v1/room/${encodeURIComponent(id)}/setActive`, undefined, { query: { active } })
    return parseResponse(room, data, 'a changed room')
  }

  async members(id: string): Promise<Member[]> {
    const { data } = await this.pod.get(`/v2/room/${encodeURIComponent(id)}/membership/list`)
    return parseResponse(members, data, 'the members of a room')
  }

  /** Of any stream, a direct conversation included. @returns the ids of its users */
  async streamMembers(id: string): Promise<string[]> {
    const { data } = await this.pod.get(`/v2/streams/${encodeURIComponent(id)}/info`)
    return parseResponse(streamInfo, data, 'a stream').streamAttributes.members.map(String)
  }

  /** The conversation with these people and the caller; asked for again, the same one. @returns its id */
  async conversation(userIds: readonly string[]): Promise<string> {
    const { data } = await this.pod.post('/v1/im/create', userIds.map(Number))
    return parseResponse(conversation, data, 'a conversation').id
  }
}

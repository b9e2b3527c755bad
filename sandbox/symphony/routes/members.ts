import type { FastifyPluginAsync } from 'fastify'
import { caller, fieldsOf, type RouteOptions, type Symphony } from '../context'
import { badRequest, forbidden, noMember } from '../errors'
import type { RoomAttributes, StreamRow, UserRow } from '../model'
import { ownerOnly } from '../rooms'
import { authorShape, streamShape } from '../shapes'

interface Act {
  by: UserRow
  whom: UserRow
  room: StreamRow & { room: RoomAttributes }
}

interface Change {
  /** @throws 403 */
  may(act: Act): void
  /** @returns whether anything changed */
  make(act: Act, at: number): boolean
  event: [type: string, payload: string]
  says: string
}

const isMember = ({ whom, room }: Act): void => {
  if (!room.members.has(whom.id)) throw badRequest('The user is not a member of the room')
}

const CHANGES: Readonly<Record<string, Change>> = {
  add: {
    may: ({ by, room }) => {
      if (!room.members.has(by.id) && !room.room.public) throw noMember()
      if (!room.room.membersCanInvite && !room.members.get(by.id)?.owner)
        throw forbidden('Members of this room may not invite others')
    },
    make: ({ whom, room }, joinDate) => {
      if (room.members.has(whom.id)) return false
      room.members.set(whom.id, { owner: false, joinDate })
      return true
    },
    event: ['USERJOINEDROOM', 'userJoinedRoom'],
    says: 'Member added',
  },
  remove: {
    may: (act) => {
      isMember(act)
      if (act.by.id !== act.whom.id) ownerOnly(act.by, act.room)
    },
    make: ({ whom, room }) => room.members.delete(whom.id),
    event: ['USERLEFTROOM', 'userLeftRoom'],
    says: 'Member removed',
  },
  promoteOwner: {
    may: (act) => {
      ownerOnly(act.by, act.room)
      isMember(act)
    },
    make: ({ whom, room }) => setOwner(room, whom, true),
    event: ['ROOMMEMBERPROMOTEDTOOWNER', 'roomMemberPromotedToOwner'],
    says: 'Member promoted to owner',
  },
  demoteOwner: {
    may: (act) => {
      ownerOnly(act.by, act.room)
      isMember(act)
    },
    make: ({ whom, room }) => setOwner(room, whom, false),
    event: ['ROOMMEMBERDEMOTEDFROMOWNER', 'roomMemberDemotedFromOwner'],
    says: 'Member demoted to participant',
  },
}

function setOwner(room: StreamRow, { id }: UserRow, owner: boolean): boolean {
  const member = room.members.get(id)
  if (!member || member.owner === owner) return false
  member.owner = owner
  return true
}

/** Members of a room, and changes of membership. */
export const memberRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { store } = symphony
  for (const name of Object.keys(CHANGES)) {
    app.post<{ Params: { id: string } }>(`/v1/room/:id/membership/${name}`, async (request) => {
      const by = caller(symphony, request)
      const room = store.room(by, request.params.id)
      const { id } = fieldsOf(request.body)
      const whom = store.someone(by, id)
      if (!whom) throw badRequest(`No user has the id ${String(id)}`)
      return { format: 'TEXT', message: change(symphony, name, { by, whom, room }) }
    })
  }
  app.get<{ Params: { id: string } }>('/v2/room/:id/membership/list', async (request) => {
    const viewer = caller(symphony, request)
    const { members, room } = store.room(viewer, request.params.id)
    if (!members.has(viewer.id) && !room.public) throw noMember()
    return [...members].map(([id, { owner, joinDate }]) => ({ id, owner, joinDate }))
  })
}

/** Changes the membership and, if it changed, sends an event to all previous and current members. @returns the service's message */
export function change({ store, feeds }: Symphony, name: string, act: Act): string {
  const one = CHANGES[name]
  if (!one) throw new Error(`There is no change of membership called ${name}.`)
  one.may(act)
  const recipients = new Set(act.room.members.keys())
  if (!one.make(act, store.now())) return one.says
  for (const id of act.room.members.keys()) recipients.add(id)
  const [type, payload] = one.event
  const content = { stream: streamShape(act.room), affectedUser: authorShape(act.whom) }
  feeds.publish({ type, by: act.by, payload: { [payload]: content } }, recipients)
  return one.says
}

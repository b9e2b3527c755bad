import { type Call, fieldsOf, podRoutes, type Symphony } from '../context'
import { badRequest, forbidden } from '../errors'
import type { Room, UserRow } from '../model'
import { ownerOnly } from '../rooms'
import { authorShape, streamShape } from '../shapes'
import { mayRead } from '../store'

interface Act {
  by: UserRow
  whom: UserRow
  room: Room
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

const CHANGES = {
  add: {
    may: ({ by, room }) => {
      mayRead(by, room)
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
  promoteOwner: ownership(true, ['ROOMMEMBERPROMOTEDTOOWNER', 'roomMemberPromotedToOwner'], 'Member promoted to owner'),
  demoteOwner: ownership(false, ['ROOMMEMBERDEMOTEDFROMOWNER', 'roomMemberDemotedFromOwner'], 'Member demoted to participant'),
} satisfies Record<string, Change>

type ChangeName = keyof typeof CHANGES

function ownership(owner: boolean, event: Change['event'], says: string): Change {
  return {
    may: (act) => {
      ownerOnly(act.by, act.room)
      isMember(act)
    },
    make: ({ whom, room }) => {
      const member = room.members.get(whom.id)
      if (!member || member.owner === owner) return false
      member.owner = owner
      return true
    },
    event,
    says,
  }
}

/** Members of a room, and changes of membership. */
export const memberRoutes = podRoutes({
  'POST /v1/room/:id/membership/add': changing('add'),
  'POST /v1/room/:id/membership/remove': changing('remove'),
  'POST /v1/room/:id/membership/promoteOwner': changing('promoteOwner'),
  'POST /v1/room/:id/membership/demoteOwner': changing('demoteOwner'),
  'GET /v2/room/:id/membership/list': ({ store, user, params }) => {
    const room = store.room(user, params.id)
    mayRead(user, room)
    return [...room.members].map(([id, { owner, joinDate }]) => ({ id, owner, joinDate }))
  },
})

function changing(name: ChangeName) {
  return (call: Call<{ id: string }>) => {
    const { store, user: by } = call
    const room = store.room(by, call.params.id)
    const whom = store.existing(by, fieldsOf(call.body).id)
    return { format: 'TEXT', message: change(call, name, { by, whom, room }) }
  }
}

/** Changes the membership and, if it changed, sends an event to all previous and current members. @returns the service's message */
export function change({ store, feeds }: Symphony, name: ChangeName, act: Act): string {
  const one: Change = CHANGES[name]
  one.may(act)
  const recipients = new Set(act.room.members.keys())
  if (!one.make(act, store.now())) return one.says
  for (const id of act.room.members.keys()) recipients.add(id)
  const [type, payload] = one.event
  const content = { stream: streamShape(act.room), affectedUser: authorShape(act.whom) }
  feeds.publish({ type, by: act.by, payload: { [payload]: content } }, recipients)
  return one.says
}

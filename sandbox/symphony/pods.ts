import type { Authority } from './authority'
import type { KeyRing } from './key-ring'
import { ENTITLEMENTS, type Entitlement, type Role, type StreamRow, type UserRow } from './model'
import { attributesFrom, openStream } from './rooms'
import type { SymphonyStore } from './store'

/** The room of every pod that all its people are in. */
export const ROOM = 'Acceptance room'
/** The pod of those who name none. */
export const MAIN_POD = 'main'

export interface Wish {
  name: string
  /** Ada is the bot, everybody else is human, unless wished otherwise. */
  kind?: 'bot' | 'human'
  /** Entitlements the account shall not have. */
  lacks?: Entitlement[]
  roles?: Role[]
  /** `foreign`: the private key handed out is not the one registered. */
  key?: 'own' | 'foreign'
  /** A certificate beside the key; `untrusted`: signed by somebody else. */
  certificate?: 'trusted' | 'untrusted'
  /** Everybody is in the pod's room, unless wished otherwise. */
  inRoom?: boolean
}

/** What makes people: authorities for certificates, keys for service accounts. */
export interface Office {
  store: SymphonyStore
  keys: KeyRing
  authority: Authority
  strangers: () => Promise<Authority>
}

/** A new account in a pod, which is made with its room when it is first named. */
export async function settle(office: Office, pod: string, wish: Wish): Promise<Record<string, string>> {
  const { store } = office
  const place = store.podOf(pod).length
  const isBot = wish.kind ? wish.kind === 'bot' : wish.name === 'Ada'
  const id = store.nextUserId()
  const username = `${wish.name.toLowerCase()}-${id % 100_000}`
  const pair = isBot ? await office.keys.pair(place) : undefined
  const user = accountOf(pod, { id, username, wish, publicKey: pair?.publicKey ?? null })
  store.data.users.set(id, user)
  const room = roomOf(store, user)
  if (wish.inRoom !== false && !room.members.has(id)) room.members.set(id, { owner: isBot, joinDate: store.now() })
  const { displayName, emailAddress } = user
  return {
    ...{ id: String(id), username, displayName, emailAddress, roomId: room.id, roomName: ROOM },
    ...(pair ? await credentials(office, user, wish, pair.privateKey, place) : {}),
  }
}

function accountOf(
  pod: string,
  { id, username, wish, publicKey }: { id: number; username: string; wish: Wish; publicKey: string | null },
): UserRow {
  const lacks = wish.lacks ?? []
  return {
    id,
    pod,
    username,
    firstName: wish.name,
    lastName: publicKey ? 'Bot' : 'Tester',
    displayName: `${wish.name} ${publicKey ? 'Bot' : 'Tester'}`,
    emailAddress: `${username}@acceptance.example`,
    title: publicKey ? 'Service account' : 'Tester',
    company: 'Acceptance',
    department: 'Quality',
    location: 'Lisbon',
    accountType: publicKey ? 'SYSTEM' : 'NORMAL',
    active: true,
    publicKey,
    entitlements: ENTITLEMENTS.filter((one) => !lacks.includes(one)),
    roles: wish.roles ?? [],
    presence: { category: publicKey ? 'OFFLINE' : 'AVAILABLE', timestamp: Date.now() },
  }
}

/** The pod's own room; the first of its people opens it. */
function roomOf(store: SymphonyStore, first: UserRow): StreamRow {
  const known = [...store.data.streams.values()].find(({ pod, room }) => pod === first.pod && room?.name === ROOM)
  if (known) return known
  const fields = { name: ROOM, description: 'Where the acceptance suite writes' }
  const stream: StreamRow = { ...openStream(store, first, 'ROOM', []), room: attributesFrom(store, first.pod, fields) }
  store.data.streams.set(stream.id, stream)
  return stream
}

async function credentials(office: Office, user: UserRow, wish: Wish, own: string, place: number) {
  const key = wish.key === 'foreign' ? (await office.keys.pair(place + 1)).privateKey : own
  if (!wish.certificate) return { keyContent: key }
  const authority = wish.certificate === 'trusted' ? office.authority : await office.strangers()
  const certificate = await authority.forClient(user.username, user.publicKey ?? '')
  return { keyContent: key, certificateContent: `${own.trim()}\n${certificate.trim()}\n` }
}

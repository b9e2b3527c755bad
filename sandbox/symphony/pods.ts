import { z } from 'zod'
import type { Authority, Keys } from './authority'
import { ENTITLEMENTS, ROLES, type Room, type UserRow } from './model'
import { attributesFrom, openStream } from './rooms'
import { roomDetail, userShape } from './shapes'
import { isRoom, type SymphonyStore } from './store'

/** The room in every pod that has all its people as members. */
export const ROOM = 'Acceptance room'
/** The default pod. */
export const MAIN_POD = 'main'

export const person = z.strictObject({
  name: z.string().min(1),
  /** Unless given, Ada is the bot and everyone else is human. */
  kind: z.enum(['bot', 'human']).optional(),
  /** Entitlements that the account lacks. */
  lacks: z.array(z.enum(ENTITLEMENTS)).default([]),
  roles: z.array(z.enum(ROLES)).default([]),
  /** `foreign`: the private key in the response is not the registered one. */
  key: z.enum(['own', 'foreign']).default('own'),
  /** Also create a certificate; `untrusted`: signed by an authority that the pod does not trust. */
  certificate: z.enum(['trusted', 'untrusted']).optional(),
  /** Member of the pod's own room. */
  inRoom: z.boolean().default(true),
})

type PersonOptions = z.output<typeof person>

/** Authorities for certificates and keys for service accounts. */
export interface Provisioning {
  store: SymphonyStore
  keys: Keys
  authority: Authority
  /** An authority that no pod trusts; created when it is first needed. */
  foreignAuthority: () => Promise<Authority>
}

type Made = Record<string, string>

/** Creates an account in a pod, which is created with its room when it is first named. */
export async function addPerson(provisioning: Provisioning, pod: string, options: PersonOptions): Promise<Made> {
  const { store } = provisioning
  const place = store.podOf(pod).length
  const isBot = options.kind ? options.kind === 'bot' : options.name === 'Ada'
  const id = store.nextUserId()
  const pair = isBot ? await provisioning.keys.pair(place) : undefined
  const user = accountOf(pod, id, options, pair?.publicKey ?? null)
  store.data.users.set(id, user)
  const room = roomOf(store, user)
  if (options.inRoom && !room.members.has(id)) room.members.set(id, { owner: isBot, joinDate: store.now() })
  const { username, displayName, emailAddress } = user
  return {
    ...{ id: String(id), username, displayName, emailAddress, roomId: room.id, roomName: ROOM },
    // All that the API shows of them.
    made: JSON.stringify({ user: userShape(user, user), room: roomDetail(room) }),
    ...(pair ? await credentials(provisioning, user, options, pair.privateKey, place) : {}),
  }
}

function accountOf(pod: string, id: number, options: PersonOptions, publicKey: string | null): UserRow {
  const username = `${options.name.toLowerCase()}-${id % 100_000}`
  return {
    id,
    pod,
    username,
    firstName: options.name,
    lastName: publicKey ? 'Bot' : 'Tester',
    displayName: `${options.name} ${publicKey ? 'Bot' : 'Tester'}`,
    emailAddress: `${username}@acceptance.example`,
    title: publicKey ? 'Service account' : 'Tester',
    company: 'Acceptance',
    department: 'Quality',
    location: 'Lisbon',
    accountType: publicKey ? 'SYSTEM' : 'NORMAL',
    active: true,
    publicKey,
    entitlements: ENTITLEMENTS.filter((one) => !options.lacks.includes(one)),
    roles: options.roles,
    presence: { category: publicKey ? 'OFFLINE' : 'AVAILABLE', timestamp: Date.now() },
  }
}

/** The pod's own room; the first of its people opens it. */
function roomOf(store: SymphonyStore, first: UserRow): Room {
  const known = [...store.data.streams.values()].filter(isRoom).find(({ pod, room }) => pod === first.pod && room.name === ROOM)
  if (known) return known
  const fields = { name: ROOM, description: 'Where the acceptance suite writes' }
  const stream = { ...openStream(store, first, 'ROOM', []), room: attributesFrom(store, first.pod, fields) }
  store.data.streams.set(stream.id, stream)
  return stream
}

async function credentials(provisioning: Provisioning, user: UserRow, options: PersonOptions, own: string, place: number) {
  const key = options.key === 'foreign' ? (await provisioning.keys.pair(place + 1)).privateKey : own
  if (!options.certificate) return { keyContent: key }
  const authority = options.certificate === 'trusted' ? provisioning.authority : await provisioning.foreignAuthority()
  const certificate = await authority.forClient(user.username, user.publicKey ?? '')
  return { keyContent: key, certificateContent: `${own.trim()}\n${certificate.trim()}\n` }
}

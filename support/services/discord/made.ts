import { z } from 'zod'
import { assertAgrees } from '../../assertions/agreement'
import { SandboxPeople } from '../people'
import type { Credentials, ServiceAccess } from '../service'

const shape = z.looseObject({ id: z.string() })
const member = z.looseObject({ user: shape })

/** What a sandbox created for one person, in the shapes of the API. */
const made = z.object({
  user: shape,
  guild: shape,
  channels: z.array(shape),
  member: member.optional(),
  owner: member.optional(),
  application: shape.optional(),
  guilds: z.array(shape).optional(),
})

export type Made = z.infer<typeof made>

/** @returns undefined live, where the suite creates no accounts */
export async function madeFor(access: ServiceAccess, name: string): Promise<Made | undefined> {
  return madeIn(await access.people.person(name))
}

function madeIn({ made: json }: Credentials): Made | undefined {
  return json === undefined ? undefined : made.parse(JSON.parse(json))
}

/** Members of the sandbox's guild: the people of the scenario, and the guild's owner. Undefined live. */
export async function membersMade({ people }: ServiceAccess): Promise<readonly z.infer<typeof member>[] | undefined> {
  if (!(people instanceof SandboxPeople)) return undefined
  const all = (await people.everyone()).flatMap((credentials) => madeIn(credentials) ?? [])
  const members = [...all.flatMap(({ member: own }) => own ?? []), ...(all[0]?.owner ? [all[0].owner] : [])]
  return [...new Map(members.map((one) => [one.user.id, one])).values()]
}

/** Fields that a scenario can change. */
const CHANGING = ['last_message_id']

/** Every field of a response is as the sandbox created it. Live nothing is compared. @throws ContractError */
export function assertAsMade(what: string, response: Readonly<Record<string, unknown>>, one: object | undefined): void {
  const known = Object.entries(one ?? {}).filter(([field]) => !CHANGING.includes(field))
  assertAgrees(what, response, Object.fromEntries(known))
}

type Identified = Readonly<Record<string, unknown>>

/** The same for a list, in any order. @param idOf the key of an element */
export function assertAllAsMade(
  what: string,
  list: readonly Identified[],
  all: readonly Identified[] | undefined,
  idOf: (one: Identified) => string,
): void {
  if (!all) return
  const sorted = (some: readonly Identified[]): Identified[] => [...some].sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1))
  const [found, known] = [sorted(list), sorted(all)]
  assertAgrees(what, { ids: found.map(idOf) }, { ids: known.map(idOf) })
  for (const [at, one] of known.entries()) assertAsMade(`${what}, ${idOf(one)}`, found[at] ?? {}, one)
}

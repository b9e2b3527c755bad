import { z } from 'zod'
import { assertAgrees } from '../../assertions/agreement'
import { SandboxPeople } from '../people'
import type { ServiceAccess } from '../service'
import * as contract from './contract'

/** What a sandbox created for one person, in the shapes of the API. */
const made = z.object({ user: contract.user, room: contract.room })

export type Made = z.infer<typeof made>

function madeIn(json: string | undefined): Made | undefined {
  return json === undefined ? undefined : made.parse(JSON.parse(json))
}

/** @returns undefined live, where the suite creates no accounts */
export async function madeFor({ people }: ServiceAccess, name: string): Promise<Made | undefined> {
  return madeIn((await people.person(name)).made)
}

/** The accounts of the scenario; undefined live. */
export async function usersMade({ people }: ServiceAccess): Promise<readonly contract.User[] | undefined> {
  if (!(people instanceof SandboxPeople)) return undefined
  return (await people.everyone()).flatMap(({ made: json }) => madeIn(json)?.user ?? [])
}

/** Every field of an account is as the sandbox created it. Live nothing is compared. @throws ContractError */
export function assertUserAsMade(what: string, user: contract.User, one: Made | undefined): void {
  assertAgrees(what, user, one?.user ?? {})
}

/** It is this room, with all its attributes. @throws ContractError */
export function assertSameRoom(what: string, room: contract.Room, known: contract.Room | undefined): void {
  if (!known) return
  assertAgrees(what, room.roomAttributes, known.roomAttributes)
  assertAgrees(what, room.roomSystemInfo, known.roomSystemInfo)
}

import { expect } from 'chai'
import {
  beginRegistration as begin,
  confirmRegistration as confirm,
  type NewAccount,
  register as registerAccount,
} from '../client/client'
import type { User } from '../contract'
import { keep, makeReadyFor } from '../rotated'
import type { ColonyState, KnownAccount } from '../state'

const LONGEST_USERNAME = 32
const FINGERPRINT = 6

/** A username that is unique, in the characters that The Colony allows. */
function newAccount(state: ColonyState, who: string): Required<NewAccount> {
  const username = `sdk-it-${state.world.access.unique('', LONGEST_USERNAME - 'sdk-it-'.length).replaceAll(/[^a-z0-9-]/g, '')}`
  return { username, display_name: who, bio: 'Made by the acceptance suite.', capabilities: {} }
}

export async function register(state: ColonyState, who: string): Promise<void> {
  const { undo, access } = state.world
  const fields = newAccount(state, who)
  await undo.create('colony.account', fields.username, { by: who }, async () => {
    const made = await registerAccount(access, fields, state.rateLimits)
    useKey(state, who, made.api_key)
    expect(made.username, 'the username of the new account').to.equal(fields.username)
    state.accounts.remember(who, { ...fields, id: made.id })
    return { id: made.id }
  })
}

export async function beginRegistration(state: ColonyState, who: string): Promise<void> {
  const { undo, access } = state.world
  const fields = newAccount(state, who)
  await undo.create('colony.account', fields.username, { by: who }, async () => {
    const pending = await begin(access, fields, state.rateLimits)
    useKey(state, who, pending.api_key)
    state.registration = pending
    expect(pending.username, 'the username of the new account').to.equal(fields.username)
    state.accounts.remember(who, { ...fields, id: pending.id })
    expect(Date.parse(pending.expires_at) - Date.now(), 'milliseconds left to confirm').to.be.within(60_000, 60 * 60_000)
    return { id: pending.id }
  })
}

function useKey(state: ColonyState, who: string, apiKey: string): void {
  state.world.access.learn(apiKey)
  state.keys.new = apiKey
  state.become(who, apiKey)
}

export async function confirmRegistration(state: ColonyState, who: string): Promise<void> {
  const { id, username } = state.accounts.recall(who)
  const confirmed = await confirmWith(state, true)
  expect([confirmed.id, confirmed.username], 'the account that was confirmed').to.deep.equal([id, username])
}

export async function tryToConfirmRegistration(state: ColonyState, _who: string, isRight: boolean): Promise<void> {
  await state.world.attempt(() => confirmWith(state, isRight))
}

function confirmWith({ registration, world, rateLimits }: ColonyState, isRight: boolean) {
  if (!registration) throw new Error('No registration was begun.')
  const { claim_token, api_key } = registration
  const fingerprint = api_key.slice(-FINGERPRINT)
  const wrong = [...fingerprint].reverse().join('').replace(/^./, '!')
  return confirm(world.access, { claim: claim_token, fingerprint: isRight ? fingerprint : wrong }, rateLimits)
}

/** Live, the new key is stored on disk before anything else is done with it; where that is impossible, the key is not rotated. */
export async function rotateKey(state: ColonyState, who: string): Promise<void> {
  const { undo, access } = state.world
  const colony = await state.as(who)
  const { apiKey = '' } = await access.people.person(who)
  if (access.isLive) makeReadyFor()
  await undo.create('colony.key', `key of ${who}`, { by: who }, async () => {
    const key = await colony.rotateKey()
    if (access.isLive) keep(key)
    access.learn(key)
    state.keys = { old: apiKey, new: key }
    return { id: who }
  })
  const { id, username } = await colony.identity()
  state.accounts.remember(who, { id, username })
}

export async function tryToSignIn(state: ColonyState, who: string): Promise<void> {
  await state.world.attempt(() => state.withKey(`${who}, with the new key`, state.keys.new).me())
}

/** An old key is no longer exchanged for a token; tokens that were exchanged before remain valid. */
export async function expectSignIn(state: ColonyState, who: string, which: 'new' | 'old', isPossible: boolean): Promise<void> {
  const client = state.withKey(`${who}, with the ${which} key`, state.keys[which])
  if (isPossible) {
    expectAccount(await client.me(), state.accounts.recall(who))
    return
  }
  await state.world.attempt(() => client.me())
  const refusal = state.world.takeRefusal()
  expect(refusal && [refusal.status, refusal.code], 'how the old key is refused').to.deep.equal([401, 'AUTH_INVALID_KEY'])
}

/** The account that the key is of, and what it was registered with. */
function expectAccount(seen: User, expected: KnownAccount): void {
  expect(seen, 'the account of the key').to.deep.include(expected)
  expect(seen.user_type, 'the type of the account').to.equal('agent')
}

import { expect } from 'chai'
import { ApiError } from '../../../http/errors'
import { PROTECTED } from '../client'
import type { OrbitalState } from '../state'
import { FLAWED } from '../tokens'

export async function logIn(state: OrbitalState, who: string): Promise<void> {
  const { phone, password } = await state.person(who)
  const { token, seconds } = await state.stranger().login({ phone, password })
  state.world.access.learn(token)
  expect(seconds, 'how long the pass is good for').to.be.greaterThan(0)
  state.tokens.remember(who, token)
}

export async function expectTokenIs(state: OrbitalState, who: string): Promise<void> {
  const { userId, externalId, phone } = await state.person(who)
  const seen = await state.stranger(state.tokens.recall(who)).me()
  expect(seen, `the account the pass of ${who} is for`).to.include({ id: Number(userId), external_id: externalId, phone })
}

export async function expectCourierStatusInAccount(state: OrbitalState, who: string, status: string): Promise<void> {
  const { courier } = await (await state.as(who)).me()
  expect(courier?.status, `the courier in the account of ${who}`).to.equal(status)
}

export async function tryToLogIn(
  state: OrbitalState,
  who: string,
  wrong: Partial<Record<'phone' | 'password', string>>,
): Promise<void> {
  const { phone, password } = await state.person(who)
  await state.world.attempt(() => state.stranger().login({ phone, password, ...wrong }))
}

export async function tryToLogInWithout(state: OrbitalState, who: string, field: 'phone' | 'password'): Promise<void> {
  const { phone, password } = await state.person(who)
  await state.world.attempt(() => state.stranger().login(field === 'phone' ? { password } : { phone }))
}

/** Tries every call that wants a token, one after the other. */
export async function tryEverything(state: OrbitalState, who: string, pass: string): Promise<void> {
  const { userId } = await state.person(who)
  const make = FLAWED[pass]
  if (!make) throw new Error(`No pass is called "${pass}"; there are ${Object.keys(FLAWED).join(', ')}.`)
  const client = state.stranger(await make(userId, state.secret))
  for (const call of Object.keys(PROTECTED)) {
    const refusal = await refusalOf(() => client.protectedCall(call))
    state.outcomes.push({ call, refusal, challenge: client.challenge })
  }
}

export function expectAllRefused(state: OrbitalState): void {
  expect(state.outcomes.length, 'calls tried').to.equal(Object.keys(PROTECTED).length)
  for (const { call, refusal, challenge } of state.outcomes) {
    expect(refusal?.status, `the refusal to ${call}`).to.equal(401)
    expect(refusal?.failure.says, `what the refusal to ${call} says`).to.equal('Could not validate credentials')
    expect(challenge, `the challenge with the refusal to ${call}`).to.equal('Bearer')
  }
}

async function refusalOf(act: () => Promise<void>): Promise<ApiError | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

import { expect } from 'chai'
import { ApiError } from '../../../http/errors'
import { PROTECTED } from '../client'
import type { OrbitalScene } from '../state'
import { FLAWED } from '../tokens'

export async function logIn(scene: OrbitalScene, who: string): Promise<void> {
  const { phone, password } = await scene.person(who)
  const { token, seconds } = await scene.stranger().login({ phone, password })
  scene.world.access.learn(token)
  expect(seconds, 'how long the pass is good for').to.be.greaterThan(0)
  scene.tokens.remember(who, token)
}

export async function expectTokenIs(scene: OrbitalScene, who: string): Promise<void> {
  const { userId, externalId, phone } = await scene.person(who)
  const seen = await scene.stranger(scene.tokens.recall(who)).me()
  expect(seen, `the account the pass of ${who} is for`).to.include({ id: Number(userId), external_id: externalId, phone })
}

export async function expectCourierStatusInAccount(scene: OrbitalScene, who: string, status: string): Promise<void> {
  const { courier } = await (await scene.as(who)).me()
  expect(courier?.status, `the courier in the account of ${who}`).to.equal(status)
}

export async function tryToLogIn(
  scene: OrbitalScene,
  who: string,
  wrong: Partial<Record<'phone' | 'password', string>>,
): Promise<void> {
  const { phone, password } = await scene.person(who)
  await scene.world.attempt(() => scene.stranger().login({ phone, password, ...wrong }))
}

export async function tryToLogInWithout(scene: OrbitalScene, who: string, field: 'phone' | 'password'): Promise<void> {
  const { phone, password } = await scene.person(who)
  await scene.world.attempt(() => scene.stranger().login(field === 'phone' ? { password } : { phone }))
}

/** Tries every call that wants a token, one after the other. */
export async function tryEverything(scene: OrbitalScene, who: string, pass: string): Promise<void> {
  const { userId } = await scene.person(who)
  const make = FLAWED[pass]
  if (!make) throw new Error(`No pass is called "${pass}"; there are ${Object.keys(FLAWED).join(', ')}.`)
  const client = scene.stranger(await make(userId, scene.secret))
  for (const call of Object.keys(PROTECTED)) {
    const refusal = await refusalOf(() => client.protectedCall(call))
    scene.outcomes.push({ call, refusal, challenge: client.challenge })
  }
}

export function expectAllRefused(scene: OrbitalScene): void {
  expect(scene.outcomes.length, 'calls tried').to.equal(Object.keys(PROTECTED).length)
  for (const { call, refusal, challenge } of scene.outcomes) {
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

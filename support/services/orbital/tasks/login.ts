import { expect } from 'chai'
import { expectMeant } from '../../../assertions/refusal'
import { ApiError } from '../../../http/errors'
import { PROTECTED } from '../client'
import { refusals } from '../refusals'
import type { OrbitalState } from '../state'
import { FLAWED } from '../tokens'

const UNKNOWN_PHONE = '+15550000000000'
/** In seconds: a token with a shorter lifetime cannot be used, one with a longer lifetime is not renewed. */
const LIFETIME = { least: 60, most: 7 * 86_400 }

type Credentials = { phone?: string; password?: string }

/** What each sentence sends instead of the correct phone and password. */
const FLAWS: Readonly<Record<string, (right: Required<Credentials>) => Credentials>> = {
  'with the right password': (right) => right,
  'with a wrong password': (right) => ({ ...right, password: `${right.password}x` }),
  'with an unknown phone': (right) => ({ ...right, phone: UNKNOWN_PHONE }),
  'without a phone': ({ password }) => ({ password }),
  'without a password': ({ phone }) => ({ phone }),
}

/** The token must expire when the response says it does. */
export async function logIn(state: OrbitalState, who: string): Promise<void> {
  const { phone, password } = await state.person(who)
  const before = Math.floor(Date.now() / 1_000)
  const { token, seconds } = await state.withoutToken().login({ phone, password })
  state.world.access.learn(token)
  const { decodeJwt } = await import('jose')
  expect(seconds, 'the lifetime of the access token, in seconds').to.be.within(LIFETIME.least, LIFETIME.most)
  const lifetime = (decodeJwt(token).exp ?? 0) - before
  expect(lifetime, 'seconds until the access token expires, by its own claim').to.be.within(seconds - 5, seconds + 60)
  state.tokens.remember(who, token)
}

export async function expectTokenOf(state: OrbitalState, who: string, status?: string): Promise<void> {
  const { userId, externalId, phone } = await state.person(who)
  const seen = await state.withoutToken(state.tokens.recall(who)).me()
  expect(seen, `the account the access token of ${who} is for`).to.deep.include({
    id: Number(userId),
    external_id: externalId,
    phone,
  })
  expect(seen.courier?.status, `the status of the courier in the account of ${who}`).to.equal(status)
}

export async function tryToLogIn(state: OrbitalState, who: string, flaw: string): Promise<void> {
  const { phone, password } = await state.person(who)
  const credentials = FLAWS[flaw]?.({ phone, password })
  if (!credentials) throw new Error(`There is no login "${flaw}"; there are ${Object.keys(FLAWS).join(', ')}.`)
  const client = state.withoutToken()
  await state.world.attempt(() => remembered(state.loginRefusals, () => client.login(credentials)))
  if (flaw !== 'with an unknown phone') return
  const wrong = refusalOf(() => client.login({ phone, password: `${password}x` }))
  state.loginRefusals.push(await wrong)
}

async function remembered(refusals: (ApiError | undefined)[], act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (error instanceof ApiError) refusals.push(error)
    throw error
  }
}

/** Status and wording, so that a caller cannot find out which phones there are. */
export function expectSameAsWrongPassword({ loginRefusals }: OrbitalState): void {
  const [refusal, wrong] = loginRefusals.map((one) => ({ status: one?.status, says: one?.failure.says }))
  expect(wrong?.status, 'the status of the refusal of a wrong password').to.equal(401)
  expect(refusal, 'the refusal, compared with that of a wrong password').to.deep.equal(wrong)
}

/** Tries every operation that needs a token, one after the other. */
export async function tryEverything(state: OrbitalState, who: string, token: string): Promise<void> {
  const { userId } = await state.person(who)
  const create = FLAWED[token]
  if (!create) throw new Error(`There is no token "${token}"; there are ${Object.keys(FLAWED).join(', ')}.`)
  const client = state.withoutToken(await create(userId, state.secret))
  for (const call of Object.keys(PROTECTED)) {
    const refusal = await refusalOf(() => client.protectedCall(call))
    state.outcomes.push({ call, refusal, challenge: client.challenge })
  }
}

export function expectAllRefused(state: OrbitalState, words: string): void {
  const meaning = refusals[words]
  if (!meaning) throw new Error(`No refusal "${words}"; there are: ${Object.keys(refusals).join('; ')}.`)
  expect(
    state.outcomes.map(({ call }) => call),
    'operations that were tried',
  ).to.deep.equal(Object.keys(PROTECTED))
  for (const { call, refusal, challenge } of state.outcomes) {
    if (!refusal) expect.fail(`the refusal to ${call}: there was none`)
    expect(refusal.status, `the refusal to ${call}`).to.equal(401)
    expectMeant(refusal, meaning, words)
    expect(challenge, `the challenge with the refusal to ${call}`).to.match(/^Bearer(?: [\w-]+=.*)?$/i)
  }
}

async function refusalOf(act: () => Promise<unknown>): Promise<ApiError | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

import { z } from 'zod'
import type { Refusal } from '../../kit/refusal'
import { refuse } from '../errors'
import { newUser, type UserRow } from '../model'
import { name } from '../parameters'
import { routes } from '../route'
import { spendCode } from '../second-factor'
import { time } from '../shapes'
import type { ColonyStore } from '../store'

const CLAIM_LIFETIME = 15 * 60_000
const IMPORTANT = 'Store this API key now: it is shown only once.'
const USERNAME = /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])$/i

const registration = z.object({
  username: z.string().min(3).max(32),
  display_name: z.string().min(1).max(100),
  bio: z.string().max(1_000).nullish(),
  capabilities: z.record(z.string(), z.unknown()).nullish(),
  referred_by: z.string().max(50).nullish(),
  registered_via: z.string().max(64).nullish(),
})
const confirmation = z.object({ claim_token: z.string(), key_fingerprint: z.string() })
const exchange = z.object({ api_key: z.string().max(200), totp_code: z.string().max(16).nullish() })

/** How accounts come to be, get their keys, and exchange them for tokens. */
export const authRoutes = routes(({ member, open }, { store, tokens }) => {
  /** Earlier tokens stay valid. */
  open('POST /auth/token', { limit: 'token', body: exchange }, async ({ body: { api_key, totp_code } }) => {
    const user = store.user(store.data.keys.get(api_key) ?? '')
    if (!user) throw unknownKey(store, api_key)
    if (!user.isActive) throw refuse(403, 'AUTH_USER_INACTIVE', 'This account is deactivated')
    if (user.secondFactor && totp_code == null) throw refuse(401, 'AUTH_2FA_REQUIRED', 'A two-factor code is required')
    spendCode(user, totp_code ?? '', 401)
    return { access_token: await tokens.issue(user.id), token_type: 'bearer' }
  })
  const creation = { limit: 'register', body: registration, status: 201 } as const
  open('POST /auth/register', creation, ({ body }) => {
    const { id, username } = store.addUser(enter(store, body))
    const who = { id, agent_id: id, username }
    return { api_key: store.giveKey(id), ...who, key_persistence_required: true, important: IMPORTANT }
  })
  /** In two steps, the account exists only after the caller has shown that they kept the key. */
  open('POST /auth/register/begin', creation, ({ body }) => begin(store, enter(store, body)))
  open('POST /auth/register/confirm', { body: confirmation }, ({ body }) => confirm(store, body))
  for (const route of ['/auth/rotate-key', '/me/rotate-key'] as const) {
    member(`POST ${route}`, { limit: 'rotate' }, ({ user }) => {
      return { api_key: store.giveKey(user.id, true), message: IMPORTANT, issued_at: time(store.now()) }
    })
  }
  member('DELETE /auth/account', {}, ({ user }) => leave(store, user))
  open('GET /auth/check-username', { query: name }, ({ query: { username } }) => {
    const valid = isValid(username)
    const available = valid && !store.isTaken(username)
    return { username, valid, available, reason: valid ? (available ? null : 'taken') : 'invalid' }
  })
})

/** The key of a registration that is not confirmed is known, but not usable yet. */
function unknownKey(store: ColonyStore, apiKey: string): Refusal {
  const pending = [...store.data.claims.values()].some((claim) => !claim.done && claim.apiKey === apiKey)
  return pending
    ? refuse(403, 'AUTH_PENDING_ACTIVATION', 'Confirm your registration first')
    : refuse(401, 'AUTH_INVALID_KEY', 'Invalid API key')
}

function begin(store: ColonyStore, user: UserRow) {
  const claim = { user, apiKey: store.newApiKey(), expires: Date.now() + CLAIM_LIFETIME, done: false }
  const token = store.uuid()
  store.data.claims.set(token, claim)
  return {
    status: 'pending',
    api_key: claim.apiKey,
    claim_token: token,
    id: user.id,
    username: user.username,
    expires_at: time(claim.expires),
    key_persistence_required: true,
    important: IMPORTANT,
  }
}

function enter(store: ColonyStore, fields: z.infer<typeof registration>): UserRow {
  if (!isValid(fields.username))
    throw refuse(422, 'INVALID_USERNAME', 'Usernames are 3-32 letters, digits, - and _, and begin and end with a letter or digit')
  if (store.isTaken(fields.username)) throw refuse(409, 'REGISTER_USERNAME_TAKEN', 'Username taken')
  return newUser({
    id: store.uuid(),
    createdAt: store.now(),
    username: fields.username.toLowerCase(),
    displayName: fields.display_name,
    bio: fields.bio ?? null,
    capabilities: fields.capabilities ?? null,
    isNewcomer: true,
  })
}

/** A registration is undone within its first minutes, as long as the account has done nothing. */
function leave(store: ColonyStore, user: UserRow): void {
  if (user.kind !== 'agent') throw refuse(403, 'AUTH_AGENT_ONLY', 'Only agents can delete their account')
  if (!user.isNewcomer || Date.now() - user.createdAt > CLAIM_LIFETIME)
    throw refuse(409, 'ACCOUNT_DELETE_TOO_OLD', 'An account can be deleted for 15 minutes only')
  if (store.hasActed(user.id)) throw refuse(409, 'ACCOUNT_DELETE_HAS_ACTIVITY', 'This account has been active')
  store.removeUser(user.id)
}

function isValid(username: string): boolean {
  return username.length >= 3 && username.length <= 32 && USERNAME.test(username)
}

/** The last six characters of the key show that the newcomer kept it; only then does the key work. */
function confirm(store: ColonyStore, { claim_token, key_fingerprint }: z.infer<typeof confirmation>) {
  const claim = store.data.claims.get(claim_token)
  // The first success uses up the token, so a second confirmation gets the same response as an expired one.
  if (!claim || claim.done || claim.expires < Date.now())
    throw refuse(410, 'REGISTER_CLAIM_EXPIRED', 'This registration has expired')
  if (claim.apiKey.slice(-6) !== key_fingerprint)
    throw refuse(400, 'REGISTER_FINGERPRINT_MISMATCH', 'The fingerprint does not match the key')
  claim.done = true
  const { id, username } = store.addUser(claim.user)
  store.data.keys.set(claim.apiKey, id)
  return { status: 'active', id, username }
}

import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked } from '../../kit/fastapi'
import { type Colony, caller, type RouteOptions } from '../context'
import { refuse } from '../errors'
import { newUser, type UserRow } from '../model'
import { name } from '../parameters'
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

export const registrationRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.post('/auth/register', async (request, reply) => {
    colony.limits.spend('register', request.ip)
    const entering = enter(colony, request.body)
    const user = store.addUser(entering, entering.id)
    const who = { id: user.id, agent_id: user.id, username: user.username }
    return reply.code(201).send({ api_key: store.giveKey(user.id), ...who, key_persistence_required: true, important: IMPORTANT })
  })
  for (const route of ['/auth/rotate-key', '/me/rotate-key']) {
    app.post(route, async (request) => {
      const user = caller(colony, request, 'rotate')
      return { api_key: store.giveKey(user.id, true), message: IMPORTANT, issued_at: time(store.now()) }
    })
  }
  app.delete('/auth/account', async (request, reply) => {
    leave(store, caller(colony, request))
    return reply.code(204).send()
  })
  app.get('/auth/check-username', async (request) => {
    const { username } = checked(name, request.query, 'query')
    const valid = isValid(username)
    const available = valid && !store.isTaken(username)
    return { username, valid, available, reason: valid ? (available ? null : 'taken') : 'invalid' }
  })
}

/** Registration in two steps: the account exists only after the caller has shown that they kept the key. */
export const twoStepRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  app.post('/auth/register/begin', async (request, reply) => {
    colony.limits.spend('register', request.ip)
    return reply.code(201).send(begin(colony.store, enter(colony, request.body)))
  })
  app.post('/auth/register/confirm', async (request) => confirm(colony, checked(confirmation, request.body, 'body')))
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

function enter({ store }: Colony, body: unknown): UserRow {
  const fields = checked(registration, body, 'body')
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
function confirm({ store }: Colony, { claim_token, key_fingerprint }: z.infer<typeof confirmation>) {
  const claim = store.data.claims.get(claim_token)
  // The first success uses up the token, so a second confirmation gets the same response as an expired one.
  if (!claim || claim.done || claim.expires < Date.now())
    throw refuse(410, 'REGISTER_CLAIM_EXPIRED', 'This registration has expired')
  if (claim.apiKey.slice(-6) !== key_fingerprint)
    throw refuse(400, 'REGISTER_FINGERPRINT_MISMATCH', 'The fingerprint does not match the key')
  claim.done = true
  const { id, username } = store.addUser(claim.user, claim.user.id)
  store.data.keys.set(claim.apiKey, id)
  return { status: 'active', id, username }
}

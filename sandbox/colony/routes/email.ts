import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked } from '../../kit/fastapi'
import { type Colony, caller, type RouteOptions } from '../context'
import { refuse } from '../errors'
import type { MailRow, UserRow } from '../model'
import { name } from '../parameters'
import type { ColonyStore } from '../store'

const KARMA_FOR_EMAIL = 10
const LIFETIME = 60 * 60_000

const address = z.object({ email: z.string().max(255) })
const proof = z.object({ token: z.string() })

/**
 * An e-mail address is stored once its owner has sent the token that was mailed to it; a lost API key is replaced with a token mailed to
 * that address. No response shows whether an address or an account exists. Mails are not sent: the control API lists them.
 */
export const emailRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.get('/auth/email', async (request) => {
    const { email } = agent(colony, request)
    return { email, email_verified: email !== null }
  })
  app.post('/auth/email', async (request, reply) => {
    const user = agent(colony, request)
    if (user.karma < KARMA_FOR_EMAIL)
      throw refuse(403, 'KARMA_TOO_LOW', `You need at least ${KARMA_FOR_EMAIL} karma to set an e-mail address`)
    const email = checked(address, request.body, 'body').email.trim().toLowerCase()
    if (ownerOf(store, email) === undefined) mail(store, user, email, 'verify')
    const message = 'If the address can be used, a mail with a token is on its way'
    return reply.code(202).send({ status: 'verification_pending', email, message })
  })
  app.post('/auth/email/verify', async (request) => {
    const user = agent(colony, request)
    const { token } = checked(proof, request.body, 'body')
    const found = valid(store, 'verify', token)
    if (found?.userId !== user.id || ownerOf(store, found.to) !== undefined)
      throw refuse(400, 'EMAIL_TOKEN_INVALID', 'This token is not valid')
    found.isUsed = true
    user.email = found.to
    return { email: user.email, email_verified: true }
  })
  app.delete('/auth/email', async (request) => {
    agent(colony, request).email = null
    return { status: 'removed', message: 'The e-mail address was removed' }
  })
  recoveryRoutes(app, colony)
}

function recoveryRoutes(app: Parameters<FastifyPluginAsync>[0], { store, limits }: Colony): void {
  app.post('/auth/recover-key', async (request) => {
    limits.spend('token', request.ip)
    const user = store.userNamed(checked(name, request.body, 'body').username)
    if (user?.email) mail(store, user, user.email, 'recover')
    return { message: 'If the account exists and has a verified e-mail address, a mail with a token is on its way' }
  })
  app.post('/auth/recover-key/confirm', async (request) => {
    const found = valid(store, 'recover', checked(proof, request.body, 'body').token)
    if (!found) throw refuse(400, 'INVALID_INPUT', 'This token is unknown, used or expired')
    for (const one of store.data.mails) if (one.userId === found.userId && one.purpose === 'recover') one.isUsed = true
    return { api_key: store.giveKey(found.userId, true) }
  })
}

function agent(colony: Colony, request: Parameters<typeof caller>[1]): UserRow {
  const user = caller(colony, request)
  if (user.kind !== 'agent') throw refuse(403, 'AUTH_AGENT_ONLY', 'Only agents have an e-mail address here')
  return user
}

function ownerOf({ data }: ColonyStore, email: string): UserRow | undefined {
  return [...data.users.values()].find((user) => user.email === email)
}

function mail(store: ColonyStore, { id }: UserRow, to: string, purpose: MailRow['purpose']): void {
  store.data.mails.push({ userId: id, to, purpose, token: store.uuid(), expires: Date.now() + LIFETIME, isUsed: false })
}

function valid({ data }: ColonyStore, purpose: MailRow['purpose'], token: string): MailRow | undefined {
  return data.mails.find((one) => one.purpose === purpose && one.token === token && !one.isUsed && one.expires >= Date.now())
}

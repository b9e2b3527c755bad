import { z } from 'zod'
import { refuse } from '../errors'
import type { MailRow, UserRow } from '../model'
import { name } from '../parameters'
import { routes } from '../route'
import type { ColonyStore } from '../store'

const KARMA_FOR_EMAIL = 10
const LIFETIME = 60 * 60_000

const address = z.object({ email: z.string().max(255) })
const proof = z.object({ token: z.string() })

/**
 * An e-mail address is stored once its owner has sent the token that was mailed to it; a lost API key is replaced with a token mailed to
 * that address. No response shows whether an address or an account exists. Mails are not sent: the control API lists them.
 */
export const emailRoutes = routes(({ member, open }, { store }) => {
  member('GET /auth/email', {}, ({ user }) => {
    const { email } = agent(user)
    return { email, email_verified: email !== null }
  })
  member('POST /auth/email', { body: address, status: 202 }, ({ user, body }) => {
    if (agent(user).karma < KARMA_FOR_EMAIL)
      throw refuse(403, 'KARMA_TOO_LOW', `You need at least ${KARMA_FOR_EMAIL} karma to set an e-mail address`)
    const email = body.email.trim().toLowerCase()
    if (ownerOf(store, email) === undefined) mail(store, user, email, 'verify')
    const message = 'If the address can be used, a mail with a token is on its way'
    return { status: 'verification_pending', email, message }
  })
  member('POST /auth/email/verify', { body: proof }, ({ user, body: { token } }) => {
    const found = valid(store, 'verify', token)
    if (found?.userId !== agent(user).id || ownerOf(store, found.to) !== undefined)
      throw refuse(400, 'EMAIL_TOKEN_INVALID', 'This token is not valid')
    found.isUsed = true
    user.email = found.to
    return { email: user.email, email_verified: true }
  })
  member('DELETE /auth/email', {}, ({ user }) => {
    agent(user).email = null
    return { status: 'removed', message: 'The e-mail address was removed' }
  })
  open('POST /auth/recover-key', { limit: 'token', body: name }, ({ body: { username } }) => {
    const user = store.userNamed(username)
    if (user?.email) mail(store, user, user.email, 'recover')
    return { message: 'If the account exists and has a verified e-mail address, a mail with a token is on its way' }
  })
  open('POST /auth/recover-key/confirm', { body: proof }, ({ body: { token } }) => {
    const found = valid(store, 'recover', token)
    if (!found) throw refuse(400, 'INVALID_INPUT', 'This token is unknown, used or expired')
    for (const one of store.data.mails) if (one.userId === found.userId && one.purpose === 'recover') one.isUsed = true
    return { api_key: store.giveKey(found.userId, true) }
  })
})

function agent(user: UserRow): UserRow {
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

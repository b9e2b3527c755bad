import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked } from '../../kit/fastapi'
import { type Colony, caller, type RouteOptions } from '../context'
import { refuse } from '../errors'
import type { UserRow } from '../model'
import { newRecoveryCodes, newSecret, secondFactorOf, spendCode, windowOf } from '../second-factor'

const enrolment = z.object({
  secret: z.string().min(16).max(64),
  ticket: z.string().max(128),
  code: z.string().min(6).max(16),
})
const proof = z.object({ code: z.string().max(16) })

/** An account may require a second factor for its tokens. Enrolling stores nothing until a code proves that the caller has the secret. */
export const twoFactorRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const ticketKey = randomBytes(32)
  const ticketFor = ({ id }: UserRow, secret: string): string =>
    createHmac('sha256', ticketKey).update(`${id} ${secret}`).digest('hex')
  app.get('/auth/2fa/status', async (request) => standing(caller(colony, request)))
  app.post('/auth/2fa/enroll', async (request) => {
    const user = caller(colony, request)
    refuseEnrolled(user)
    const secret = newSecret()
    const otpauth_uri = `otpauth://totp/The%20Colony:${user.username}?secret=${secret}&issuer=The%20Colony`
    return { secret, otpauth_uri, ticket: ticketFor(user, secret) }
  })
  app.post('/auth/2fa/confirm', async (request) => {
    const user = caller(colony, request)
    const { secret, ticket, code } = checked(enrolment, request.body, 'body')
    refuseEnrolled(user)
    const window = windowOf(secret, code)
    if (window === undefined || !isEqual(ticket, ticketFor(user, secret)))
      throw refuse(400, 'AUTH_2FA_INVALID', 'The two-factor code is wrong')
    user.secondFactor = { ...secondFactorOf(secret), lastWindow: window }
    return { enabled: true, recovery_codes: user.secondFactor.recoveryCodes, recovery_codes_remaining: left(user) }
  })
  app.post('/auth/2fa/disable', async (request) => {
    const user = proven(colony, request)
    user.secondFactor = null
    return standing(user)
  })
  app.post('/auth/2fa/recovery-codes/regenerate', async (request) => {
    const user = proven(colony, request)
    const codes = newRecoveryCodes()
    if (user.secondFactor) user.secondFactor.recoveryCodes = codes
    return { recovery_codes: codes, recovery_codes_remaining: left(user) }
  })
}

const left = ({ secondFactor }: UserRow): number => secondFactor?.recoveryCodes.length ?? 0

function standing(user: UserRow) {
  return { enabled: user.secondFactor !== null, recovery_codes_remaining: left(user) }
}

function refuseEnrolled({ secondFactor }: UserRow): void {
  if (secondFactor) throw refuse(409, 'AUTH_2FA_ALREADY_ENABLED', 'Two-factor authentication is already enabled')
}

/** The caller, who has proven to have the second factor. */
function proven(colony: Colony, request: Parameters<typeof caller>[1]): UserRow {
  const user = caller(colony, request)
  const { code } = checked(proof, request.body, 'body')
  if (!user.secondFactor) throw refuse(409, 'AUTH_2FA_NOT_ENABLED', 'Two-factor authentication is not enabled')
  spendCode(user, code, 400)
  return user
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

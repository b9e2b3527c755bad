import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { refuse } from '../errors'
import type { UserRow } from '../model'
import { routes } from '../route'
import { newRecoveryCodes, newSecret, secondFactorOf, spendCode, windowOf } from '../second-factor'

const enrolment = z.object({
  secret: z.string().min(16).max(64),
  ticket: z.string().max(128),
  code: z.string().min(6).max(16),
})
const proof = z.object({ code: z.string().max(16) })

/** An account may require a second factor for its tokens. Enrolling stores nothing until a code proves that the caller has the secret. */
export const twoFactorRoutes = routes(({ member }) => {
  const ticketKey = randomBytes(32)
  const ticketFor = ({ id }: UserRow, secret: string): string =>
    createHmac('sha256', ticketKey).update(`${id} ${secret}`).digest('hex')
  member('GET /auth/2fa/status', {}, ({ user }) => standing(user))
  member('POST /auth/2fa/enroll', {}, ({ user }) => {
    refuseEnrolled(user)
    const secret = newSecret()
    const otpauth_uri = `otpauth://totp/The%20Colony:${user.username}?secret=${secret}&issuer=The%20Colony`
    return { secret, otpauth_uri, ticket: ticketFor(user, secret) }
  })
  member('POST /auth/2fa/confirm', { body: enrolment }, ({ user, body: { secret, ticket, code } }) => {
    refuseEnrolled(user)
    const window = windowOf(secret, code)
    if (window === undefined || !isEqual(ticket, ticketFor(user, secret)))
      throw refuse(400, 'AUTH_2FA_INVALID', 'The two-factor code is wrong')
    user.secondFactor = { ...secondFactorOf(secret), lastWindow: window }
    return { enabled: true, recovery_codes: user.secondFactor.recoveryCodes, recovery_codes_remaining: left(user) }
  })
  member('POST /auth/2fa/disable', { body: proof }, ({ user, body: { code } }) => {
    proveFactor(user, code)
    user.secondFactor = null
    return standing(user)
  })
  member('POST /auth/2fa/recovery-codes/regenerate', { body: proof }, ({ user, body: { code } }) => {
    const factor = proveFactor(user, code)
    factor.recoveryCodes = newRecoveryCodes()
    return { recovery_codes: factor.recoveryCodes, recovery_codes_remaining: left(user) }
  })
})

const left = ({ secondFactor }: UserRow): number => secondFactor?.recoveryCodes.length ?? 0

function standing(user: UserRow) {
  return { enabled: user.secondFactor !== null, recovery_codes_remaining: left(user) }
}

function refuseEnrolled({ secondFactor }: UserRow): void {
  if (secondFactor) throw refuse(409, 'AUTH_2FA_ALREADY_ENABLED', 'Two-factor authentication is already enabled')
}

function proveFactor(user: UserRow, code: string): NonNullable<UserRow['secondFactor']> {
  if (!user.secondFactor) throw refuse(409, 'AUTH_2FA_NOT_ENABLED', 'Two-factor authentication is not enabled')
  spendCode(user, code, 400)
  return user.secondFactor
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

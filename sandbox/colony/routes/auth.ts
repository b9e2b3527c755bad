import { z } from 'zod'
import type { Refusal } from '../../kit/refusal'
import { refuse } from '../errors'
import { type Colony, routes } from '../route'
import { spendCode } from '../second-factor'

const exchange = z.object({ api_key: z.string().max(200), totp_code: z.string().max(16).nullish() })

/** Exchanges a permanent API key for a bearer token. Earlier tokens stay valid. */
export const authRoutes = routes(({ open }, colony) => {
  const { store, tokens } = colony
  open('POST /auth/token', { limit: 'token', body: exchange }, async ({ body: { api_key, totp_code } }) => {
    const user = store.user(store.data.keys.get(api_key) ?? '')
    if (!user) throw unknownKey(colony, api_key)
    if (!user.isActive) throw refuse(403, 'AUTH_USER_INACTIVE', 'This account is deactivated')
    if (user.secondFactor && totp_code == null) throw refuse(401, 'AUTH_2FA_REQUIRED', 'A two-factor code is required')
    spendCode(user, totp_code ?? '', 401)
    return { access_token: await tokens.issue(user.id), token_type: 'bearer' }
  })
})

/** The key of a registration that is not confirmed is known, but not usable yet. */
function unknownKey({ store }: Colony, apiKey: string): Refusal {
  const pending = [...store.data.claims.values()].some((claim) => !claim.done && claim.apiKey === apiKey)
  return pending
    ? refuse(403, 'AUTH_PENDING_ACTIVATION', 'Confirm your registration first')
    : refuse(401, 'AUTH_INVALID_KEY', 'Invalid API key')
}

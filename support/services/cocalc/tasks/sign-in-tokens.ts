import { expect } from 'chai'
import { clients } from '../runtime'
import type { CocalcState } from '../state'

export async function revoke(state: CocalcState, who: string, whom: string): Promise<void> {
  await (await state.as(who)).org.expireToken(state.signInTokens.recall(whom).token)
}

/** No call shows whether a token is valid: with access to the database, it is read there. */
export async function expectValidity(state: CocalcState, whom: string, isValid: boolean): Promise<void> {
  const { token, url } = state.signInTokens.recall(whom)
  const { database, me } = await clients(state.world.access, 'Ada')
  if (isValid) expect(new URL(url).searchParams.get('auth_token'), 'the token in the link').to.equal(token)
  else await revoke(state, 'Ada', whom)
  if (!database) return
  const rows = 'public.auth_tokens WHERE auth_token = $1 AND account_id = $2::uuid AND created_by = $3::uuid AND expire > now()'
  const known = isValid
    ? await database.count(rows, [token, state.people.recall(whom).id, me])
    : await database.count('public.auth_tokens WHERE auth_token = $1', [token])
  expect(known, `valid sign-in tokens for ${whom} in the database`).to.equal(isValid ? 1 : 0)
}

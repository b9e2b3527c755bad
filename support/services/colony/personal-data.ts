import type { HttpRequest } from '../../http/client'

/** Fields, at any depth and however they are written, that name a wallet, a payment address, an e-mail address or another identity. */
const PERSONAL = /lightning|lnurl|nostr|npub|evm_?address|wallet|payment|e_?mail|social_?links/i

/** A live call would have published payment or identity data on a real account. */
export class PersonalDataRefused extends Error {
  constructor(method: string, path: string, fields: readonly string[]) {
    super(
      `${method} ${path} was not sent: live, the suite gives The Colony no payment or identity data, since others would pay or trust an address that belongs to a test (${fields.join(', ')}).`,
    )
    this.name = 'PersonalDataRefused'
  }
}

/**
 * For the HTTP clients of a live service, whichever method asks for the call; a sandbox may be sent anything.
 * @throws PersonalDataRefused for a call with payment or identity data
 */
export function refusePersonalData({ method, path, body, query }: HttpRequest): void {
  const fields = [...personalFields(body), ...personalFields(query)]
  if (fields.length > 0) throw new PersonalDataRefused(method, path, [...new Set(fields)])
}

/** Names of such fields, with the path to each. */
export function personalFields(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key]
    return PERSONAL.test(key) ? [here.join('.')] : personalFields(inner, here)
  })
}

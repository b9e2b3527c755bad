import type { Http, HttpRequest, HttpResponse } from '../../http/client'
import type { ServiceAccess } from '../service'

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
 * Live, an HTTP client that sends no call with payment or identity data, whichever method asks for it; a sandbox may be sent
 * anything.
 */
export function withoutPersonalData(http: Http, { isLive }: Pick<ServiceAccess, 'isLive'>): Http {
  if (!isLive) return http
  const request = async <T>(call: HttpRequest): Promise<HttpResponse<T>> => {
    const fields = [...personalFields(call.body), ...personalFields(call.query)]
    if (fields.length > 0) throw new PersonalDataRefused(call.method, call.path, [...new Set(fields)])
    return http.request<T>(call)
  }
  return Object.assign(Object.create(http) as Http, { request })
}

/** Names of such fields, with the path to each. */
export function personalFields(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key]
    return PERSONAL.test(key) ? [here.join('.')] : personalFields(inner, here)
  })
}

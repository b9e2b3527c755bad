import type { Redactor } from '../config/redaction'
import { clip, maskEmails } from '../config/text'

/** One call and what came back, as a report may show it: no headers, and never a value of a field that holds a credential. */
export interface Exchange {
  method: string
  url: string
  requestBody: unknown
  status: number | undefined
  response: unknown
  requestId?: string | undefined
  milliseconds: number
}

const CREDENTIAL_FIELD =
  /^(?:.*[_-])?(?:api_?key|access_?token|token|password|passwd|secret|authorization|private_?key|credentials?)$/i

/** A credential in an address, such as `?auth_token=…`: it may be too fresh for the redactor to know it. */
const IN_ADDRESS = /([?&][\w-]*(?:token|key|secret|password)=)[^&#\s"'\\]+/gi

/** Every call of one scenario, in order; shown when it fails, and as they happen under `ACCEPTANCE_DEBUG=1`. */
export class Exchanges {
  private readonly list: Exchange[] = []
  private described = 0

  /** @param live e-mail addresses may belong to real people: they are masked */
  constructor(
    private readonly redactor: Redactor,
    private readonly show?: (text: string) => void,
    private readonly live = false,
  ) {}

  remember(exchange: Exchange): void {
    this.list.push(exchange)
    this.show?.(this.render(exchange))
  }

  /** The latest calls that were not described before, oldest first, ready for a report; empty text where there are none. */
  describe(latest = 5): string {
    const fresh = this.list.slice(this.described)
    this.described = this.list.length
    const shown = fresh.slice(-latest)
    const left = fresh.length - shown.length
    return [...(left > 0 ? [`(${left} earlier calls)`] : []), ...shown.map((exchange) => this.render(exchange))].join('\n\n')
  }

  render(exchange: Exchange): string {
    const { method, url, status, milliseconds, requestId } = exchange
    const head = `${method} ${this.clean(url)} -> ${status ?? 'no response'} in ${Math.round(milliseconds)} ms${requestId ? ` (request ${requestId})` : ''}`
    return [head, this.body('>', exchange.requestBody), this.body('<', exchange.response)].filter(Boolean).join('\n')
  }

  /** A body as text: credentials masked, configured secrets removed, clipped to 2 kB. */
  text(body: unknown): string {
    if (body === undefined || body === null || body === '') return ''
    if (Buffer.isBuffer(body) || body instanceof ArrayBuffer) return `(${body.byteLength} bytes)`
    const text = typeof body === 'string' ? body : JSON.stringify(masked(body))
    const clean = this.clean(text)
    return clip(clean)
  }

  private clean(text: string): string {
    const clean = this.redactor.text(text).replace(IN_ADDRESS, '$1[hidden]')
    return this.live ? maskEmails(clean) : clean
  }

  private body(arrow: string, body: unknown): string {
    const text = this.text(body)
    return text && `  ${arrow} ${text}`
  }
}

/** A copy in which every field named like a credential is hidden. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value !== 'object' || value === null) return value
  const plain = Object.entries(value).map(([key, inner]) => [
    key,
    CREDENTIAL_FIELD.test(key) && typeof inner === 'string' && inner ? '[hidden]' : masked(inner),
  ])
  return Object.fromEntries(plain)
}

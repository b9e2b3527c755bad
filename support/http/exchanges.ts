import type { Redactor } from '../config/redaction'
import { clip, maskEmails } from '../config/text'
import { curlOf } from './curl'
import { MultipartForm } from './multipart'
import type { Shapes } from './shapes'

/** One call and what came back, as a report may show it: no headers, and never a value of a field that holds a credential. */
export interface Exchange {
  method: string
  url: string
  requestBody: unknown
  /** Of the request body, where it is not JSON. */
  contentType?: string | undefined
  /** Headers that authenticate the caller; of these only the names are shown. */
  credentials?: Readonly<Record<string, string>> | undefined
  status: number | undefined
  /** Of the response. */
  headers?: Readonly<Record<string, string>> | undefined
  response: unknown
  requestId?: string | undefined
  milliseconds: number
}

/** An exchange as text only, free of secrets: what a failure attaches to its step for the reports. */
export interface Call {
  method: string
  url: string
  /** Absent where no response came. */
  status?: number
  milliseconds: number
  requestId?: string
  requestBody: string
  response: string
  curl: string
  /** How often the same call got the same response, one after the other. */
  times: number
}

export interface RecentCalls {
  /** How many calls came before the ones listed. */
  earlier: number
  /** Oldest first. */
  calls: Call[]
}

const CREDENTIAL_FIELD =
  /^(?:.*[_-])?(?:api_?key|access_?token|token|password|passwd|secret|authorization|private_?key|credentials?)$/i

/** A credential in an address, such as `?auth_token=…`: it may be too fresh for the redactor to know it. */
const IN_ADDRESS = /([?&][\w-]*(?:token|key|secret|password)=)[^&#\s"'\\]+/gi

/** Every call of one scenario, in order; shown when it fails, and as they happen under `ACCEPTANCE_DEBUG=1`. */
export class Exchanges {
  private readonly list: Exchange[] = []
  private taken = 0

  /**
   * @param live e-mail addresses may belong to real people: they are masked
   * @param shapes where the shapes of all calls are recorded, if they are
   */
  constructor(
    private readonly redactor: Redactor,
    private readonly show?: (text: string) => void,
    private readonly live = false,
    private readonly shapes?: Shapes,
  ) {}

  remember(exchange: Exchange): void {
    this.list.push({ ...exchange, requestBody: withoutBytes(exchange.requestBody), response: withoutBytes(exchange.response) })
    this.shapes?.see(exchange)
    this.show?.(this.render(exchange))
  }

  /** The latest calls that were not taken before; nothing where there are none. */
  take(latest = 5): RecentCalls | undefined {
    const fresh = this.list.slice(this.taken)
    this.taken = this.list.length
    if (fresh.length === 0) return undefined
    const calls: Call[] = []
    let at = fresh.length
    for (; at > 0; at--) {
      const call = this.call(fresh[at - 1] as Exchange)
      const [next] = calls
      if (next && isSame(call, next)) next.times++
      else if (calls.length < latest) calls.unshift(call)
      else break
    }
    return { earlier: at, calls }
  }

  /** A call as lines of text: the request line, then each body. */
  render(exchange: Exchange): string {
    return textOf(this.call(exchange))
  }

  private call({
    method,
    url,
    requestBody,
    contentType,
    credentials,
    status,
    response,
    requestId,
    milliseconds,
  }: Exchange): Call {
    const sent = this.text(requestBody)
    return {
      method,
      url: this.clean(url),
      ...(status === undefined ? {} : { status }),
      milliseconds: Math.round(milliseconds),
      ...(requestId === undefined ? {} : { requestId }),
      requestBody: sent,
      response: this.text(response),
      curl: this.clean(curlOf({ method, url, contentType, body: sent, credentials: credentials ?? {} })),
      times: 1,
    }
  }

  /** A body as text: credentials masked, configured secrets removed, clipped to 2 kB. */
  text(body: unknown): string {
    if (body === undefined || body === null || body === '') return ''
    const shown = withoutBytes(body)
    const text = typeof shown === 'string' ? shown : JSON.stringify(masked(shown))
    const clean = this.clean(text)
    return clip(clean)
  }

  private clean(text: string): string {
    const clean = this.redactor.text(text).replace(IN_ADDRESS, '$1[hidden]')
    return this.live ? maskEmails(clean) : clean
  }
}

/** Files are neither shown nor kept: the memory of the largest ones is wanted for the next call. */
function withoutBytes(body: unknown): unknown {
  if (body instanceof MultipartForm) return `(${body.length} bytes)`
  return Buffer.isBuffer(body) || body instanceof ArrayBuffer ? `(${body.byteLength} bytes)` : body
}

/** Waiting for something asks the same again and again. */
function isSame(one: Call, other: Call): boolean {
  return one.method === other.method && one.url === other.url && one.status === other.status && one.response === other.response
}

/** The calls before a failure, for a reader of plain text. */
export function callsText({ earlier, calls }: RecentCalls): string {
  return [...(earlier > 0 ? [`(${earlier} earlier calls)`] : []), ...calls.map(textOf)].join('\n\n')
}

function textOf({ method, url, status, milliseconds, requestId, requestBody, response, times }: Call): string {
  const again = times > 1 ? `, ${times} times` : ''
  const head = `${method} ${url} -> ${status ?? 'no response'} in ${milliseconds} ms${requestId ? ` (request ${requestId})` : ''}${again}`
  return [head, requestBody && `  > ${requestBody}`, response && `  < ${response}`].filter(Boolean).join('\n')
}

/** A copy in which every field named like a credential is hidden. */
function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value !== 'object' || value === null) return value
  const plain = Object.entries(value).map(([key, inner]) => [
    key,
    CREDENTIAL_FIELD.test(key) && typeof inner === 'string' && inner ? '[hidden]' : masked(inner),
  ])
  return Object.fromEntries(plain)
}

/** What is kept of all calls of one operation: what kinds of things came, and never what they were. Every list is sorted. */
export interface OperationShape {
  statuses: string[]
  /** Names of response headers, in small letters. */
  headers: string[]
  /** Paths within response bodies, such as `items[].author.id`, with the JSON types that were seen there. */
  fields: Record<string, string[]>
  /** Error codes of refusals, as the service names them. */
  codes: string[]
}

/** The shapes of one service against one target, by operation, such as `GET /posts/{}`. */
export interface Recording {
  service: string
  target: string
  operations: Record<string, OperationShape>
}

/** A call as far as its shape goes. */
export interface ShapedCall {
  method: string
  url: string
  requestBody: unknown
  status: number | undefined
  headers?: Readonly<Record<string, string>> | undefined
  response: unknown
}

interface Seen {
  statuses: Set<string>
  headers: Set<string>
  fields: Map<string, Set<string>>
  codes: Set<string>
}

/** A variable part of a path or a key. */
const VARIABLE = '{}'
const ID_LIKE =
  /^(?:[0-9a-f]{8}-[0-9a-f-]{27}|\d+(?:\.\d+)?|[A-Z]{1,2}[A-Z0-9]{7,}|(?=.*\d)[\w~.:=+-]{12,}|.*[^\w.:@{}-].*|.{41,})$/
const WORD = /^[A-Za-z_$@][\w$.:-]*$/
const CODE_FIELD = /^(?:code|error|error_?code|type)$/i
const CODE = /^(?:[A-Za-z][\w.-]{1,60}|\d{1,6})$/
const NAME_FIELD = /(?:^|_)(?:id|ids|name|username|user|handle|slug|key|guid|title|email|phone|path)$|(?:Id|Name)$/

/** Collects the shapes of calls; a recording of two runs differs only where the service behaves differently. */
export class Shapes {
  private readonly calls: ShapedCall[] = []
  /** Names and ids that came along: where a path contains one, it is a variable part. */
  private readonly names = new Set<string>()

  constructor(
    private readonly service: string,
    private readonly target: string,
  ) {}

  /** Keeps the kinds of a call's values; the values themselves leave with the call. */
  see(call: ShapedCall): void {
    if (call.status === undefined) return
    for (const body of [call.requestBody, call.response]) this.learnNames(body)
    this.calls.push({ ...call, requestBody: operationOf(call.requestBody), response: skeleton(call.response) })
  }

  recording(): Recording {
    const operations = new Map<string, Seen>()
    for (const call of this.calls) {
      const name = [call.method, this.template(call.url), call.requestBody].filter(Boolean).join(' ')
      const seen = operations.get(name) ?? { statuses: new Set(), headers: new Set(), fields: new Map(), codes: new Set() }
      operations.set(name, seen)
      add(seen, call, (key) => this.isVariable(key))
    }
    const sorted = [...operations].sort(([one], [other]) => one.localeCompare(other))
    return {
      service: this.service,
      target: this.target,
      operations: Object.fromEntries(sorted.map(([name, seen]) => [name, plain(seen)])),
    }
  }

  private template(url: string): string {
    const { pathname } = new URL(url, 'http://service')
    const segments = pathname.split('/').map((segment) => decodeURIComponent(segment))
    return segments.map((segment) => (segment !== '' && this.isVariable(segment) ? VARIABLE : segment)).join('/')
  }

  private isVariable(text: string): boolean {
    return ID_LIKE.test(text) || !WORD.test(text) || this.names.has(text)
  }

  private learnNames(value: unknown, key = ''): void {
    if (typeof value === 'string' && NAME_FIELD.test(key) && value.length <= 200) this.names.add(value)
    else if (Array.isArray(value)) for (const item of value) this.learnNames(item, key)
    else if (isRecord(value)) for (const [inner, item] of Object.entries(value)) this.learnNames(item, inner)
  }
}

/** Of an endpoint through which many functions are called, the name of the function. */
function operationOf(body: unknown): string {
  return isRecord(body) && typeof body.name === 'string' && Array.isArray(body.args) && WORD.test(body.name) ? body.name : ''
}

/** A copy of a body in which every value is the name of its JSON type; error codes stay. */
function skeleton(value: unknown, key = ''): unknown {
  if (Buffer.isBuffer(value) || value instanceof ArrayBuffer) return 'bytes'
  if (Array.isArray(value)) return value.map((item) => skeleton(item))
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([inner, item]) => [inner, skeleton(item, inner)]))
  if (value === null) return 'null'
  if (CODE_FIELD.test(key) && CODE.test(String(value))) return { [CODE_MARK]: String(value), type: typeof value }
  return typeof value
}

/** Marks an error code within a skeleton; no service's field is called so. */
const CODE_MARK = '\u0000code'

function add(seen: Seen, { status = 0, headers = {}, response }: ShapedCall, isVariable: (key: string) => boolean): void {
  seen.statuses.add(String(status))
  for (const name of Object.keys(headers)) seen.headers.add(name.toLowerCase())
  const isRefusal = status >= 400 || (isRecord(response) && 'ok' in response && 'error' in response)
  const visit = (value: unknown, path: string): void => {
    if (isRecord(value) && CODE_MARK in value) {
      if (isRefusal) seen.codes.add(String(value[CODE_MARK]))
      note(seen, path, String(value.type))
    } else if (Array.isArray(value)) {
      note(seen, path, 'list')
      for (const item of value) visit(item, `${path}[]`)
    } else if (isRecord(value)) {
      note(seen, path, 'object')
      for (const [key, item] of Object.entries(value)) {
        const shown = isVariable(key) ? VARIABLE : key
        visit(item, path === '' ? shown : `${path}.${shown}`)
      }
    } else note(seen, path, String(value))
  }
  visit(response, '')
}

function note(seen: Seen, path: string, type: string): void {
  const at = path === '' ? '(whole)' : path
  const types = seen.fields.get(at) ?? new Set()
  seen.fields.set(at, types.add(type))
}

function plain({ statuses, headers, fields, codes }: Seen): OperationShape {
  const list = (set: ReadonlySet<string>): string[] => [...set].sort()
  const paths = [...fields].sort(([one], [other]) => one.localeCompare(other))
  return {
    statuses: list(statuses),
    headers: list(headers),
    fields: Object.fromEntries(paths.map(([path, types]) => [path, list(types)])),
    codes: list(codes),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

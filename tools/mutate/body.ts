/** The body of a request, a response or an event as a tree that can be edited and serialised again. */
export interface Body {
  tree: unknown
  encode(tree: unknown): Buffer
}

/** @param type the Content-Type header */
export function decodeBody(raw: Buffer, type = ''): Body {
  if (raw.length === 0) return { tree: undefined, encode: asText }
  if (/\bmultipart\/form-data\b/i.test(type)) return multipart(raw, type)
  if (/\bx-www-form-urlencoded\b/i.test(type) && !looksLikeJson(raw)) return form(raw)
  return json(raw) ?? { tree: isText(type) ? raw.toString() : raw.toString('latin1'), encode: isText(type) ? asText : asBytes }
}

function json(raw: Buffer): Body | undefined {
  if (!looksLikeJson(raw)) return undefined
  try {
    return { tree: JSON.parse(raw.toString()), encode: asJson }
  } catch {
    return undefined
  }
}

/** Also bare values: CoCalc responds with a lone string or `null`. */
function looksLikeJson(raw: Buffer): boolean {
  return /^\s*(?:[[{"]|null|true|false|-?\d)/.test(raw.subarray(0, 64).toString())
}

function isText(type: string): boolean {
  return type === '' || /^text\/|\b(?:xml|json|javascript)\b/i.test(type)
}

function asJson(tree: unknown): Buffer {
  return tree === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(tree))
}

function asText(tree: unknown): Buffer {
  return typeof tree === 'string' ? Buffer.from(tree) : asJson(tree)
}

function asBytes(tree: unknown): Buffer {
  return typeof tree === 'string' ? Buffer.from(tree, 'latin1') : asJson(tree)
}

function form(raw: Buffer): Body {
  return {
    tree: Object.fromEntries(new URLSearchParams(raw.toString())),
    encode: (tree) => Buffer.from(new URLSearchParams(tree as Record<string, string>).toString()),
  }
}

interface Part {
  head: string
  name: string
  isFile: boolean
}

/** Fields by name; a file is `{ filename, content }`, its bytes as Latin-1. */
function multipart(raw: Buffer, type: string): Body {
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1] ?? ''
  const pieces = raw.toString('latin1').split(`--${boundary}`).slice(1, -1)
  const parts: Part[] = []
  const tree: Record<string, unknown> = {}
  for (const piece of pieces) {
    const [head = '', ...rest] = piece.replace(/^\r\n/, '').split('\r\n\r\n')
    const content = rest.join('\r\n\r\n').replace(/\r\n$/, '')
    const name = /\bname="([^"]*)"/i.exec(head)?.[1] ?? String(parts.length)
    const filename = /\bfilename="([^"]*)"/i.exec(head)?.[1]
    const key = name in tree ? `${name}#${parts.length}` : name
    tree[key] = filename === undefined ? Buffer.from(content, 'latin1').toString() : { filename, content }
    parts.push({ head, name: key, isFile: filename !== undefined })
  }
  return { tree, encode: (edited) => encodeParts(parts, edited as Record<string, unknown>, boundary) }
}

function encodeParts(parts: readonly Part[], tree: Record<string, unknown>, boundary: string): Buffer {
  const pieces = parts.flatMap(({ head, name, isFile }) => {
    const value = tree[name]
    if (value === undefined) return []
    if (!isFile) return [Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`, 'latin1'), Buffer.from(`${String(value)}\r\n`)]
    const { filename = '', content = '' } = value as { filename?: string; content?: string }
    const named = head.replace(/(\bfilename=")[^"]*/i, (_whole, start: string) => `${start}${filename}`)
    return [Buffer.from(`--${boundary}\r\n${named}\r\n\r\n${content}\r\n`, 'latin1')]
  })
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)])
}

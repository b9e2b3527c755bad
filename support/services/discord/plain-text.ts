/** Names of what a message mentions, by id. */
export interface Names {
  person(id: string): string | undefined
  channel(id: string): string | undefined
  role(id: string): string | undefined
}

interface Rule {
  pattern: RegExp
  show(match: RegExpExecArray, names: Names): string
}

/** Discord's markup at one position, the first match; the text inside a pair of marks may contain markup itself. */
const RULES: readonly Rule[] = [
  { pattern: /```(?:[a-z0-9_+\-.#]+\n)?\n*([\s\S]*?)\n*```/iy, show: ([, text = '']) => text },
  { pattern: /(`+)([\s\S]*?[^`])\1(?!`)/y, show: ([, , text = '']) => trimmedCode(text) },
  { pattern: /\\([^0-9A-Za-z\s])/y, show: ([, sign = '']) => sign },
  { pattern: /https?:\/\/[^\s<]+/y, show: ([address]) => address },
  { pattern: /<@!?(\d+)>/y, show: ([, id = ''], names) => `@${names.person(id) ?? id}` },
  { pattern: /<@&(\d+)>/y, show: ([whole, id = ''], names) => shownRole(names.role(id)) ?? whole },
  { pattern: /<#(\d+)>/y, show: ([, id = ''], names) => `#${names.channel(id) ?? id}` },
  { pattern: /<a?:(\w+):\d+>/y, show: ([, name]) => `:${name}:` },
  { pattern: /\*\*\*((?:\\[\s\S]|[^*\\])+)\*\*\*/y, show: inner },
  { pattern: /\*\*((?:\\[\s\S]|(?!\*\*)[\s\S])+)\*\*(?!\*)/y, show: inner },
  { pattern: /__((?:\\[\s\S]|(?!__)[\s\S])+)__(?!_)/y, show: inner },
  { pattern: /~~((?:\\[\s\S]|(?!~~)[\s\S])+)~~/y, show: inner },
  { pattern: /\|\|((?:\\[\s\S]|(?!\|\|)[\s\S])+)\|\|/y, show: inner },
  { pattern: /\*(?=\S)((?:\\[\s\S]|[^*\\])+)\*/y, show: inner },
  { pattern: /\b_((?:\\[\s\S]|[^_\\])+)_\b|_((?:\\[\s\S]|[^_\\])+)_(?!\w)/y, show: inner },
]

const shownRole = (name: string | undefined): string | undefined => name && `@${name}`

const LINE_START = /(?:>>> |> |#{1,3} |-# )/y

/** A message as a reader sees it: without markup, escapes resolved, mentions by name. */
export function plainText(markdown: string, names: Names): string {
  let plain = ''
  for (let at = 0; at < markdown.length; ) {
    const start = at === 0 || markdown[at - 1] === '\n' ? matchAt(LINE_START, markdown, at) : null
    if (start) {
      at += start[0].length
      continue
    }
    const { text, length } = piece(markdown, at, names)
    plain += text
    at += length
  }
  return plain
}

function piece(markdown: string, at: number, names: Names): { text: string; length: number } {
  for (const { pattern, show } of RULES) {
    const match = matchAt(pattern, markdown, at)
    if (match) return { text: show(match, names), length: match[0].length }
  }
  return { text: markdown[at] ?? '', length: 1 }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function inner(match: RegExpExecArray, names: Names): string {
  return plainText(match[1] ?? match[2] ?? '', names)
}

function trimmedCode(text: string): string {
  return /^ [\s\S]*` $|^ `[\s\S]* $/.test(text) ? text.slice(1, -1) : text
}

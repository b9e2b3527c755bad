/** One form of a secret in a text: the expression to search for, and a part of it that every such form contains. */
export interface Form {
  /** Source of a case-insensitive regular expression. */
  source: string
  /** Characters that no escaping changes; absent where the form has no such run. */
  anchor: string | undefined
}

/** Length of an anchor in characters. */
export const ANCHOR = 6

const XML_NAMES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }
const JSON_LETTERS: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' }

/**
 * Every form in which a secret can reach a report: plain or escaped for URLs, JSON and XML (also twice, also only in
 * part), in base64 and base64url at any position of the encoded text, and in hex.
 */
export function formsOf(secret: string): Form[] {
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  return [
    { source: escapable(secret), anchor: literalRun(secret) },
    ...[0, 1, 2].map((before) => base64Form(bytes, before)),
    ...[...new Set([hex, hex.toUpperCase()])].map((text) => ({ source: text, anchor: literalRun(text) })),
  ]
}

/** The source of an expression that matches the text however its characters were escaped. */
export function escapable(text: string): string {
  return [...text].map((character) => (/[A-Za-z0-9]/.test(character) ? character : anySpelling(character))).join('')
}

function anySpelling(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const percent = [...Buffer.from(character)].map((byte) => `%(?:25)*${byte.toString(16).padStart(2, '0')}`).join('')
  const units = [...Array(character.length).keys()].map((at) => character.charCodeAt(at).toString(16).padStart(4, '0'))
  const name = XML_NAMES[character]
  const letter = JSON_LETTERS[character]
  const spellings = [
    character === '\\' ? '\\\\+' : `\\\\*${quoted(character)}`,
    percent,
    units.map((unit) => `\\\\+u${unit}`).join(''),
    `&(?:amp;)*#(?:0*${code}|x0*${code.toString(16)});`,
    ...(name ? [`&(?:amp;)*${name};`] : []),
    ...(letter ? [`\\\\+${letter}`] : []),
    ...(character === ' ' ? ['\\+'] : []),
    ...(character === '\n' ? ['\\r\\n', '\\\\+r\\\\+n', '%0d%0a'] : []),
  ]
  return `(?:${spellings.join('|')})`
}

/** The characters of the encoded text that depend only on the secret, for a number of preceding bytes modulo three. */
function base64Form(bytes: Buffer, before: number): Form {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
  const core = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  const source = core.replace(/[+/]/g, (sign) => (sign === '+' ? '(?:[+-]|%(?:25)*2b)' : '(?:\\\\*[/_]|%(?:25)*2f)'))
  return { source, anchor: literalRun(core) }
}

/** The end of the longest run that no escaping touches (dashes and dots only where letters do not suffice); beginnings are often the same for all keys of a service. */
function literalRun(text: string): string | undefined {
  for (const run of [/[A-Za-z0-9]+/g, /[A-Za-z0-9_.-]+/g]) {
    const longest = (text.match(run) ?? []).reduce((best, found) => (found.length > best.length ? found : best), '')
    if (longest.length >= ANCHOR) return longest.slice(-ANCHOR)
  }
  return undefined
}

function quoted(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

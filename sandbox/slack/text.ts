import { toShortNames } from './emoji'

/** A reference in angle brackets: a link, a person, a channel, a group, a date, all members of a channel. */
const SPECIAL =
  /<(?:(?:https?|mailto|tel|ftp):[^<>|\s]+(?:\|[^<>]*)?|[@#][A-Z0-9]+(?:\|[^<>]*)?|![a-z]+(?:\^[^<>|]*)?(?:\|[^<>]*)?)>/
const CODE = /```[\s\S]*?```|`[^`\n]+`/
const ADDRESS = /(?<![\w/@])(?:https?:\/\/|www\.)(?:(?!&[lg]t;)[^\s<>|])+/
const TRAILING = /(?:[.,!?;:'")\]*_~]|&amp;)+$/
const AMPERSAND = /&(?!(?:amp|lt|gt);)/g

export interface Linking {
  /** Turns `@name` and `#name` into the form that notifies; undefined for an unknown name. */
  person?: (name: string) => string | undefined
  channel?: (name: string) => string | undefined
}

/**
 * The text as Slack stores it: stray `&`, `<` and `>` escaped, addresses wrapped as links, emoji characters as their short names.
 * Code is only escaped. @param linking only where the sender requested that names are linked
 */
export function kept(text: string, linking?: Linking): string {
  return pieces(text, new RegExp(`${CODE.source}|${SPECIAL.source}`, 'g'), (between, special) => {
    if (special?.startsWith('`')) return pieces(special, new RegExp(SPECIAL.source, 'g'), (code, inner) => inner ?? escaped(code))
    return special ?? linked(between, linking)
  })
}

/** Rebuilds a text from the matches and the text between them. */
function pieces(text: string, pattern: RegExp, render: (between: string, match?: string) => string): string {
  let result = ''
  let end = 0
  for (const match of text.matchAll(pattern)) {
    result += render(text.slice(end, match.index)) + render('', match[0])
    end = match.index + match[0].length
  }
  return result + render(text.slice(end))
}

function linked(text: string, linking?: Linking): string {
  return pieces(text, new RegExp(ADDRESS.source, 'g'), (between, address) => {
    if (address === undefined) return named(toShortNames(escaped(between)), linking)
    const trailing = TRAILING.exec(address)?.[0] ?? ''
    const bare = escaped(address.slice(0, address.length - trailing.length))
    return `${bare.startsWith('www.') ? `<http://${bare}|${bare}>` : `<${bare}>`}${escaped(trailing)}`
  })
}

function escaped(text: string): string {
  return text.replaceAll(AMPERSAND, '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function named(text: string, linking?: Linking): string {
  if (!linking) return text
  return text.replaceAll(/(?<![\w/])([@#])([\w.-]*\w)/g, (found, sign: string, name: string) => {
    if (sign === '@' && ['here', 'channel', 'everyone'].includes(name)) return `<!${name}>`
    return (sign === '@' ? linking.person?.(name) : linking.channel?.(name)) ?? found
  })
}

/** Ids of the users that a stored text mentions. */
export function mentioned(text: string): string[] {
  return [...text.matchAll(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g)].map(([, id = '']) => id)
}

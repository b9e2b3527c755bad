import type { Content, Piece } from '../../chat/content'
import { pipedTable } from '../../chat/text-table'
import { plainText } from './plain-text'

const ADDRESS = /https?:\/\/[^\s<]+/g
const NO_JOINER = '\u200b'

/** Literal text: all markup is escaped with a backslash, except in a URL, which Discord shows unchanged. */
export function escapeText(text: string): string {
  let escaped = ''
  let from = 0
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    escaped += escapeWords(text.slice(from, index)) + address
    from = index + address.length
  }
  return escapeLines(escaped + escapeWords(text.slice(from)))
}

function escapeWords(text: string): string {
  return text.replace(/[\\*_~|`<]/g, '\\$&').replace(/\[(?=[^\]\n]*\]\()/g, '\\[')
}

/** Quotes, headings, small text and lists at the beginning of a line. */
function escapeLines(text: string): string {
  return text
    .replace(/^(\s*)(>|#{1,3}(?=\s)|-(?=[\s#]))/gm, (_all, blanks: string, runId: string) => `${blanks}\\${runId}`)
    .replace(/^(\s*\d+)\.(?=\s)/gm, '$1\\.')
}

/** One message in Discord's markdown. */
export function render(content: Content): string {
  const pieces = merged(content)
  return pieces.map((piece, at) => renderPiece(piece, isStyled(pieces[at - 1]) || isStyled(pieces[at + 1]))).join('')
}

/** What the stored message must contain of each piece: its markup; every line of a table. */
export function expectedMarkup(content: Content): string[] {
  return merged(content).flatMap((piece) => {
    if (piece.kind === 'break') return []
    return piece.kind === 'table' ? pipedTable(piece.rows).map(inBlock) : [renderPiece(piece, false)]
  })
}

/** Adjacent pieces of one style become one piece: their marks would merge. */
function merged(content: Content): Piece[] {
  const pieces: Piece[] = []
  for (const piece of content) {
    const last = pieces.at(-1)
    const style = piece.kind
    const joins = last?.kind === style && (style === 'text' || style === 'bold' || style === 'italic')
    if (joins && 'text' in last && 'text' in piece) pieces.splice(-1, 1, { kind: style, text: last.text + piece.text })
    else pieces.push(piece)
  }
  return pieces
}

function isStyled(piece: Piece | undefined): boolean {
  return piece?.kind === 'bold' || piece?.kind === 'italic'
}

function renderPiece(piece: Piece, besideStyled: boolean): string {
  switch (piece.kind) {
    case 'text':
      return escapeText(piece.text)
    case 'bold':
      return `**${escapeText(piece.text)}**`
    case 'italic':
      return besideStyled ? `_${escapeText(piece.text)}_` : `*${escapeText(piece.text)}*`
    case 'code':
      return inline(piece.text)
    case 'block':
      return block(piece.text, piece.language)
    case 'mention':
      return `<@${piece.id}>`
    case 'channel':
      return `<#${piece.id}>`
    case 'role':
      return `<@&${piece.id}>`
    case 'everyone':
      if (piece.audience === 'channel') throw new Error('Discord has no @channel.')
      return `@${piece.audience}`
    case 'hashtag':
      return escapeText(`#${piece.text}`)
    case 'cashtag':
      return escapeText(`$${piece.text}`)
    case 'break':
      return '\n'
    case 'table':
      return block(pipedTable(piece.rows).join('\n'))
  }
}

/** Fenced with one backtick more than the longest run of them inside. */
function inline(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const room = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${room}${text}${room}${fence}`
}

/** Columns are aligned only in a code block, where everything is literal but the closing fence. */
function block(text: string, language = ''): string {
  return `\`\`\`${language}\n${inBlock(text)}\n\`\`\``
}

function inBlock(text: string): string {
  return text.replaceAll('```', `\`\`${NO_JOINER}\``)
}

/** The content as a reader sees it, in the spelling of `ChatMessage.text`. */
export function expectedText(content: Content): string {
  const names = (kind: 'mention' | 'channel' | 'role') => (id: string) => {
    const piece = content.find((one) => one.kind === kind && one.id === id)
    return piece && 'name' in piece ? piece.name : undefined
  }
  return plainText(render(content), { person: names('mention'), channel: names('channel'), role: names('role') })
}

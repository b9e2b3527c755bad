import type { Audience } from './adapter'

/**
 * The content of a message, independent of any platform's markup. Every `text` is literal: a reader must see exactly these
 * characters, so a renderer must escape it.
 */
export type Piece =
  | { kind: 'text' | 'bold' | 'italic' | 'code'; text: string }
  | { kind: 'block'; text: string; language?: string }
  | { kind: 'mention'; id: string; name: string }
  | { kind: 'channel'; id: string; name: string }
  /** Everybody who has a role; only where the platform has roles. */
  | { kind: 'role'; id: string; name: string }
  | { kind: 'everyone'; audience: Audience }
  | { kind: 'hashtag' | 'cashtag'; text: string }
  | { kind: 'break' }
  | { kind: 'table'; rows: readonly (readonly string[])[] }

/** Pieces in reading order, without separators between them. */
export type Content = readonly Piece[]

export const plain = (text: string): Content => [{ kind: 'text', text }]

/** The text of plain content; formatted content has no form that is common to all platforms. */
export function wordsOf(content: Content): string {
  return content.map((piece) => ('text' in piece ? piece.text : piece.kind === 'break' ? '\n' : '')).join('')
}

/** Turns content into one platform's markup. */
export interface Renderer {
  /** The whole message, ready to be sent. */
  render(content: Content): string
  /** Literal text, with everything escaped that the platform would interpret as markup. */
  escape(text: string): string
}

import type { Audience } from './adapter'

/**
 * What a message says, apart from any platform's markup. Every `text` is literal: whatever it holds, a reader sees these characters
 * and nothing else, so a renderer must escape it.
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

/** Pieces in reading order; two of them follow each other without a separator. */
export type Content = readonly Piece[]

export const plain = (text: string): Content => [{ kind: 'text', text }]

/** The words of plain content; formatted content has no single form that all platforms agree on. */
export function wordsOf(content: Content): string {
  return content.map((piece) => ('text' in piece ? piece.text : piece.kind === 'break' ? '\n' : '')).join('')
}

/** Turns content into one platform's markup. */
export interface Renderer {
  /** The whole message, ready to be sent. */
  render(content: Content): string
  /** Literal text, with everything the platform would take for markup made harmless. */
  escape(text: string): string
}

import type { Content, Piece } from '../../chat/content'
import { canonical } from './presentation'
import { render } from './render'
import { childrenOf, parsed } from './xml'

/** The visible text of shorthand elements, which the platform puts into the span of an entity. */
function shownOf(piece: Piece): string | undefined {
  if (piece.kind === 'mention') return `@${piece.name}`
  if (piece.kind === 'hashtag') return `#${piece.text}`
  return piece.kind === 'cashtag' ? `$${piece.text}` : undefined
}

/** What a message must hold once this content was sent, in the spelling of `ChatMessage.markup`. */
export function kept(content: Content): string[] {
  return content.map((piece) => {
    const shown = shownOf(piece)
    if (shown === undefined)
      return childrenOf(parsed(render([piece])))
        .map(canonical)
        .join('')
    const [text] = childrenOf(parsed(render([{ kind: 'text', text: shown }]))).map(canonical)
    return `>${text}</span>`
  })
}

import type { Document, Element, Node } from '@xmldom/xmldom'
import type { Content, Piece } from '../../chat/content'
import { canonical, textIn } from './presentation'
import { childrenOf, newRoot, parsed, written } from './xml'

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot contain these
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

/**
 * The whole message as MessageML.
 * @throws for content that Symphony has no markup for, and for characters that XML cannot contain
 */
export function render(content: Content): string {
  return whole((document, root) => append(document, root, content))
}

/** A message that is built by the caller. @param build fills the root */
function whole(build: (document: Document, root: Element) => void): string {
  const { document, root } = newRoot('messageML')
  build(document, root)
  return harmless(written(root))
}

/** Literal text, without any markup or template. */
export function escaped(text: string): string {
  const { document } = newRoot('messageML')
  return harmless(written(document.createTextNode(checked(text))))
}

function append(document: Document, parent: Element, content: Content): void {
  for (const piece of content) for (const node of nodesOf(document, piece)) parent.appendChild(node)
}

/** An element with attributes and content. */
function element(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  inside: readonly Node[] = [],
): Element {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, checked(value))
  for (const node of inside) made.appendChild(node)
  return made
}

function nodesOf(document: Document, piece: Piece): Node[] {
  const styled = (name: string, text: string): Node[] => [element(document, name, {}, lines(document, text))]
  switch (piece.kind) {
    case 'text':
      return lines(document, piece.text)
    case 'bold':
      return styled('b', piece.text)
    case 'italic':
      return styled('i', piece.text)
    case 'code':
      return [element(document, 'code', {}, [document.createTextNode(checked(piece.text))])]
    case 'block':
      return [element(document, 'pre', {}, [document.createTextNode(checked(piece.text))])]
    case 'mention':
      return [element(document, 'mention', { uid: piece.id })]
    case 'hashtag':
      return [element(document, 'hash', { tag: piece.text })]
    case 'cashtag':
      return [element(document, 'cash', { tag: piece.text })]
    case 'break':
      return [element(document, 'br')]
    case 'table':
      return [tableOf(document, piece.rows)]
    case 'channel':
      return [document.createTextNode(checked(`#${piece.name}`))]
    case 'role':
      throw new Error('Symphony has no mention of a role.')
    case 'everyone':
      throw new Error('Symphony has no mention of everyone.')
  }
}

/** Line ends in text would become spaces; breaks are kept. */
function lines(document: Document, text: string): Node[] {
  return checked(text)
    .split(/\r\n|\r|\n/)
    .flatMap((line, at) => [...(at > 0 ? [element(document, 'br')] : []), document.createTextNode(line)])
}

function tableOf(document: Document, [head = [], ...rest]: readonly (readonly string[])[]): Element {
  const row = (name: string, cells: readonly string[]): Element =>
    element(
      document,
      'tr',
      {},
      cells.map((cell) => element(document, name, {}, lines(document, cell))),
    )
  const body = rest.map((cells) => row('td', cells))
  return element(document, 'table', {}, [
    element(document, 'thead', {}, [row('th', head)]),
    ...(body.length > 0 ? [element(document, 'tbody', {}, body)] : []),
  ])
}

function checked(text: string): string {
  if (CONTROL.test(text)) throw new Error('A message cannot hold control characters.')
  return text
}

/** The platform interprets `${…}` and `#{…}` as a template, also inside attributes. */
function harmless(markup: string): string {
  return markup.replaceAll('${', '&#36;{').replaceAll('#{', '&#35;{')
}

/** The visible text of shorthand elements, which the platform puts into the span of an entity. */
function shownOf(piece: Piece): string | undefined {
  if (piece.kind === 'mention') return `@${piece.name}`
  if (piece.kind === 'hashtag') return `#${piece.text}`
  return piece.kind === 'cashtag' ? `$${piece.text}` : undefined
}

/** What a message must contain after this content was sent, in the spelling of `ChatMessage.markup`. */
export function expectedMarkup(content: Content): string[] {
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

/** The content as a reader sees it, in the spelling of `ChatMessage.text`. */
export function expectedText(content: Content): string {
  return textIn(
    render(
      content.map((piece) => {
        const shown = shownOf(piece)
        return shown === undefined ? piece : { kind: 'text', text: shown }
      }),
    ),
  )
}

/** A card replaces replies and forwards, which bots do not have: a header and a body, and the content below it. */
export interface Card {
  header: Content
  body: Content
  below?: Content
}

export function cardMessage({ header, body, below = [] }: Card): string {
  return whole((document, root) => {
    root.appendChild(element(document, 'card', {}, [part(document, 'header', header), part(document, 'body', body)]))
    append(document, root, below)
  })
}

function part(document: Document, name: string, content: Content) {
  const made = element(document, name)
  append(document, made, content)
  return made
}

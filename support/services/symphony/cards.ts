import type { Document } from '@xmldom/xmldom'
import type { Content } from '../../chat/content'
import { append, element, whole } from './render'

/** A card stands in for what bots cannot do: it has a header and a body, and whatever follows it. */
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

import type { Element, Node } from '@xmldom/xmldom'
import { ContractError } from '../../assertions/contract'
import { childrenOf, isElement, isText, parsed } from './xml'

/** A stored message, parsed. */
export interface Understood {
  /** The text that a reader sees: without tags, escapes resolved, cells joined by ` | `. */
  text: string
  /** The markup in one canonical spelling: without decoration, with the fewest escapes. */
  markup: string
  /** Ids of users. */
  mentions: string[]
  hashtags: string[]
  cashtags: string[]
}

/** The last three are MessageML's own, which the platform stores as `div`. */
const BLOCKS = new Set([
  ...['p', 'div', 'li', 'pre', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'tr'],
  ...['card', 'header', 'body'],
])
const KEPT_ATTRIBUTES = new Set(['data-entity-id', 'href', 'src', 'colspan', 'rowspan'])

/** Parses PresentationML and its EntityJSON. @throws ContractError if either is not well-formed */
export function understand(presentation: string, data: string | null | undefined): Understood {
  const root = rootOf(presentation)
  const entities = entitiesIn(data)
  return {
    text: readable(root),
    markup: childrenOf(root).map(canonical).join(''),
    mentions: valuesOf(entities, 'com.symphony.user.mention', 'com.symphony.user.userId'),
    hashtags: valuesOf(entities, 'org.symphonyoss.taxonomy', 'org.symphonyoss.taxonomy.hashtag'),
    cashtags: valuesOf(entities, 'org.symphonyoss.fin.security', 'org.symphonyoss.fin.security.id.ticker'),
  }
}

function readable(root: Element): string {
  return textOf(root).replace(/\n+$/, '')
}

/** The text that a reader sees of MessageML or PresentationML without shorthand for entities. */
export function textIn(markup: string): string {
  return readable(rootOf(markup))
}

function rootOf(presentation: string): Element {
  try {
    return parsed(presentation)
  } catch (error) {
    throw new ContractError('a message', [`its PresentationML is not well-formed: ${String(error)}`])
  }
}

function textOf(node: Node): string {
  if (isText(node)) return node.nodeValue ?? ''
  if (!isElement(node)) return ''
  const inside = node.tagName === 'tr' ? childrenOf(node).filter(isElement).map(textOf).join(' | ') : whole(node)
  if (node.tagName === 'br') return '\n'
  return BLOCKS.has(node.tagName) && node.parentNode?.nodeType !== DOCUMENT ? `${inside}\n` : inside
}

const DOCUMENT = 9

function whole(element: Element): string {
  return childrenOf(element).map(textOf).join('')
}

/** Markup of one node with the fewest escapes, without decoration; also used for the expected markup of a message. */
export function canonical(node: Node): string {
  if (isText(node)) return escaped(node.nodeValue ?? '')
  if (!isElement(node)) return ''
  const attributes = Array.from(node.attributes)
    .filter(({ name }) => KEPT_ATTRIBUTES.has(name))
    .map(({ name, value }) => ` ${name}="${escaped(value).replaceAll('"', '&quot;')}"`)
    .join('')
  const inside = childrenOf(node).map(canonical).join('')
  return inside === '' ? `<${node.tagName}${attributes}/>` : `<${node.tagName}${attributes}>${inside}</${node.tagName}>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

interface Entity {
  type?: unknown
  id?: { type?: unknown; value?: unknown }[]
}

function entitiesIn(data: string | null | undefined): Entity[] {
  if (!data) return []
  try {
    const all: unknown = JSON.parse(data)
    return typeof all === 'object' && all !== null ? Object.values(all) : []
  } catch (error) {
    throw new ContractError('a message', [`its EntityJSON is not JSON: ${String(error)}`])
  }
}

function valuesOf(entities: readonly Entity[], type: string, idType: string): string[] {
  return entities
    .filter((entity) => entity?.type === type && Array.isArray(entity.id))
    .flatMap(({ id = [] }) => id.filter((one) => one?.type === idType).map(({ value }) => String(value)))
}

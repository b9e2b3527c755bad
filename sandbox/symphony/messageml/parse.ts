import { DOMParser, type Element, type Node, ParseError } from '@xmldom/xmldom'
import { badRequest } from '../errors'

const XML_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds them
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));/i

const REFERENCE = /&#(?:x([0-9a-f]+)|(\d+));/gi
const CDATA_SECTION = /<!\[CDATA\[[\s\S]*?\]\]>/g
const COMMENT = /<!--[\s\S]*?-->/g
const TAG = /<[^>]*>/g

const ELEMENT = 1
const TEXT = 3
const CDATA = 4

/**
 * Reads a message as XML.
 * @returns its root
 * @throws 400 where it is empty or not well-formed, with the reason
 */
export function parse(source: string): Element {
  if (source.trim() === '') throw badRequest('Error parsing message: the message cannot be null or empty')
  if (CONTROL.test(source)) throw badRequest('Invalid control characters in message')
  if (/<!DOCTYPE/i.test(source)) throw notWellFormed('DOCTYPE is disallowed')
  const outside = source.replace(COMMENT, '').replace(CDATA_SECTION, '')
  if (XML_ENTITY.test(outside)) throw notWellFormed("The entity name must immediately follow the '&' in the entity reference.")
  if (outside.replace(TAG, '').includes(']]>'))
    throw notWellFormed('The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA section.')
  checkCharacters(outside, source)
  return read(source)
}

/** Checked here because the XML parser accepts references to characters that XML does not allow. @throws 400 */
function checkCharacters(outside: string, source: string): void {
  if (/[\uFFFE\uFFFF]/.test(source))
    throw notWellFormed('An invalid XML character was found in the element content of the document.')
  for (const [reference, hex, decimal] of outside.matchAll(REFERENCE)) {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    if (!isCharacter(code)) throw notWellFormed(`Character reference "${reference.slice(0, -1)}" is an invalid XML character.`)
  }
}

function isCharacter(code: number): boolean {
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000)
}

function read(source: string): Element {
  let detail = 'the document has no root element'
  const onError = (_level: string, message: string): never => {
    detail = message
    throw new Error(message)
  }
  try {
    const root = new DOMParser({ onError }).parseFromString(source, 'text/xml').documentElement
    if (root) return root
  } catch (error) {
    if (!(error instanceof ParseError || error instanceof Error)) throw error
  }
  throw notWellFormed(detail)
}

export function notWellFormed(detail: string) {
  return badRequest(`Invalid messageML: ${detail.split('\n')[0]}`)
}

export function isElement(node: Node): node is Element {
  return node.nodeType === ELEMENT
}

/** Text nodes are kept; comments and processing instructions are not. */
export function textIn(node: Node): string | undefined {
  return node.nodeType === TEXT || node.nodeType === CDATA ? (node.nodeValue ?? '') : undefined
}

export function childrenOf(element: Element): Node[] {
  return Array.from(element.childNodes)
}

export function attributesOf(element: Element): [name: string, value: string][] {
  return Array.from(element.attributes).map(({ name, value }) => [name, value])
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;')
}

import { DOMImplementation, DOMParser, type Document, type Element, type Node, XMLSerializer } from '@xmldom/xmldom'

const ELEMENT = 1
const TEXT = 3
const CDATA = 4

/** A new document with this root. */
export function newRoot(name: string): { document: Document; root: Element } {
  const document = new DOMImplementation().createDocument(null, name)
  const root = document.documentElement
  if (!root) throw new Error(`No document with the root ${name} could be created.`)
  return { document, root }
}

export function written(node: Node): string {
  return new XMLSerializer().serializeToString(node)
}

/** @throws if the text is not well-formed */
export function parsed(text: string): Element {
  const onError = (_level: string, message: string): never => {
    throw new Error(message)
  }
  const root = new DOMParser({ onError }).parseFromString(text, 'text/xml').documentElement
  if (!root) throw new Error('the document has no root')
  return root
}

export function isElement(node: Node): node is Element {
  return node.nodeType === ELEMENT
}

export function isText(node: Node): boolean {
  return node.nodeType === TEXT || node.nodeType === CDATA
}

export function childrenOf(node: Node): Node[] {
  return Array.from(node.childNodes)
}

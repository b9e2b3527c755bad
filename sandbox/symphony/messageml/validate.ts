import type { Element, Node } from '@xmldom/xmldom'
import { badRequest } from '../errors'
import { COMMON, ELEMENTS, type ElementRule, PHRASING } from './elements'
import { attributesOf, childrenOf, isElement, notWellFormed, textIn } from './parse'

const SCHEMES = ['http:', 'https:', 'mailto:', 'tel:', 'sip:', 'sips:', 'file:', 'ftp:', 'skype:', 'symphony:']
const TAG = /^[\p{L}\p{N}_.-]+$/u
/** Maximum depth: far deeper nesting would overflow the stack. */
const DEEPEST = 250
const LARGEST_INT64 = 9_223_372_036_854_775_807n

/**
 * Checks the whole message against the rules of MessageML.
 * @throws 400 with the invalid element or attribute
 */
export function validate(root: Element): void {
  const presentation = root.tagName === 'div' && root.getAttribute('data-format') === 'PresentationML'
  if (root.tagName !== 'messageML' && !presentation) throw badRequest('Root tag must be <messageML> or <div>')
  if (!presentation) attributesAllowed(root, [])
  else checkAttributes(root, ruleOf('div'))
  for (const child of childrenOf(root)) if (isElement(child)) check(child, 'messageML', presentation, 1)
  chimesAlone(root)
}

function check(element: Element, parent: string, presentation: boolean, depth: number): void {
  if (depth > DEEPEST) throw notWellFormed(`elements may be nested ${DEEPEST} deep`)
  const { tagName } = element
  const rule = ruleOf(tagName)
  if (!presentation && rule.presentation) throw unknown(tagName)
  if (presentation && rule.shorthand) throw badRequest(`Shorthand tag "${tagName}" is not allowed in PresentationML`)
  if (rule.within && !isWithin(element, rule.within)) throw notAllowed(tagName, parent)
  checkAttributes(element, rule)
  const fault = VALUES[tagName]?.(element)
  if (fault) throw badRequest(fault)
  const children = childrenOf(element)
  for (const child of children) checkChild(child, tagName, rule)
  if (Array.isArray(rule.holds) && !children.some(isElement))
    throw badRequest(
      `The "${tagName}" element must have at least one child that is any of the following elements: [${rule.holds.join(', ')}]`,
    )
  for (const child of children) if (isElement(child)) check(child, tagName, presentation, depth + 1)
}

function ruleOf(name: string): ElementRule {
  const rule = Object.hasOwn(ELEMENTS, name) ? ELEMENTS[name] : undefined
  if (!rule) throw unknown(name)
  return rule
}

const unknown = (name: string) => badRequest(`Invalid MessageML content at element "${name}"`)

const notAllowed = (child: string, parent: string) => badRequest(`Element "${child}" is not allowed in "${parent}"`)

/** Fields of a form may be at any depth below it; other elements must be direct children of their parent. */
function isWithin(element: Element, within: readonly string[]): boolean {
  const deep = within.includes('form')
  for (let above = element.parentNode; above && isElement(above); above = above.parentNode) {
    if (within.includes(above.tagName)) return true
    if (!deep) return false
  }
  return false
}

function checkChild(child: Node, parent: string, { holds }: ElementRule): void {
  if (isElement(child)) {
    ruleOf(child.tagName)
    const allowed = Array.isArray(holds)
      ? holds.includes(child.tagName)
      : holds === 'flow' || (holds === 'phrasing' && PHRASING.has(child.tagName))
    if (!allowed) throw notAllowed(child.tagName, parent)
    return
  }
  const text = textIn(child)?.trim()
  if (!text) return
  if (holds === 'nothing') throw badRequest(`Element "${parent}" may not have child elements or text content`)
  if (Array.isArray(holds)) throw badRequest(`Element "${parent}" may not have text content`)
}

function checkAttributes(element: Element, { attributes, required = [] }: ElementRule): void {
  attributesAllowed(element, [...COMMON, ...attributes])
  for (const name of required) if (!element.getAttribute(name)?.trim()) throw badRequest(`The attribute "${name}" is required`)
}

function attributesAllowed(element: Element, allowed: readonly string[]): void {
  for (const [name] of attributesOf(element)) {
    if (name === 'xmlns' || name.startsWith('xmlns:') || allowed.includes(name)) continue
    throw badRequest(`Attribute "${name}" is not allowed in "${element.tagName}"`)
  }
}

const VALUES: Readonly<Record<string, (element: Element) => string | undefined>> = {
  mention: (element) => {
    const uid = element.getAttribute('uid')
    if (uid === null && !element.getAttribute('email')) return 'The attribute "uid" or "email" is required'
    return uid !== null && !isInt64(uid) ? `Invalid input: uid must be a int64 value not "${uid}"` : undefined
  },
  hash: (element) => tagFault(element),
  cash: (element) => {
    const tag = element.getAttribute('tag') ?? ''
    if (/^\d+$/.test(tag)) return 'Values of the attribute "tag" of "cash" that are numbers must begin with an asterisk'
    return tagFault(element, tag.replace(/^\*/, ''))
  },
  a: (element) => {
    const href = element.getAttribute('href') ?? ''
    if (!URL.canParse(href)) return `Invalid input: href must be an absolute URI, not "${href}"`
    const { protocol } = new URL(href)
    return SCHEMES.includes(protocol) ? undefined : `Invalid input: the scheme of href may not be "${protocol.slice(0, -1)}"`
  },
}

function isInt64(text: string): boolean {
  return /^\d{1,19}$/.test(text) && BigInt(text) <= LARGEST_INT64
}

function tagFault(element: Element, tag = element.getAttribute('tag') ?? ''): string | undefined {
  return TAG.test(tag)
    ? undefined
    : `Values of the attribute "tag" of "${element.tagName}" may only contain letters, digits, "_", "." and "-"`
}

function chimesAlone(root: Element): void {
  if (root.getElementsByTagName('chime').length === 0) return
  const others = childrenOf(root).filter((child) => isElement(child) || textIn(child)?.trim())
  if (others.length > 1 || !isElement(others[0] ?? root) || (others[0] as Element).tagName !== 'chime')
    throw badRequest('Chime messages may not have any other content')
}

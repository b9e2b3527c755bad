import type { Element, Node } from '@xmldom/xmldom'
import { badRequest } from '../errors'
import type { UserRow } from '../model'
import { EMOJI } from './emoji'
import type { Entities } from './entities'
import { attributesOf, childrenOf, escapeAttribute, escapeText, isElement, textIn } from './parse'

/** Looks up mentioned users. */
export interface Directory {
  byId(id: number): UserRow | undefined
  byEmail(email: string): UserRow | undefined
}

const LITERAL = new Set(['pre', 'code', 'textarea'])
const VOID = new Set(['br', 'hr', 'img', 'audio'])
const CHIME = '<audio src="https://asset.symphony.com/symphony/audio/chime.mp3" autoplay="true"/>'

/** Writes a valid message in the form in which the platform stores it. */
export class Presenter {
  constructor(
    private readonly entities: Entities,
    private readonly directory: Directory,
  ) {}

  whole(root: Element): string {
    return `<div data-format="PresentationML" data-version="2.0">${this.inside(root, false)}</div>`
  }

  private readonly special: Readonly<Record<string, (element: Element) => string>> = {
    mention: (element) => this.mention(element),
    hash: (element) => {
      const tag = element.getAttribute('tag') ?? ''
      return entitySpan(this.entities.hashtag(tag), `#${tag}`)
    },
    cash: (element) => {
      const tag = element.getAttribute('tag') ?? ''
      return entitySpan(this.entities.cashtag(tag), `$${tag}`)
    },
    chime: () => CHIME,
    emoji: (element) => this.emoji(element),
    card: (element) => this.card(element, 'card'),
    'expandable-card': (element) => this.card(element, 'expandable-card'),
    header: (element) => `<div class="cardHeader">${this.inside(element, false)}</div>`,
    body: (element) => `<div class="cardBody">${this.inside(element, false)}</div>`,
  }

  private inside(element: Element, literal: boolean): string {
    return childrenOf(element)
      .map((child) => this.node(child, literal))
      .join('')
  }

  private node(node: Node, literal: boolean): string {
    if (isElement(node)) return this.element(node, literal)
    const text = textIn(node)
    if (text === undefined) return ''
    return escapeText(literal ? text : text.replace(/[ \t]*(?:\r\n|\r|\n)\s*/g, ' '))
  }

  private element(element: Element, literal: boolean): string {
    const { tagName } = element
    const special = this.special[tagName]
    if (special) return special(element)
    const own = attributesOf(element)
      .filter(([name]) => !name.startsWith('xmlns'))
      .map(([name, value]) => attribute(name === 'language' ? 'data-language' : name, value))
      .join('')
    const inner = this.inside(element, literal || LITERAL.has(tagName))
    return inner === '' && VOID.has(tagName) ? `<${tagName}${own}/>` : `<${tagName}${own}>${inner}</${tagName}>`
  }

  private mention(element: Element): string {
    const uid = element.getAttribute('uid')
    const email = element.getAttribute('email') ?? ''
    const user = uid === null ? this.directory.byEmail(email) : this.directory.byId(Number(uid))
    if (user) return entitySpan(this.entities.mention(user), `@${user.displayName}`)
    if (element.getAttribute('strict') === 'false') return escapeText(uid ?? email)
    throw badRequest(`Failed to lookup user "${uid ?? email}"`)
  }

  /** An unknown emoji shows the element's content, or its shortcode. */
  private emoji(element: Element): string {
    const shortcode = element.getAttribute('shortcode') ?? ''
    const unicode = Object.hasOwn(EMOJI, shortcode) ? EMOJI[shortcode] : undefined
    const shown = unicode ?? (element.textContent?.trim() || `:${shortcode}:`)
    return entitySpan(this.entities.emoji(shortcode, unicode), shown)
  }

  private card(element: Element, name: string): string {
    const [icon, accent] = [element.getAttribute('iconSrc'), element.getAttribute('accent')]
    const style = element.getAttribute('class')
    const attributes = [
      attribute('class', style ? `${name} ${style}` : name),
      icon === null ? '' : attribute('data-icon-src', icon),
      accent === null ? '' : attribute('data-accent-color', accent),
    ]
    return `<div${attributes.join('')}>${this.inside(element, false)}</div>`
  }
}

function entitySpan(id: string, text: string): string {
  return `<span class="entity" data-entity-id="${id}">${escapeText(text)}</span>`
}

function attribute(name: string, value: string): string {
  return ` ${name}="${escapeAttribute(value)}"`
}

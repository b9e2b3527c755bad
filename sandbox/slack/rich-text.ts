import { canonicalName } from './emoji'

type Element = Record<string, unknown>

/** Code, text in angle brackets, emoji by name, and formatting marks at the edges of words. */
const TOKENS =
  /```\n?(?<block>[\s\S]*?)\n?```|`(?<code>[^`\n]+)`|<(?<special>[^<>]+)>|:(?<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6](?:-[2-6])?)?):|(?<![\p{L}\p{N}])(?<mark>[*_~])(?<marked>\S(?:[^\n]*?\S)?)\k<mark>(?![\p{L}\p{N}])/gu
const STYLES: Readonly<Record<string, string>> = { '*': 'bold', _: 'italic', '~': 'strike' }

/** The block that Slack creates from a text without blocks. @param id of the block */
export function richText(text: string, id: string): Element[] {
  const parts: Element[] = []
  for (const element of elements(text, {})) {
    const last = parts.at(-1)
    if (element.type === 'preformatted') parts.push({ type: 'rich_text_preformatted', elements: element.elements, border: 0 })
    else if (last?.type === 'rich_text_section') (last.elements as Element[]).push(element)
    else parts.push({ type: 'rich_text_section', elements: [element] })
  }
  return [{ type: 'rich_text', block_id: id, elements: parts }]
}

function elements(text: string, style: Record<string, true>): Element[] {
  const found: Element[] = []
  let end = 0
  for (const match of text.matchAll(TOKENS)) {
    found.push(...words(text.slice(end, match.index), style), ...token(match.groups ?? {}, style))
    end = match.index + match[0].length
  }
  return [...found, ...words(text.slice(end), style)]
}

function words(text: string, style: Record<string, true>): Element[] {
  return text === '' ? [] : [{ type: 'text', text: unescaped(text), ...styled(style) }]
}

function token(groups: Record<string, string | undefined>, style: Record<string, true>): Element[] {
  const { block, code, special, emoji, mark, marked } = groups
  if (block !== undefined) return [{ type: 'preformatted', elements: words(block, {}) }]
  if (code !== undefined) return words(code, { ...style, code: true })
  if (special !== undefined) return [{ ...meant(special), ...styled(style) }]
  if (emoji !== undefined) return isEmoji(emoji) ? [{ type: 'emoji', name: emoji }] : words(`:${emoji}:`, style)
  return elements(marked ?? '', { ...style, [STYLES[mark ?? ''] ?? 'bold']: true })
}

/** A time of day also contains colons. */
function isEmoji(name: string): boolean {
  return canonicalName(name) !== undefined || !/^\d+$/.test(name)
}

/** A person, a channel, a group, an audience, a date or a link. */
function meant(special: string): Element {
  const [target = '', label] = special.split('|')
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) }
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) }
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: target.slice(9) }
  if (target.startsWith('!date^')) {
    const [, timestamp, format] = target.split('^')
    return { type: 'date', timestamp: Number(timestamp), format, fallback: label ?? '' }
  }
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) }
  return { type: 'link', url: unescaped(target), ...(label === undefined ? {} : { text: unescaped(label) }) }
}

function styled(style: Record<string, true>): Element {
  return Object.keys(style).length > 0 ? { style } : {}
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

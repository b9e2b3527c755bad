import type { Content, Piece, Renderer } from '../../chat/content'
import { ruledTable } from '../../chat/text-table'

/** Invisible; keeps the marks beside it from forming a pair with others. */
const JOINER = '\u2060'
/** Invisible, and a word boundary: marks work beside it. */
const BORDER = '\u200B'
/** Marks that open or close a style at a word boundary. */
const MARK = /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu
const GRAVE = '\u02CB'
const FORMATTED = new Set(['bold', 'italic', 'code', 'block', 'table'])

/** Slack documents that only these three are escaped. */
function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Code ends at the next backtick, and there is no escape, so a backtick inside becomes a letter that looks like it. */
function code(text: string): string {
  return entities(text).replaceAll('`', GRAVE)
}

function fenced(text: string): string {
  return `\`\`\`\n${code(text)}\n\`\`\``
}

function piece(one: Piece): string {
  switch (one.kind) {
    case 'text':
      return mrkdwn.escape(one.text)
    case 'bold':
      return `*${mrkdwn.escape(one.text)}*`
    case 'italic':
      return `_${mrkdwn.escape(one.text)}_`
    case 'code':
      return `\`${code(one.text)}\``
    case 'block':
      return fenced(one.text)
    case 'table':
      return fenced(ruledTable(one.rows).join('\n'))
    case 'mention':
      return `<@${one.id}>`
    case 'channel':
      return `<#${one.id}>`
    case 'role':
      throw new Error('Slack has no roles.')
    case 'everyone':
      return `<!${one.audience}>`
    case 'hashtag':
      return mrkdwn.escape(`#${one.text}`)
    case 'cashtag':
      return mrkdwn.escape(`$${one.text}`)
    case 'break':
      return '\n'
  }
}

/**
 * Slack's mrkdwn. Its marks have no escape: where they could be parsed, a word joiner on both sides prevents it. Code blocks have
 * no language, and there are no tables: one is sent as a preformatted block with aligned columns.
 */
export const mrkdwn: Renderer = {
  escape: (text) => entities(text).replaceAll(MARK, (runId) => JOINER + runId + JOINER),
  render: (content) => {
    let text = ''
    for (const one of content) {
      const next = piece(one)
      text += touches(text, next, one) ? BORDER + next : next
    }
    return text
  },
}

/** A mark directly beside a letter has no effect. */
function touches(before: string, next: string, one: Piece): boolean {
  const afterWord = FORMATTED.has(one.kind) && /[\p{L}\p{N}]$/u.test(before)
  const afterMark = /[*_`]$/.test(before) && /^[\p{L}\p{N}]/u.test(next)
  return afterWord || afterMark
}

/** Whether the content needs markup; without any, Slack's markup parsing can be disabled. */
export function isFormatted(content: Content): boolean {
  return content.some(({ kind }) => FORMATTED.has(kind))
}

/** Flags, keycaps, and characters with their modifiers: a skin tone, a tag, another joined character. */
const EMOJI =
  /\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier}|[\u{E0020}-\u{E007F}]|\u200D\p{Extended_Pictographic})*/u
const ADDRESS = /https?:\/\/(?:(?!&[lg]t;)[^\s<>|])+/g

/** What Slack returns after this was sent: URLs wrapped as links, and emoji as names, which are left out here. */
export function expectedMarkup(content: Content): string[] {
  return content
    .filter(({ kind }) => kind !== 'break')
    .flatMap((one) => piece(one).replaceAll(ADDRESS, '<$&>').split(EMOJI))
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** A message as a reader sees it: without markup, links as their text, users and channels with their sign. */
export function plainOf(text: string): string {
  return text
    .split(/(```[\s\S]*?```|(?<!\u2060)`(?!\u2060)[^`\n]+`)/)
    .map((part) => (part.startsWith('`') ? part.replace(/^```\n?|\n?```$|^`|`$/g, '') : unmarked(part)))
    .join('')
    .replaceAll(JOINER, '')
    .replaceAll(BORDER, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function unmarked(text: string): string {
  return text
    .replaceAll(/(?<![\p{L}\p{N}\u2060])([*_~])(?![\s\u2060])([^\n]*?)(?<![\s\u2060])\1(?![\p{L}\p{N}\u2060])/gu, '$2')
    .replaceAll(/<@([A-Z0-9]+)(?:\|([^<>]*))?>/g, (_all, id: string, name?: string) => `@${name ?? id}`)
    .replaceAll(/<#([A-Z0-9]+)(?:\|([^<>]*))?>/g, (_all, id: string, name?: string) => `#${name || id}`)
    .replaceAll(/<!([a-z]+)(?:\^[^<>|]*)?(?:\|([^<>]*))?>/g, (_all, name: string, label?: string) => label ?? `@${name}`)
    .replaceAll(
      /<([^<>|]+)(?:\|([^<>]*))?>/g,
      (_all, address: string, label?: string) => label ?? address.replace(/^mailto:/, ''),
    )
}

export function mentionsIn(text: string): string[] {
  return [...text.matchAll(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g)].map(([, id = '']) => id)
}

export function channelsIn(text: string): string[] {
  return [...text.matchAll(/<#([A-Z0-9]+)(?:\|[^<>]*)?>/g)].map(([, id = '']) => id)
}

export function mentionsEveryone(text: string): boolean {
  return /<!(?:here|channel|everyone)(?:\|[^<>]*)?>/.test(text)
}

/** The content as a reader sees it, in the spelling of `ChatMessage.text`. */
export function expectedText(content: Content): string {
  return plainOf(mrkdwn.render(content))
}

/** Slack returns an emoji by its short name, so each is replaced by the same sign. */
export function withoutEmoji(text: string): string {
  return text.replaceAll(new RegExp(EMOJI, 'gu'), '\u25a1').replaceAll(/:[a-z0-9_+-]+:/g, '\u25a1')
}

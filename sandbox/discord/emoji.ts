import { refuse } from './errors'
import type { Emoji, GuildRow } from './model'

/** The type library of the compiler's target lacks this flag; every supported Node has it. */
const SETS: string = 'v'
const UNICODE_EMOJI = new RegExp('^\\p{RGI_Emoji}$', SETS)
const VARIATION = '\u{FE0F}'
const CUSTOM = /^(?:a:)?([\w~]{1,32}):(\d{1,20})$/

/**
 * The emoji of a path: a Unicode one, with or without the variation selector for colour, or `name:id` of a guild's own.
 * @throws 400/10014 for anything else
 */
export function emojiNamed(text: string, guilds: readonly GuildRow[]): Emoji {
  const custom = CUSTOM.exec(text)
  if (custom) {
    const known = guilds.flatMap(({ emojis }) => emojis).find(({ id }) => id === custom[2])
    if (known) return { ...known }
    throw refuse('unknownEmoji')
  }
  for (const name of [text, `${text}${VARIATION}`]) if (UNICODE_EMOJI.test(name)) return { id: null, name, animated: false }
  const bare = text.replaceAll(VARIATION, '')
  if (UNICODE_EMOJI.test(bare)) return { id: null, name: bare, animated: false }
  throw refuse('unknownEmoji')
}

export function sameEmoji(one: Emoji, other: Emoji): boolean {
  return one.id === other.id && (one.id !== null || one.name.replaceAll(VARIATION, '') === other.name.replaceAll(VARIATION, ''))
}

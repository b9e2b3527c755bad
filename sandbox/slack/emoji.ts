import { EMOJI } from './emoji-names'

/** Further names in Slack that are not in the list, with the names they represent. */
const ALIASES: Readonly<Record<string, string>> = {
  rofl: 'rolling_on_the_floor_laughing',
  thinking: 'thinking_face',
  clown: 'clown_face',
  unicorn: 'unicorn_face',
}
const SKIN_TONES = ['🏻', '🏼', '🏽', '🏾', '🏿']
const TONE = new RegExp(SKIN_TONES.join('|'), 'gu')
const VARIATION = /\uFE0F/g
/** Matches whole emoji sequences; built at run time, because the compiler's target lacks the flag. */
const BY_SEQUENCE: string = 'gv'
/** Whole sequences first: a family is one emoji, not its members. Signs that are mostly used as plain characters are not replaced. */
const ANY = new RegExp(
  '\\p{RGI_Emoji}|(?![©®™])\\p{Extended_Pictographic}\\uFE0F?(?:\\u200D\\p{Extended_Pictographic}\\uFE0F?)*',
  BY_SEQUENCE,
)

const entries = EMOJI.map((entry): [string, string[]] => {
  const [character = '', ...names] = entry.split(' ')
  return [character, names]
})
const byCharacter = new Map(entries.map(([character, [name = '']]) => [character, name]))
const canonical = new Map([
  ...entries.flatMap(([, names]) => names.map((name): [string, string] => [name, names[0] ?? ''])),
  ...Object.entries(ALIASES),
])

/** Characters become `:short_name:`, with the skin tone as a second name; unknown characters are not changed. */
export function toShortNames(text: string): string {
  return text.replace(ANY, (found) => {
    const name = byCharacter.get(found.replace(TONE, '').replace(VARIATION, ''))
    return name === undefined ? found : `:${name}:${tonesOf(found)}`
  })
}

/** Each of two people may have a skin tone. */
function tonesOf(found: string): string {
  const tones = [...new Set(found.match(TONE) ?? [])].map((tone) => SKIN_TONES.indexOf(tone) + 2)
  return tones.length === 0 ? '' : `:skin-tone-${tones.join('-')}:`
}

/** The canonical name of an emoji with several names; a skin tone makes a different emoji. Undefined for an unknown name. */
export function canonicalName(name: string, custom: readonly string[] = []): string | undefined {
  const [, base = '', tone = ''] = /^(.+?)(::skin-tone-[2-6](?:-[2-6])?)?$/.exec(name) ?? []
  if (custom.includes(base)) return tone === '' ? base : undefined
  const found = canonical.get(base)
  return found === undefined ? undefined : `${found}${tone}`
}

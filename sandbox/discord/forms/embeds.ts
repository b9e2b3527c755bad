import { z } from 'zod'
import { type Complaint, invalidForm } from '../errors'
import { stamp } from '../shapes/times'
import { flag, instant, int, list, maybe, someText, text } from '../validation'

const url = maybe(text(2_048))
const picture = maybe(z.looseObject({ url: someText(2_048) }))

export const embed = z.object({
  title: maybe(text(256)),
  type: maybe(text(32)),
  description: maybe(text(4_096)),
  url,
  timestamp: maybe(instant),
  color: maybe(int(0, 0xffffff)),
  footer: maybe(z.object({ text: someText(2_048), icon_url: url })),
  image: picture,
  thumbnail: picture,
  author: maybe(z.object({ name: someText(256), url, icon_url: url })),
  fields: maybe(list(z.object({ name: someText(256), value: someText(1_024), inline: maybe(flag) }), 25)),
})

export type Embed = z.infer<typeof embed>

const MOST_CHARACTERS = 6_000

/** Embeds as a message stores them: texts trimmed, type always `rich`. @throws 400/50035 for empty ones and for too much text in total */
export function embedsOf(wanted: readonly Embed[]): Record<string, unknown>[] {
  const complaints = wanted.flatMap((one, place) => [...emptyOne(one, place), ...badLink(one, place)])
  const total = wanted.reduce((all, one) => all + lengthOf(one), 0)
  if (total > MOST_CHARACTERS) {
    const message = `Embed size exceeds maximum size of ${MOST_CHARACTERS}`
    complaints.push({ path: ['embeds'], code: 'MAX_EMBED_SIZE_EXCEEDED', message })
  }
  if (complaints.length > 0) throw invalidForm(complaints)
  return wanted.map((one) => trimmed({ ...one, type: 'rich', ...datedIn(one), ...fieldsIn(one) }))
}

const datedIn = ({ timestamp }: Embed) => (timestamp === undefined ? {} : { timestamp: stamp(timestamp) })
const fieldsIn = ({ fields }: Embed) =>
  fields ? { fields: fields.map((field) => ({ ...field, inline: field.inline ?? false })) } : {}

function emptyOne(one: Embed, place: number): Complaint[] {
  const { type: _, color: __, ...said } = one
  const isEmpty = Object.values(said).every(
    (value) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0),
  )
  return isEmpty
    ? [{ path: ['embeds', place, 'description'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }]
    : []
}

function badLink({ url: link }: Embed, place: number): Complaint[] {
  if (!link || /^https?:\/\/\S+$/i.test(link)) return []
  return [{ path: ['embeds', place, 'url'], code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }]
}

function lengthOf({ title, description, footer, author, fields }: Embed): number {
  const texts = [title, description, footer?.text, author?.name, ...(fields ?? []).flatMap(({ name, value }) => [name, value])]
  return texts.reduce((all, one) => all + [...(one ?? '').trim()].length, 0)
}

function trimmed<T>(value: T): T {
  if (typeof value === 'string') return value.trim() as T
  if (Array.isArray(value)) return value.map(trimmed) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, trimmed(inner)]),
  ) as T
}

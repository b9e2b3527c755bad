import { badRequest } from '../errors'
import { CASHTAG, Entities, HASHTAG, MENTION, readEntities } from './entities'
import { parse } from './parse'
import { type Directory, Presenter } from './present'
import { expand } from './template'
import { validate } from './validate'

/** Maximum number of characters of a message. */
const LONGEST = 81_130
const MOST_ENTITIES = 40
const MOST_TOKENS = 2_500

/** A message as the platform stores it. */
export interface Normalised {
  presentation: string
  data: string
  text: string
  mentions: number[]
  hashtags: string[]
  cashtags: string[]
}

/**
 * Processes MessageML or PresentationML as the platform does: template, parsing, validation, entities, limits.
 * @param data EntityJSON sent with it
 * @throws 400 with the reason
 */
export function normalise(source: string, data: string | undefined, directory: Directory): Normalised {
  const given = readEntities(data)
  const root = parse(expand(source, given))
  validate(root)
  const entities = new Entities(given)
  const presentation = new Presenter(entities, directory).whole(root)
  const text = textOf(presentation)
  keepsLimits(presentation, text, entities)
  return {
    presentation,
    data: entities.json,
    text,
    mentions: entities.named(MENTION).map(Number),
    hashtags: entities.named(HASHTAG),
    cashtags: entities.named(CASHTAG),
  }
}

function keepsLimits(presentation: string, text: string, entities: Entities): void {
  if (text === '' && !/<(?:img|audio|hr|br)\b/.test(presentation))
    throw badRequest('Error parsing message: the message cannot be null or empty')
  if (text.length > LONGEST) throw badRequest(`Message is too long: ${text.length} characters, the limit is ${LONGEST}`)
  if (entities.size > MOST_ENTITIES)
    throw badRequest(`Message has too many entities: ${entities.size}, the limit is ${MOST_ENTITIES}`)
  const tokens = new Set(text.toLowerCase().split(/\s+/)).size
  if (tokens > MOST_TOKENS) throw badRequest(`Message has too many unique tokens: ${tokens}, the limit is ${MOST_TOKENS}`)
}

/** The text that a reader sees. */
function textOf(presentation: string): string {
  return presentation
    .replace(/^<div [^>]*>|<\/div>$/g, '')
    .replace(/<(?:br|hr)\/>|<\/(?:p|div|li|tr|td|th|h\d|pre)>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

import { badRequest } from '../errors'
import type { UserRow } from '../model'

export const MENTION = 'com.symphony.user.mention'
export const HASHTAG = 'org.symphonyoss.taxonomy'
export const CASHTAG = 'org.symphonyoss.fin.security'

/** Entities of one message, numbered across all kinds: `mention1`, `keyword2`, `emoji3`. */
export class Entities {
  private count = 0

  /** @param given EntityJSON sent with the message */
  constructor(private readonly given: Record<string, unknown>) {}

  mention(user: UserRow): string {
    return this.identified('mention', MENTION, { type: 'com.symphony.user.userId', value: String(user.id) })
  }

  hashtag(tag: string): string {
    return this.identified('keyword', HASHTAG, { type: 'org.symphonyoss.taxonomy.hashtag', value: tag })
  }

  cashtag(tag: string): string {
    return this.identified('keyword', CASHTAG, { type: 'org.symphonyoss.fin.security.id.ticker', value: tag })
  }

  /** @param unicode absent for an unknown shortcode */
  emoji(shortcode: string, unicode: string | undefined): string {
    return this.add('emoji', {
      type: 'com.symphony.emoji',
      version: '1.0',
      data: { shortcode, annotation: shortcode.replaceAll('_', ' '), size: 'normal', ...(unicode ? { unicode } : {}) },
    })
  }

  /** The values of all entities of a type, those given included: ids of users, or tags. */
  named(type: string): string[] {
    const entities = Object.values(this.given).filter(isEntity)
    return entities.filter((entity) => entity.type === type).flatMap(({ id }) => id.map(({ value }) => String(value)))
  }

  /** The number of entities, those given included. */
  get size(): number {
    return Object.keys(this.given).length
  }

  get json(): string {
    return JSON.stringify(this.given)
  }

  private identified(prefix: string, type: string, id: { type: string; value: string }): string {
    return this.add(prefix, { type, version: '1.0', id: [id] })
  }

  private add(prefix: string, entity: object): string {
    let id: string
    do id = `${prefix}${++this.count}`
    while (Object.hasOwn(this.given, id))
    this.given[id] = entity
    return id
  }
}

interface Entity {
  type: unknown
  id: { value: unknown }[]
}

function isEntity(what: unknown): what is Entity {
  if (typeof what !== 'object' || what === null || !('type' in what && 'id' in what)) return false
  return Array.isArray(what.id) && what.id.every((one: unknown) => typeof one === 'object' && one !== null && 'value' in one)
}

/** @throws 400 where it is not a JSON object */
export function readEntities(data: string | undefined): Record<string, unknown> {
  if (!data?.trim()) return {}
  try {
    const parsed: unknown = JSON.parse(data)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw badRequest(`Error parsing EntityJSON: ${error.message}`)
  }
  throw badRequest('Error parsing EntityJSON: it must be an object')
}

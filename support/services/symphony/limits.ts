import type { Content } from '../../chat/content'

/** Symphony's documented limits of one message. */
export const LONGEST = 81_130
export const MOST_ENTITIES = 40
const MOST_TOKENS = 2_500
/** Bytes of all that is attached. */
export const LARGEST_FILE = 30 * 1024 * 1024
export const LONGEST_ROOM_NAME = 50

const ENTITIES = new Set(['mention', 'hashtag', 'cashtag'])
const TAG = /^\*?[\p{L}\p{N}_.-]+$/u

/** A message that Symphony would refuse; found before it was sent. */
export class MessageLimitError extends Error {
  constructor(why: string) {
    super(`Symphony takes no message ${why}.`)
    this.name = 'MessageLimitError'
  }
}

/** Attachments are left to the service. @throws MessageLimitError for content that is more than a message may hold */
export function checkLimits(content: Content): void {
  const words = content.map((piece) =>
    piece.kind === 'table' ? piece.rows.flat().join(' ') : 'text' in piece ? piece.text : ' ',
  )
  const text = words.join('')
  if (text === '' && content.length === 0) throw new MessageLimitError('without text')
  if (text.length > LONGEST) throw new MessageLimitError(`of ${text.length} characters; ${LONGEST} are the most`)
  const entities = content.filter(({ kind }) => ENTITIES.has(kind)).length
  if (entities > MOST_ENTITIES) throw new MessageLimitError(`with ${entities} mentions and tags; ${MOST_ENTITIES} are the most`)
  const tokens = new Set(text.toLowerCase().split(/\s+/)).size
  if (tokens > MOST_TOKENS) throw new MessageLimitError(`of ${tokens} different words; ${MOST_TOKENS} are the most`)
  for (const piece of content) checkTag(piece)
}

function checkTag(piece: Content[number]): void {
  if (piece.kind !== 'hashtag' && piece.kind !== 'cashtag') return
  if (!TAG.test(piece.text)) throw new MessageLimitError(`with the tag "${piece.text}": letters, digits, _ . and - make a tag`)
}

import type { Content } from '../../chat/content'

/** Symphony's documented limits of one message. */
export const LONGEST = 81_130
export const MOST_ENTITIES = 40
const MOST_TOKENS = 2_500
/** Total bytes of all attachments. */
export const LARGEST_FILE = 30 * 1024 * 1024
export const LONGEST_ROOM_NAME = 50

const ENTITIES = new Set(['mention', 'hashtag', 'cashtag'])
const TAG = /^\*?[\p{L}\p{N}_.-]+$/u

/** A message that Symphony would refuse, detected before it is sent. */
export class MessageLimitError extends Error {
  constructor(why: string) {
    super(`Symphony accepts no message ${why}.`)
    this.name = 'MessageLimitError'
  }
}

/** Attachments are checked by the service. @throws MessageLimitError for content over a limit of a message */
export function checkLimits(content: Content): void {
  const words = content.map((piece) =>
    piece.kind === 'table' ? piece.rows.flat().join(' ') : 'text' in piece ? piece.text : ' ',
  )
  const text = words.join('')
  if (text === '' && content.length === 0) throw new MessageLimitError('without text')
  if (text.length > LONGEST) throw new MessageLimitError(`of ${text.length} characters; ${LONGEST} is the maximum`)
  const entities = content.filter(({ kind }) => ENTITIES.has(kind)).length
  if (entities > MOST_ENTITIES) throw new MessageLimitError(`with ${entities} mentions and tags; ${MOST_ENTITIES} is the maximum`)
  const tokens = new Set(text.toLowerCase().split(/\s+/)).size
  if (tokens > MOST_TOKENS) throw new MessageLimitError(`of ${tokens} different words; ${MOST_TOKENS} is the maximum`)
  for (const piece of content) checkTag(piece)
}

function checkTag(piece: Content[number]): void {
  if (piece.kind !== 'hashtag' && piece.kind !== 'cashtag') return
  if (!TAG.test(piece.text)) throw new MessageLimitError(`with the tag "${piece.text}": letters, digits, _ . and - make a tag`)
}

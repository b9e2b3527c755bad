import { checkedBlocks } from '../blocks'
import type { Call } from '../context'
import { invalidArguments, refused } from '../errors'
import type { MessageRow } from '../model'
import { keptText } from '../posting'

const LONGEST_TEXT = 40_000
const LONGEST_MARKDOWN = 12_000
const MOST_ATTACHMENTS = 100

type Content = Pick<MessageRow, 'text' | 'blocks' | 'attachments'>

/**
 * The content of a message: text, blocks, attachments or Markdown.
 * @param before the message to be changed: its attachments are kept unless others are given, its blocks unless there is a new text
 * @throws no_text where there is no content, and the errors of each part
 */
export function contentOf(call: Call, before?: MessageRow): Content {
  const { args, store } = call
  const markdown = args.text('markdown_text')
  if (markdown !== undefined) return ofMarkdown(call, markdown)
  const text = cut(call, args.text('text') ?? '')
  const givenBlocks = args.json('blocks', () => refused('invalid_blocks_format'))
  const blocks = givenBlocks === undefined ? undefined : checkedBlocks(givenBlocks, () => store.letters(5))
  const attachments = attachmentsOf(call)
  if (text.trim() === '' && !blocks?.length && !attachments?.length) throw refused('no_text')
  const keptBlocks = before && text === '' ? before.blocks : null
  return {
    text: text === '' && before ? before.text : keptText(call, text),
    blocks: blocks === undefined ? keptBlocks : orNothing(blocks),
    attachments: attachments === undefined ? (before?.attachments ?? null) : orNothing(attachments),
  }
}

function orNothing<T>(list: T[]): T[] | null {
  return list.length > 0 ? list : null
}

function ofMarkdown(call: Call, markdown: string): Content {
  if (call.args.has('text') || call.args.has('blocks')) throw refused('markdown_text_conflict')
  if (markdown.length > LONGEST_MARKDOWN) throw refused('msg_too_long')
  const block = { type: 'markdown', text: markdown, block_id: call.store.letters(5) }
  return { text: keptText(call, markdown), blocks: [block], attachments: null }
}

/** A text that is too long is truncated, with a warning. */
function cut(call: Call, text: string): string {
  if (text.length <= LONGEST_TEXT) return text
  call.warn('message_truncated')
  return text.slice(0, LONGEST_TEXT)
}

function attachmentsOf({ args }: Call): Record<string, unknown>[] | undefined {
  const complain = () => invalidArguments('must be an array of objects [json-pointer:/attachments]')
  const value = args.json('attachments', complain)
  if (value === undefined) return undefined
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'object' || one === null)) throw complain()
  if (value.length > MOST_ATTACHMENTS) throw refused('too_many_attachments')
  return value.map((one, index) => ({ id: index + 1, ...(one as object) }))
}

/** @throws invalid_metadata_format unless it contains an event type and an object */
export function metadataOf({ args }: Call): MessageRow['metadata'] {
  const value = args.json('metadata', () => refused('invalid_metadata_format'))
  if (value === undefined) return null
  const { event_type, event_payload } = (value ?? {}) as { event_type?: unknown; event_payload?: unknown }
  if (typeof event_type !== 'string' || typeof event_payload !== 'object' || event_payload === null)
    throw refused('invalid_metadata_format')
  return { event_type, event_payload }
}

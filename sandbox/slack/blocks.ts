import { refused, withMessages } from './errors'

const MOST_BLOCKS = 50

type Block = Record<string, unknown>
/** Adds an error about the value at a JSON pointer. */
type Complain = (message: string, pointer: string) => undefined
type Check<T = Block> = (value: T, at: string, complain: Complain) => void

const required =
  (...fields: readonly string[]): Check =>
  (block, at, complain) => {
    for (const field of fields) if (block[field] === undefined) complain(`missing required field: ${field}`, at)
  }

const requiredUnless =
  (other: string, field: string): Check =>
  (block, at, complain) => {
    if (block[other] === undefined) required(field)(block, at, complain)
  }

const longest =
  (field: string, most: number): Check =>
  (block, at, complain) => {
    const value = block[field]
    if (typeof value === 'string' && value.length > most) complain(`must be less than ${most + 1} characters`, `${at}/${field}`)
  }

/** Text objects are `plain_text` or `mrkdwn`, never empty, with the maximum length of their place. */
const text =
  (most: number, kinds = ['plain_text', 'mrkdwn']): Check<unknown> =>
  (value, at, complain) => {
    if (typeof value !== 'object' || value === null) return complain('should be an object', at)
    const { type, text: content } = value as Block
    if (!kinds.includes(String(type))) return complain(`must be one of ${kinds.join(', ')}`, `${at}/type`)
    if (typeof content !== 'string') return complain('missing required field: text', at)
    if (content.length === 0) complain('must be more than 0 characters', `${at}/text`)
    if (content.length > most) complain(`must be less than ${most + 1} characters`, `${at}/text`)
  }

const list =
  (most: number, { least = 1, item = () => undefined }: { least?: number; item?: Check<unknown> } = {}): Check<unknown> =>
  (value, at, complain) => {
    if (!Array.isArray(value)) return complain('should be an array', at)
    if (value.length > most) complain(`no more than ${most} items allowed [found ${value.length}]`, at)
    if (value.length < least) complain(`no fewer than ${least} items allowed`, at)
    for (const [index, one] of value.entries()) item(one, `${at}/${index}`, complain)
  }

/** Checks the value of a field where there is one. */
const field =
  (name: string, check: Check<unknown>): Check =>
  (block, at, complain) => {
    if (block[name] !== undefined) check(block[name], `${at}/${name}`, complain)
  }

const row: Check<unknown> = (value, at, complain) => {
  if (!Array.isArray(value)) return complain('should be an array', at)
  if (value.length > 20) complain(`no more than 20 items allowed [found ${value.length}]`, at)
  for (const [index, cell] of value.entries()) {
    const type = (cell as Block | null)?.type
    if (type !== 'raw_text' && type !== 'rich_text') complain('must be one of raw_text, rich_text', `${at}/${index}/type`)
  }
}

const elements = (most: number): Check[] => [required('elements'), field('elements', list(most))]

const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  section: [requiredUnless('fields', 'text'), field('text', text(3_000)), field('fields', list(10, { item: text(2_000) }))],
  header: [required('text'), field('text', text(150, ['plain_text']))],
  image: [required('alt_text'), requiredUnless('slack_file', 'image_url'), longest('image_url', 3_000)],
  markdown: [required('text'), longest('text', 12_000)],
  table: [required('rows'), field('rows', list(100, { item: row })), field('column_settings', list(20, { least: 0 }))],
  divider: [],
  context: elements(10),
  actions: elements(25),
  context_actions: elements(5),
  rich_text: elements(Number.POSITIVE_INFINITY),
  input: [required('label', 'element')],
  file: [required('external_id', 'source')],
  video: [required('alt_text', 'title', 'thumbnail_url', 'video_url')],
  call: [required('call_id')],
}

/**
 * Blocks as they are stored, each with a `block_id`.
 * @throws invalid_blocks_format for anything but a list of objects, invalid_blocks with the JSON pointer of every error
 */
export function checkedBlocks(value: unknown, id: () => string): Block[] {
  if (!Array.isArray(value) || value.some((block) => typeof block !== 'object' || block === null || Array.isArray(block)))
    throw refused('invalid_blocks_format')
  const messages: string[] = []
  const complain: Complain = (message, pointer) => {
    messages.push(`${message} [json-pointer:${pointer}]`)
    return undefined
  }
  if (value.length > MOST_BLOCKS) complain(`no more than ${MOST_BLOCKS} items allowed [found ${value.length}]`, '/blocks')
  const blocks = value as Block[]
  for (const [index, block] of blocks.entries()) checkBlock(block, `/blocks/${index}`, complain)
  if (blocks.filter(({ type }) => type === 'table').length > 1) complain('only one table is allowed in a message', '/blocks')
  if (messages.length > 0) throw withMessages('invalid_blocks', messages)
  return blocks.map((block) => ({ ...block, block_id: block.block_id ?? id() }))
}

function checkBlock(block: Block, at: string, complain: Complain): undefined {
  if (block.type === undefined) return complain('missing required field: type', at)
  const type = String(block.type)
  const checks = Object.hasOwn(CHECKS, type) ? CHECKS[type] : undefined
  if (!checks) return complain(`unsupported type: ${type}`, `${at}/type`)
  for (const check of [longest('block_id', 255), ...checks]) check(block, at, complain)
}

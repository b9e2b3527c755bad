import { refused, withMessages } from './errors'

const MOST_BLOCKS = 50

type Block = Record<string, unknown>
/** Adds an error about the value at a JSON pointer. */
type Complain = (message: string, pointer: string) => undefined
type Check = (block: Block, at: string, complain: Complain) => void

const required =
  (...fields: readonly string[]): Check =>
  (block, at, complain) => {
    for (const field of fields) if (block[field] === undefined) complain(`missing required field: ${field}`, at)
  }

/** Text objects are `plain_text` or `mrkdwn`, never empty, with the maximum length of their place. */
function checkText(
  value: unknown,
  { at, most, kinds }: { at: string; most: number; kinds: string[] },
  complain: Complain,
): undefined {
  const text = value as Block | undefined
  if (text === undefined) return
  if (typeof text !== 'object' || text === null) return complain('should be an object', at)
  if (!kinds.includes(String(text.type))) return complain(`must be one of ${kinds.join(', ')}`, `${at}/type`)
  if (typeof text.text !== 'string') return complain('missing required field: text', at)
  if (text.text.length === 0) complain('must be more than 0 characters', `${at}/text`)
  if (text.text.length > most) complain(`must be less than ${most + 1} characters`, `${at}/text`)
}

function checkList(
  block: Block,
  field: string,
  { at, most, least = 1 }: { at: string; most: number; least?: number },
  complain: Complain,
): unknown[] {
  const list = block[field]
  if (!Array.isArray(list)) {
    complain(
      list === undefined ? `missing required field: ${field}` : 'should be an array',
      list === undefined ? at : `${at}/${field}`,
    )
    return []
  }
  if (list.length > most) complain(`no more than ${most} items allowed [found ${list.length}]`, `${at}/${field}`)
  if (list.length < least) complain(`no fewer than ${least} items allowed`, `${at}/${field}`)
  return list
}

const section: Check = (block, at, complain) => {
  if (block.text === undefined && block.fields === undefined) complain('missing required field: text', at)
  checkText(block.text, { at: `${at}/text`, most: 3_000, kinds: ['plain_text', 'mrkdwn'] }, complain)
  if (block.fields === undefined) return
  for (const [index, field] of checkList(block, 'fields', { at, most: 10 }, complain).entries())
    checkText(field, { at: `${at}/fields/${index}`, most: 2_000, kinds: ['plain_text', 'mrkdwn'] }, complain)
}

const header: Check = (block, at, complain) => {
  required('text')(block, at, complain)
  checkText(block.text, { at: `${at}/text`, most: 150, kinds: ['plain_text'] }, complain)
}

const image: Check = (block, at, complain) => {
  required('alt_text')(block, at, complain)
  if (block.image_url === undefined && block.slack_file === undefined) complain('missing required field: image_url', at)
  if (typeof block.image_url === 'string' && block.image_url.length > 3_000)
    complain('must be less than 3001 characters', `${at}/image_url`)
}

const markdown: Check = (block, at, complain) => {
  required('text')(block, at, complain)
  if (typeof block.text === 'string' && block.text.length > 12_000) complain('must be less than 12001 characters', `${at}/text`)
}

const elements =
  (most: number): Check =>
  (block, at, complain) =>
    void checkList(block, 'elements', { at, most }, complain)

const table: Check = (block, at, complain) => {
  const rows = checkList(block, 'rows', { at, most: 100 }, complain)
  for (const [index, row] of rows.entries()) checkRow(row, `${at}/rows/${index}`, complain)
  if (block.column_settings !== undefined) checkList(block, 'column_settings', { at, most: 20, least: 0 }, complain)
}

function checkRow(row: unknown, at: string, complain: Complain): undefined {
  if (!Array.isArray(row)) return complain('should be an array', at)
  if (row.length > 20) complain(`no more than 20 items allowed [found ${row.length}]`, at)
  for (const [index, cell] of row.entries()) {
    const type = (cell as Block | null)?.type
    if (type !== 'raw_text' && type !== 'rich_text') complain('must be one of raw_text, rich_text', `${at}/${index}/type`)
  }
}

const CHECKS: Readonly<Record<string, Check>> = {
  section,
  header,
  image,
  markdown,
  table,
  divider: () => undefined,
  context: elements(10),
  actions: elements(25),
  context_actions: elements(5),
  rich_text: elements(Number.POSITIVE_INFINITY),
  input: required('label', 'element'),
  file: required('external_id', 'source'),
  video: required('alt_text', 'title', 'thumbnail_url', 'video_url'),
  call: required('call_id'),
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
  const check = Object.hasOwn(CHECKS, type) ? CHECKS[type] : undefined
  if (!check) return complain(`unsupported type: ${type}`, `${at}/type`)
  if (typeof block.block_id === 'string' && block.block_id.length > 255)
    complain('must be less than 256 characters', `${at}/block_id`)
  check(block, at, complain)
}

import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { NewFile } from '../adapter'
import type { ChatState } from '../state'
import { BOT, expectAsMeant, reread, send } from './send'

type Rows = readonly (readonly string[])[]

/** A row per file: its name, and its content (`text`, `binary`, `the maximum size` or `one byte more`). */
export async function sendWithFiles(state: ChatState, text: string, rows: Rows): Promise<void> {
  const { largestFile } = await state.chat()
  await send(state, BOT, text, { files: rows.map(([name = '', kind = '']) => fileOf(name, kind, largestFile)) })
}

/** If files are announced first, the announcement of a file that is too large is refused. */
export async function trySendWithFiles(state: ChatState, text: string, rows: Rows): Promise<void> {
  const chat = await state.chat()
  const tooLarge = rows.find(([, kind]) => kind === ONE_BYTE_MORE)?.[0]
  await state.world.attempt(async () => {
    if (tooLarge !== undefined && chat.announceFile) await chat.announceFile(tooLarge, chat.largestFile + 1)
    else await sendWithFiles(state, text, rows)
  })
}

/** Exactly the files that were attached, each byte for byte. */
export async function expectFiles(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  const { expected } = state.sent.recall(text)
  await eventually(async () => {
    const message = await reread(state, text)
    await expectAsMeant(state, message, expected, `"${text}"`)
    for (const { name, bytes } of expected.files) {
      const file = message.files.find((one) => one.name === name)
      if (!file) throw new Error(`"${text}" has no file "${name}".`)
      const content = await chat.fileContent(file)
      expect(content.equals(bytes), `whether "${name}" (${content.length} of ${bytes.length} bytes) is unchanged`).to.equal(true)
    }
  })
}

/** Every byte value several times, which no text encoding preserves. */
const BINARY = Buffer.from(Array.from({ length: 4_096 }, (_, at) => (at * 7) % 256))

const ONE_BYTE_MORE = 'one byte more'

/** @param largest the size of the largest file, in bytes */
function fileOf(name: string, kind: string, largest: number): NewFile {
  const binary = { name, type: 'application/octet-stream' }
  switch (kind) {
    case 'text':
      return { name, type: 'text/plain', bytes: Buffer.from(`${name} was written by the acceptance suite.\nIt has two lines.\n`) }
    case 'binary':
      return { ...binary, bytes: BINARY }
    case 'the maximum size':
      return { ...binary, bytes: Buffer.alloc(largest, BINARY) }
    case ONE_BYTE_MORE:
      return { ...binary, bytes: Buffer.alloc(largest + 1, BINARY) }
    default:
      throw new Error(`There is no file of the kind "${kind}".`)
  }
}

import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { NewFile } from '../adapter'
import type { ChatState } from '../state'
import { BOT, expectAsMeant, reread, send } from './send'

type Rows = readonly (readonly string[])[]

/** A row per file: its name, and its content (`text`, `binary`, `the maximum size` or `one byte more`). */
export async function sendWithFiles(state: ChatState, text: string, rows: Rows): Promise<void> {
  const { largestFile } = await state.chat()
  const files = rows.map(([name = '', kind = '']) => fileOf(name, kind, largestFile))
  await send(state, BOT, text, { files })
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
    for (const { name, size, sha256 } of expected.files) {
      const file = message.files.find((one) => one.name === name)
      if (!file) throw new Error(`"${text}" has no file "${name}".`)
      expect(await chat.fileDigest(file), `the content of "${name}"`).to.deep.equal({ size, sha256 })
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
    case 'text': {
      const text = Buffer.from(`${name} was written by the acceptance suite.\nIt has two lines.\n`)
      return { name, type: 'text/plain', size: text.length, pieces: [text] }
    }
    case 'binary':
      return { ...binary, size: BINARY.length, pieces: [BINARY] }
    case 'the maximum size':
      return { ...binary, size: largest, pieces: repeated(largest) }
    case ONE_BYTE_MORE:
      return { ...binary, size: largest + 1, pieces: repeated(largest + 1) }
    default:
      throw new Error(`There is no file of the kind "${kind}".`)
  }
}

const PIECE = 1024 * 1024

/** So many bytes that need the memory of one piece. */
function repeated(size: number): Buffer[] {
  const piece = Buffer.alloc(PIECE, BINARY)
  const whole = Array.from({ length: Math.floor(size / PIECE) }, () => piece)
  return [...whole, piece.subarray(0, size % PIECE)]
}

import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { NewFile } from '../adapter'
import type { ChatState } from '../state'
import { BOT, expectAsMeant, reread, send } from './send'

/** A row per file: its name, and what is in it (`text` or `binary`). */
export async function sendWithFiles(state: ChatState, text: string, rows: readonly (readonly string[])[]): Promise<void> {
  await send(state, BOT, text, { files: rows.map(([name = '', kind = '']) => fileOf(name, kind)) })
}

export async function trySendWithFile(state: ChatState, text: string, name: string): Promise<void> {
  await state.world.attempt(() => send(state, BOT, text, { files: [fileOf(name, 'text')] }))
}

export async function sendWithLargestFile(state: ChatState, text: string): Promise<void> {
  const { largestFile } = await state.chat()
  await send(state, BOT, text, { files: [fileOfSize(largestFile)] })
}

/** Where files are announced first, the announcement is what is refused. */
export async function trySendWithTooLargeFile(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  const size = chat.largestFile + 1
  await state.world.attempt(async () => {
    if (chat.announceFile) await chat.announceFile(LARGE, size)
    else await send(state, BOT, text, { files: [fileOfSize(size)] })
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
      if (!file) throw new Error(`The files of "${text}" were compared by name, and "${name}" is not among them.`)
      const content = await chat.fileContent(file)
      expect(content.equals(bytes), `whether "${name}" (${content.length} of ${bytes.length} bytes) is unchanged`).to.equal(true)
    }
  })
}

/** Every byte value several times over, which no text encoding leaves as it is. */
const BINARY = Buffer.from(Array.from({ length: 4_096 }, (_, at) => (at * 7) % 256))

const LARGE = 'disk.img'

function fileOfSize(size: number): NewFile {
  return { name: LARGE, type: 'application/octet-stream', bytes: Buffer.alloc(size, BINARY) }
}

function fileOf(name: string, kind: string): NewFile {
  if (kind === 'binary') return { name, type: 'application/octet-stream', bytes: BINARY }
  return { name, type: 'text/plain', bytes: Buffer.from(`${name} was written by the acceptance suite.\nIt has two lines.\n`) }
}

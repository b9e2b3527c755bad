import { createReadStream, mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Client } from 'pg'
import type { Body } from '../service/credentials'
import type { Question } from './queries'

/** Rows fetched, or records in memory, at a time, so that a run's memory does not grow with its source. */
const BATCH = 1_000

/** Writes the rows of a query as JSON lines, batch by batch through a cursor. @returns the number of rows */
export async function writeRows(client: Client, { text, values }: Question, path: string, signal: AbortSignal): Promise<number> {
  mkdirSync(dirname(path), { recursive: true })
  const file = await open(path, 'w')
  let count = 0
  try {
    await client.query('BEGIN TRANSACTION READ ONLY')
    await client.query(`DECLARE found NO SCROLL CURSOR FOR ${text}`, values)
    for (;;) {
      const { rows } = await client.query(`FETCH ${BATCH} FROM found`)
      signal.throwIfAborted()
      if (rows.length === 0) break
      count += rows.length
      await file.write(linesOf(rows))
    }
    await client.query('COMMIT')
    return count
  } finally {
    await file.close()
  }
}

/** Transforms each record of a file and writes the result; no file where there is no record. */
export async function transformFile(from: string, to: string, transform: (record: Body) => Body): Promise<number> {
  let batch: Body[] = []
  let count = 0
  let file: Awaited<ReturnType<typeof open>> | undefined
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return
    if (!file) mkdirSync(dirname(to), { recursive: true })
    file ??= await open(to, 'w')
    await file.write(linesOf(batch))
    count += batch.length
    batch = []
  }
  try {
    for await (const line of linesIn(from)) {
      batch.push(transform(JSON.parse(line) as Body))
      if (batch.length >= BATCH) await flush()
    }
    await flush()
    return count
  } finally {
    await file?.close()
  }
}

/** Only a line feed ends a line: other line separators can occur within records. */
async function* linesIn(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

function linesOf(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record, plainly)}\n`).join('')
}

/** Bytes become text. */
function plainly(_key: string, value: unknown): unknown {
  return Buffer.isBuffer(value) ? value.toString('utf8') : value
}

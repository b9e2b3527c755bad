import { readFileSync } from 'node:fs'
import { parse } from 'dotenv'
import { UsageError } from './errors'

const CODES: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder',
  EACCES: 'cannot be read by this user',
  EPERM: 'cannot be read by this user',
  ELOOP: 'is a link that leads to itself',
}

/**
 * Sets the variables of `.env` that the environment does not have yet. Without the file nothing happens.
 * @throws UsageError for an existing file that cannot be parsed: otherwise its settings would silently count as unset
 */
export function loadEnvFile(environment: NodeJS.ProcessEnv = process.env, path = '.env'): void {
  const bytes = read(path)
  if (!bytes) return
  const text = decode(bytes, path)
  expectClosedQuotes(text, path)
  for (const [name, value] of Object.entries(parse(text))) environment[name] ??= value
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new UsageError(`${path} ${CODES[code] ?? `cannot be read (${code})`}: make it a readable file, or remove it.`)
  }
}

/** Encodings of editors and PowerShell: UTF-8 with or without a byte order mark, or UTF-16 with one. */
function decode(bytes: Buffer, path: string): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Reported below, like zero bytes.
  }
  throw new UsageError(`${path} is no text in UTF-8 or UTF-16: save it as UTF-8.`)
}

const OPENING = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]\s*(["'`])/

/** A quoted value may span lines; one without a closing quote would include or lose the following lines. */
function expectClosedQuotes(text: string, path: string): void {
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const [opening, name, quote = ''] = OPENING.exec(lines[at] ?? '') ?? []
    if (!opening) continue
    const first = at
    let rest = (lines[at] ?? '').slice(opening.length)
    while (!isClosed(rest, quote)) {
      if (++at >= lines.length)
        throw new UsageError(`${path}, line ${first + 1}: the quote ${quote} that opens the value of ${name} is never closed.`)
      rest = lines[at] ?? ''
    }
  }
}

function isClosed(text: string, quote: string): boolean {
  return text.replaceAll(`\\${quote}`, '').includes(quote)
}

import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fdatasync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as callIsUnderWay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { errorText, UsageError } from '../config/errors'

const sync = promisify(fdatasync)

export const JOURNAL_FOLDER = join('.acceptance', 'journal')

/** How a thing ends; `kept` things cannot be ended by a call. */
export type End = 'removed' | 'hidden' | 'restored' | 'kept'

/** One creation with everything that another process needs to undo it. Contains no secret: `by` is a person's name, not a key. */
export interface Entry {
  key: string
  service: string
  kind: string
  name: string
  /** The person whose account created it. */
  by: string
  ends: End
  /** Epoch milliseconds of the intent. */
  at: number
  id?: string
  /** What is needed in addition to the id to find it again, such as the channel of a message. */
  data: Record<string, string>
}

export type JournalLine =
  | {
      run: string
      pid: number
      host?: string
      at: number
      targets: Record<string, { kind: string; address?: string | undefined }>
    }
  | { intent: Entry }
  | { created: string; id: string; data?: Record<string, string> }
  | { ended: string; how: string; why?: string }
  | { stuck: string; why: string }

/**
 * The run's record of its creations, one line of JSON per entry, appended before the call is sent. Every thread opens the file itself;
 * a line is one write, so lines stay whole. Survives SIGKILL, and where synced also a power failure.
 */
export class Journal {
  private file: number | undefined
  /** Threads share a journal, and a sweep continues that of a killed run, so keys are unique across writers. */
  private readonly writer = randomUUID().slice(0, 8)
  private serial = 0

  constructor(
    readonly path: string,
    private readonly syncIntents: (service: string) => boolean,
    /** Removes secrets: a scenario may have put one into a name. */
    private readonly clean: (line: string) => string = (line) => line,
  ) {}

  static pathOf(runId: string, folder = JOURNAL_FOLDER): string {
    return join(folder, `${runId}.ndjson`)
  }

  begin(line: Extract<JournalLine, { run: string }>): void {
    this.append(line)
  }

  /** Records the intent of a creation, which counts as created until its end is recorded. */
  intend(what: Omit<Entry, 'key' | 'at'>): Entry {
    const entry: Entry = { key: `${this.writer}-${++this.serial}`, at: Date.now(), ...what }
    this.append({ intent: entry })
    return entry
  }

  /**
   * Live, resolves once the intent is on disk and survives a power failure. Starts when the call is on its way, and is awaited
   * before the next creation, so that neither waits for the disk.
   */
  async synced({ service }: Entry): Promise<void> {
    if (!this.syncIntents(service)) return
    await callIsUnderWay()
    if (this.file === undefined) return
    await sync(this.file).catch((error: unknown) => {
      throw unwritable(this.path, error)
    })
  }

  /** A late response adds nothing after the journal was removed because all entries had ended. */
  created(entry: Entry, id: string, data?: Record<string, string>): void {
    entry.id = id
    if (data) entry.data = { ...entry.data, ...data }
    if (this.file !== undefined || existsSync(this.path)) this.append({ created: entry.key, id, ...(data ? { data } : {}) })
  }

  ended(entry: Entry, how: string, why?: string): void {
    this.append({ ended: entry.key, how, ...(why ? { why } : {}) })
  }

  /** Its end was not seen; it stays open for the sweep. */
  stuck(entry: Entry, why: string): void {
    this.append({ stuck: entry.key, why })
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file)
    this.file = undefined
  }

  private append(line: JournalLine): void {
    try {
      this.file ??= open(this.path)
      writeWhole(this.file, `${this.clean(JSON.stringify(line))}\n`)
    } catch (error) {
      // The next line opens the file again and starts on a new line if this one was cut short.
      this.close()
      throw unwritable(this.path, error)
    }
  }
}

function unwritable(path: string, error: unknown): UsageError {
  return new UsageError(
    `The journal ${path} cannot be written (${errorText(error)}); nothing is created without it. Free some space or make the folder writable.`,
  )
}

function open(path: string): number {
  mkdirSync(join(path, '..'), { recursive: true })
  const file = openSync(path, 'a+', 0o600)
  if (isCutShort(file)) writeWhole(file, '\n')
  return file
}

/** On a full disk a write may be partial, which only the returned count shows. */
function writeWhole(file: number, text: string): void {
  if (writeSync(file, text) < Buffer.byteLength(text)) throw new Error('the disk is full')
}

/** Whether the last line is incomplete, so that the next one would be appended to it. */
function isCutShort(file: number): boolean {
  const { size } = fstatSync(file)
  const last = Buffer.alloc(1)
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== '\n'
}

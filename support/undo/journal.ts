import { randomUUID } from 'node:crypto'
import { closeSync, fdatasync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { errorText, UsageError } from '../config/errors'

const sync = promisify(fdatasync)

export const JOURNAL_FOLDER = join('.acceptance', 'journal')

/** How a thing comes to its end; `kept` things have none that a call could bring about. */
export type End = 'removed' | 'hidden' | 'restored' | 'kept'

/** One creation as another process needs it to finish the job. Never holds a secret: `by` names a person, not a key. */
export interface Entry {
  key: string
  service: string
  kind: string
  name: string
  /** The person in whose name it was made. */
  by: string
  ends: End
  /** Epoch milliseconds of the intent. */
  at: number
  id?: string
  /** What besides the id is needed to find it again, such as the channel of a message. */
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
 * The run's record of what it makes, one line of JSON per fact, appended before the call it announces leaves. Every thread has
 * the file open for itself; a line is one write, so lines stay whole. Survives SIGKILL as it is, a power cut where synced.
 */
export class Journal {
  private file: number | undefined
  /** Threads share a journal, and a sweep goes on with that of a dead run: no two writers give the same key. */
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

  /** Announces a creation; from here on it counts as made until its end is written. */
  intend(what: Omit<Entry, 'key' | 'at'>): Entry {
    const entry: Entry = { key: `${this.writer}-${++this.serial}`, at: Date.now(), ...what }
    this.append({ intent: entry })
    return entry
  }

  /**
   * Live, resolves once what was announced has reached the disk itself and would survive a power cut. Begun before the call leaves
   * and awaited together with its response: the disk is quicker than the service.
   */
  async synced({ service }: Entry): Promise<void> {
    if (this.file === undefined || !this.syncIntents(service)) return
    await sync(this.file).catch((error: unknown) => {
      throw unwritable(this.path, error)
    })
  }

  created(entry: Entry, id: string, data?: Record<string, string>): void {
    entry.id = id
    if (data) entry.data = { ...entry.data, ...data }
    this.append({ created: entry.key, id, ...(data ? { data } : {}) })
  }

  ended(entry: Entry, how: string, why?: string): void {
    this.append({ ended: entry.key, how, ...(why ? { why } : {}) })
  }

  /** Its end could not be seen; it stays open for the sweep. */
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
      // Opened anew by the next line, which then begins where this one may have been cut.
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

/** A full disk may take a part and say so only by the count. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text)
  if (writeSync(file, bytes) < bytes.length) throw new Error('the disk is full')
}

/** Whether the last line was left unfinished, so that the next would be taken for its rest. */
function isCutShort(file: number): boolean {
  const { size } = fstatSync(file)
  const last = Buffer.alloc(1)
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== '\n'
}

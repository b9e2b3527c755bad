import { readFileSync } from 'node:fs'
import type { Entry, JournalLine } from './journal'

/** A journal as it is on disk. */
export interface JournalRecord {
  runId: string
  pid: number
  /** The machine, or container, within which the pid says anything. */
  host: string
  startedAt: number
  targets: Record<string, { kind: string; address?: string | undefined }>
  /** Creations whose end was not written, oldest first. */
  open: (Entry & { why?: string })[]
  /** Numbers of ended entries, by kind of end. */
  ended: Record<string, number>
}

/** Reads a journal; a line cut short by a crash or a full disk is skipped, because its call was not sent. */
export function readJournal(path: string): JournalRecord {
  const record: JournalRecord = { runId: '', pid: 0, host: '', startedAt: 0, targets: {}, open: [], ended: {} }
  const entries = new Map<string, Entry & { why?: string }>()
  for (const line of parseLines(readFileSync(path, 'utf8'))) apply(record, entries, line)
  record.open = [...entries.values()]
  return record
}

function apply(record: JournalRecord, entries: Map<string, Entry & { why?: string }>, line: JournalLine): void {
  if ('run' in line) {
    Object.assign(record, { runId: line.run, pid: line.pid, host: line.host ?? '', startedAt: line.at, targets: line.targets })
  } else if ('intent' in line) {
    entries.set(line.intent.key, line.intent)
  } else if ('created' in line) {
    const entry = entries.get(line.created)
    if (entry) entries.set(entry.key, { ...entry, id: line.id, data: { ...entry.data, ...line.data } })
  } else if ('stuck' in line) {
    const entry = entries.get(line.stuck)
    if (entry) entry.why = line.why
  } else if (entries.delete(line.ended)) {
    record.ended[line.how] = (record.ended[line.how] ?? 0) + 1
  }
}

function* parseLines(text: string): Generator<JournalLine> {
  for (const line of text.split('\n')) {
    const whole = line && tryParse(line)
    if (whole) yield whole
  }
}

function tryParse(line: string): JournalLine | undefined {
  try {
    return (JSON.parse(line) as JournalLine | null) ?? undefined
  } catch {
    return undefined
  }
}

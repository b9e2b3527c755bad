import { existsSync, readFileSync } from 'node:fs'
import { Journal, type JournalLine } from '../../undo/journal'

/** Ids of what a run has made, by kind, whatever became of it. */
export type Tracked = Readonly<Record<string, readonly string[]>>

/** Read from the run's journal, the one place that knows of all threads. */
export function trackedIn(runId: string, service: string): Tracked {
  const path = Journal.pathOf(runId)
  if (!existsSync(path)) return {}
  const kinds = new Map<string, string>()
  const ids: Record<string, string[]> = {}
  for (const text of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
    const line = JSON.parse(text) as JournalLine
    if ('intent' in line && line.intent.service === service) kinds.set(line.intent.key, line.intent.kind)
    const kind = 'created' in line ? kinds.get(line.created) : undefined
    if (kind !== undefined && 'created' in line) ids[kind] = [...(ids[kind] ?? []), line.id]
  }
  return ids
}

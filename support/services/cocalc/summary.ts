import { existsSync, readFileSync } from 'node:fs'
import { type Entry, Journal, type JournalLine } from '../../undo/journal'
import { NOT_THERE } from '../../undo/undo'
import type { Database } from './database'
import { emailOf } from './recognise'

/** One creation of a run, and how it ended, if it did. */
export interface Tracked extends Entry {
  how?: string
}

/** Everything that a run has created on a service, from its journal, which covers all worker threads. */
export function trackedIn(runId: string, service: string): Tracked[] {
  const path = Journal.pathOf(runId)
  if (!existsSync(path)) return []
  const entries = new Map<string, Tracked>()
  for (const text of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
    const line = JSON.parse(text) as JournalLine
    if ('intent' in line && line.intent.service === service) entries.set(line.intent.key, line.intent)
    const entry = entries.get('created' in line ? line.created : 'ended' in line ? line.ended : '')
    if (entry && 'created' in line) entry.id = line.id
    if (entry && 'ended' in line) entry.how = line.how
  }
  return [...entries.values()].filter(({ id }) => id !== undefined)
}

/** By kind: what it is called, and which of the rows with the ids $1 and the texts $2 are a run's. */
const ROWS: Readonly<Record<string, { one: string; many: string; left: string; text?: (entry: Tracked) => string }>> = {
  project: {
    one: 'project',
    many: 'projects',
    left: 'public.projects AS row JOIN made ON row.project_id::text = made.id AND row.title = made.text',
  },
  account: {
    one: 'account',
    many: 'accounts',
    left: 'public.accounts AS row JOIN made ON row.account_id::text = made.id AND row.email_address = made.text',
    text: ({ name }) => emailOf(name),
  },
  organization: {
    one: 'organization',
    many: 'organizations',
    left: 'public.organizations AS row JOIN made ON row.organization_id::text = made.id AND row.name = made.text',
  },
  message: {
    one: 'message',
    many: 'messages',
    left: 'public.messages AS row JOIN made ON row.id::text = made.id AND row.subject = made.text',
  },
}

/** State of the rows that a run has created: removed by it, already absent, or still there. */
export async function summarise(tracked: readonly Tracked[], database: Database): Promise<string | undefined> {
  const made = tracked.filter(({ kind }) => kind in ROWS)
  if (made.length === 0) return undefined
  let left = 0
  for (const [kind, { left: rows, text }] of Object.entries(ROWS)) {
    const own = made.filter((entry) => entry.kind === kind)
    const values = [own.map(({ id }) => id), own.map((entry) => text?.(entry) ?? entry.name)]
    const [counted] = await database.rows<{ count: number }>(
      `WITH made AS (SELECT * FROM unnest($1::text[], $2::text[]) AS made(id, text)) SELECT count(*)::int AS count FROM ${rows}`,
      values,
    )
    left += counted?.count ?? 0
  }
  const ended = (how: string): number => made.filter((entry) => entry.how === how).length
  const notThere = ended(NOT_THERE)
  return [
    `CoCalc's database: ${made.length} ${made.length === 1 ? 'row' : 'rows'} made (${countsOf(made)}), ${ended('removed')} removed`,
    ...(notThere > 0 ? [`${notThere} not there any more when they were to be removed`] : []),
    left === 0 ? 'none left' : `${left} left`,
  ].join(', ')
}

function countsOf(made: readonly Tracked[]): string {
  return Object.entries(ROWS)
    .map(([kind, { one, many }]) => {
      const count = made.filter((entry) => entry.kind === kind).length
      return `${count} ${count === 1 ? one : many}`
    })
    .join(', ')
}

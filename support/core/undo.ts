import { expect } from 'chai'
import { ApiError, messageOf } from './errors'
import { eventually } from './eventually'
import type { End, Entry, Journal } from './journal'
import type { StopSignal } from './stop'

/**
 * How one kind of thing ends: plain data plus functions of a service's clients and the journalled entry, so that a process
 * which never ran the scenario (the interrupt handler, the sweep) can finish the job.
 */
export interface UndoKind<Clients> {
  ends: End
  /** Brings the end about. A thing that is gone already is no error: let it say so by resolving. */
  undo?(clients: Clients, entry: Required<Entry>): Promise<void>
  /** Reads again and says whether the end is there: gone, hidden or restored. */
  hasEnded?(clients: Clients, entry: Required<Entry>): Promise<boolean>
  /** Looks for a creation whose answer never came; the id, or nothing. Named things are found by their name, which holds the mark. */
  find?(clients: Clients, entry: Entry): Promise<string | undefined>
  /** After so many milliseconds the service itself refuses to undo it. */
  deadline?: number
}

export type UndoTable<Clients> = Record<string, UndoKind<Clients>>

export interface Leftover {
  service: string
  kind: string
  id?: string | undefined
  name: string
  why: string
}

/** Finds the kind and the clients for an entry; the World, the plugin and the sweep each bring their own. */
export type UndoResolver = (entry: Entry) => Promise<{ kind: UndoKind<unknown>; clients: unknown }>

/** Shape every created thing has: an id, text or number, that the service gave it. */
export interface Identified {
  id: string
}

export interface Creation {
  by: string
  data?: Record<string, string>
}

/** A hook has 60 s; calls take time besides. */
const PATIENCE_IN_ALL = 30_000
const LEAST_PATIENCE = 50

/** What one owner (a scenario, or the run itself) has made and must undo. */
export class Undo {
  private readonly pending: Entry[] = []

  constructor(
    private readonly journal: Journal,
    private readonly stop: StopSignal,
    private readonly resolve: UndoResolver,
    private readonly endOf: (kind: string) => Promise<End>,
    private readonly patience = 5_000,
  ) {}

  /**
   * The only way to create. The intent is written before the call leaves, so that a creation whose answer is lost is still found.
   * @param kind `<service>.<kind>` as the service's undo table has it
   * @param name the name the thing is given, holding the run's mark where the service lets it have one
   */
  async create<T extends Identified>(
    kind: string,
    name: string,
    creation: Creation,
    make: (name: string) => Promise<T>,
  ): Promise<T> {
    return this.stop.guard(async () => {
      const [service = '', short = ''] = kind.split('.', 2)
      const entry = this.journal.intend({
        service,
        kind: short,
        name,
        by: creation.by,
        ends: await this.endOf(kind),
        data: creation.data ?? {},
      })
      const onDisk = this.journal.synced(entry)
      onDisk.catch(() => undefined)
      const made = await this.make(entry, () => make(name))
      await onDisk
      return made
    })
  }

  private async make<T extends Identified>(entry: Entry, make: () => Promise<T>): Promise<T> {
    try {
      const made = await make()
      this.journal.created(entry, made.id)
      this.pending.push(entry)
      return made
    } catch (error) {
      if (error instanceof ApiError && error.status < 500) this.journal.ended(entry, 'refused')
      else this.pending.push(entry)
      throw error
    }
  }

  /** What was made so far and is still to be undone, oldest first. */
  get open(): readonly Entry[] {
    return this.pending
  }

  /**
   * Undoes everything, newest first, whatever fails on the way. Many stuck things share the patience, so that the last is tried, too,
   * before the step that waits for all runs out of time.
   * @returns what could not be seen to have ended
   */
  async unwind(): Promise<Leftover[]> {
    const leftovers: Leftover[] = []
    const deadline = Date.now() + PATIENCE_IN_ALL
    for (let entry = this.pending.pop(); entry; entry = this.pending.pop()) {
      const current = entry
      const leftover = await this.stop.guard(() => finish(current, this.journal, this.resolve, this.patienceUntil(deadline)))
      if (leftover) leftovers.push(leftover)
    }
    return leftovers
  }

  private patienceUntil(deadline: number): number {
    return Math.max(LEAST_PATIENCE, Math.min(this.patience, deadline - Date.now()))
  }
}

/** Brings one entry to its end and writes that down. @returns the leftover, where the end was not seen */
export async function finish(
  entry: Entry,
  journal: Journal,
  resolve: UndoResolver,
  patience = 5_000,
): Promise<Leftover | undefined> {
  try {
    const how = await end(entry, resolve, patience)
    if (!how) return stuck(entry, journal, 'its creation was never answered, and it is not found (yet)')
    journal.ended(entry, how)
    return undefined
  } catch (error) {
    return stuck(entry, journal, messageOf(error))
  }
}

/** Where the journal cannot be written (a full disk) the leftover is told all the same, and the next thing is undone. */
function stuck(entry: Entry, journal: Journal, why: string): Leftover {
  try {
    journal.stuck(entry, why)
    return leftoverOf(entry, why)
  } catch (error) {
    return leftoverOf(entry, [...new Set([why, messageOf(error)])].join('; '))
  }
}

async function end(entry: Entry, resolve: UndoResolver, patience: number): Promise<string | undefined> {
  if (entry.ends === 'kept') return 'kept'
  const { kind, clients } = await resolve(entry)
  const id = entry.id ?? (await kind.find?.(clients, entry))
  if (id === undefined) return undefined
  const known: Required<Entry> = { ...entry, id }
  await kind.undo?.(clients, known)
  await eventually(
    async () => expect(await kind.hasEnded?.(clients, known), `${entry.kind} ${id} is ${entry.ends}`).to.not.equal(false),
    {
      for: patience,
    },
  )
  return entry.ends
}

export function leftoverOf(entry: Entry, why: string): Leftover {
  return { service: entry.service, kind: entry.kind, id: entry.id, name: entry.name, why }
}

import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { eventually } from '../assertions/eventually'
import { errorText } from '../config/errors'
import { ApiError } from '../http/errors'
import { sendOrFind } from '../http/lost'
import type { End, Entry, Journal } from './journal'
import type { StopSignal } from './stop'

/** Result of reading a thing again just before it is undone: the suite created it, it does not exist, or why neither is certain. */
export type Recognition = 'ours' | 'gone' | { doubt: string }

/** A kind that no call can remove, so no call is made for it. */
interface PermanentKind {
  ends: 'kept'
}

/**
 * How one kind of thing is undone: plain data plus functions of a service's clients and the journalled entry, so that a process
 * that did not run the scenario (the interrupt handler, the sweep) can undo it.
 */
export interface UndoableKind<Clients> {
  ends: Exclude<End, 'kept'>
  /** Which property of the thing proves that this suite created it; a sentence of `docs/clean-up.md`. */
  proof: string
  /**
   * Reads the thing itself and compares it with the entry: a name with the run id, sender and text, owner and time. Changes
   * nothing. Only a thing that is `ours` is undone; one in doubt is listed as left behind.
   */
  recognise(clients: Clients, entry: Required<Entry>): Promise<Recognition>
  /** Undoes the thing after it was recognised. Must resolve where the thing no longer exists. */
  undo?(clients: Clients, entry: Required<Entry>): Promise<void>
  /** Reads again and returns whether it has ended: gone, hidden or restored. */
  hasEnded?(clients: Clients, entry: Required<Entry>): Promise<boolean>
  /** Searches a creation without a response; its id or undefined. Named things are found by their name, which contains the run id. */
  find?(clients: Clients, entry: Entry): Promise<string | undefined>
  /**
   * Reads a creation whose response was lost, in the form that the creation itself returns. With `find` it lets a scenario continue:
   * the creation is found and used, or was not received and is sent once more.
   */
  adopt?(clients: Clients, entry: Required<Entry>): Promise<Identified>
  /**
   * For what no call reads again, such as a token: where its response was lost, it is found, undone, and created once more. Instead
   * of `adopt`.
   */
  isReplaced?: boolean
  /** Time in milliseconds after which the service refuses to undo it. */
  deadline?: number
}

export type UndoKind<Clients> = PermanentKind | UndoableKind<Clients>

export type UndoTable<Clients> = Record<string, UndoKind<Clients>>

export interface Leftover {
  service: string
  kind: string
  id?: string | undefined
  name: string
  why: string
}

/** Why an entry stays open if its creation got no response and was not found. */
export const NOT_FOUND = 'its creation got no response, and it is not found (yet)'
/** End of an entry if its thing no longer existed. */
export const NOT_THERE = 'not there'

/** Finds the kind and the clients for an entry; the World, the plugin and the sweep each have their own. */
export type UndoResolver = (entry: Entry) => Promise<{ kind: UndoKind<unknown>; clients: unknown }>

/** Every created thing has an id from the service, a text or a number. */
export interface Identified {
  id: string
}

export interface Creation {
  by: string
  data?: Record<string, string>
}

/** A hook has 60 s, in which calls also take time. All in milliseconds. */
const UNDO_BUDGET = 30_000
const LEAST_TIMEOUT = 50
/** Timeout for pending responses of creations when their scenario ends. */
const UNDER_WAY = 10_000

/** A step that is still running after its scenario (which timed out) tries to create something that nothing would undo. */
export class ScenarioOver extends Error {
  constructor(kind: string, name: string) {
    super(`Nothing was made: the scenario that wanted ${kind} "${name}" is over.`)
    this.name = 'ScenarioOver'
  }
}

/** What one owner (a scenario, or the run itself) has created and must undo. */
export class Undo {
  private readonly pending: Entry[] = []
  private readonly underWay = new Set<Promise<unknown>>()
  /** Whether the intents until now are on disk. */
  private onDisk: Promise<void> = Promise.resolve()
  private isOver = false

  constructor(
    private readonly journal: Journal,
    private readonly stop: StopSignal,
    private readonly resolve: UndoResolver,
    private readonly kindOf: (kind: string) => Promise<UndoKind<never>>,
    private readonly timeout = 5_000,
    private readonly underWayTimeout = UNDER_WAY,
  ) {}

  /**
   * The only way to create. The intent is journalled before the call is sent, so that a creation whose response is lost is still found.
   * @param kind `<service>.<kind>` as the service's undo table has it
   * @param name the name of the thing, with the run id where the service allows it
   * @param adopt reads a creation whose response was lost as `make` returns it, where the kind's own `adopt` knows less
   * @throws ScenarioOver once `undoAll` has begun, before anything is sent; UsageError where the journal cannot be written
   */
  async create<T extends Identified>(
    kind: string,
    name: string,
    creation: Creation,
    make: (name: string) => Promise<T>,
    adopt?: (id: string) => Promise<T>,
  ): Promise<T> {
    return this.stop.guard(async () => {
      const [service = '', short = ''] = kind.split('.', 2)
      const declared = await this.kindOf(kind)
      await this.onDisk
      if (this.isOver) throw new ScenarioOver(kind, name)
      const entry = this.journal.intend({
        service,
        kind: short,
        name,
        by: creation.by,
        ends: declared.ends,
        data: creation.data ?? {},
      })
      this.onDisk = this.journal.synced(entry)
      this.onDisk.catch(() => undefined)
      const making = this.make(entry, () =>
        canBeFound(declared, adopt) ? this.makeOrAdopt(entry, () => make(name), adopt) : make(name),
      )
      this.underWay.add(making)
      try {
        return await making
      } finally {
        this.underWay.delete(making)
      }
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

  /** If the response to a creation is lost, searches for the thing at once; if it was not created, the call is sent again. */
  private async makeOrAdopt<T extends Identified>(
    entry: Entry,
    make: () => Promise<T>,
    adopt?: (id: string) => Promise<T>,
  ): Promise<T> {
    const send = (): Promise<T> => {
      // Its scenario may have ended since the call was lost.
      if (this.isOver) throw new ScenarioOver(entry.kind, entry.name)
      return make()
    }
    return sendOrFind(send, async (lost) => {
      const { kind, clients } = await this.resolve(entry)
      if (kind.ends === 'kept') throw lost
      const id = await kind.find?.(clients, entry)
      if (id === undefined) return undefined
      const known: Required<Entry> = { ...entry, id }
      const recognition = await kind.recognise(clients, known)
      // A thing that has ended by itself in the meantime was created nevertheless.
      if (recognition !== 'ours' && recognition !== 'gone') throw lost
      if (adopt) return adopt(id)
      if (kind.adopt) return (await kind.adopt(clients, known)) as T
      if (recognition === 'ours') await undoKnown(kind, clients, known, this.timeout)
      return undefined
    })
  }

  /** Creations that are not undone yet, oldest first. */
  get open(): readonly Entry[] {
    return this.pending
  }

  /**
   * Undoes everything, newest first, even if some fail; nothing is created after it has begun. Waits for creations in progress.
   * Many slow things share the remaining time, so that the last one is also tried before the hook that waits for all
   * times out.
   * @returns the things whose end was not seen
   * @throws UsageError where the last intent could not be written to the disk, after everything was undone
   */
  async undoAll(): Promise<Leftover[]> {
    this.isOver = true
    const deadline = Date.now() + UNDO_BUDGET
    await this.answersUnderWay()
    const leftovers: Leftover[] = []
    for (let entry = this.pending.pop(); entry; entry = this.pending.pop()) {
      const current = entry
      const leftover = await this.stop.guard(() => finish(current, this.journal, this.resolve, this.timeoutUntil(deadline)))
      if (leftover) leftovers.push(leftover)
    }
    await this.onDisk
    return leftovers
  }

  /** Creations that still have no response then stay open in the journal, and are searched when the run ends. */
  private async answersUnderWay(): Promise<void> {
    if (this.underWay.size === 0) return
    const cancel = new AbortController()
    const late = pause(this.underWayTimeout, undefined, { signal: cancel.signal }).catch(() => undefined)
    await Promise.race([Promise.allSettled(this.underWay), late])
    cancel.abort()
  }

  private timeoutUntil(deadline: number): number {
    return Math.max(LEAST_TIMEOUT, Math.min(this.timeout, deadline - Date.now()))
  }
}

/** Whether a creation without a response is searched. The clients for it are made only then: they may themselves wait for a creation. */
function canBeFound(kind: UndoKind<never>, adopt: unknown): boolean {
  return kind.ends !== 'kept' && Boolean(kind.find && (adopt || kind.adopt || kind.isReplaced))
}

/** Undoes one entry and journals its end. @returns the leftover, where the end was not seen */
export async function finish(
  entry: Entry,
  journal: Journal,
  resolve: UndoResolver,
  timeout = 5_000,
): Promise<Leftover | undefined> {
  try {
    const how = await end(entry, resolve, timeout)
    if (!how) return stuck(entry, journal, NOT_FOUND)
    journal.ended(entry, how)
    return undefined
  } catch (error) {
    return stuck(entry, journal, errorText(error))
  }
}

/** If the journal cannot be written (a full disk), the leftover is still reported, and the next thing is undone. */
function stuck(entry: Entry, journal: Journal, why: string): Leftover {
  try {
    journal.stuck(entry, why)
    return leftoverOf(entry, why)
  } catch (error) {
    return leftoverOf(entry, [...new Set([why, errorText(error)])].join('; '))
  }
}

/** @returns how it ended; undefined where the creation is not found */
async function end(entry: Entry, resolve: UndoResolver, timeout: number): Promise<string | undefined> {
  if (entry.ends === 'kept') return 'kept'
  const { kind, clients } = await resolve(entry)
  if (kind.ends === 'kept') return 'kept'
  const id = entry.id ?? (await kind.find?.(clients, entry))
  if (id === undefined) return undefined
  const known: Required<Entry> = { ...entry, id }
  const recognition = await kind.recognise(clients, known)
  if (recognition === 'gone') return NOT_THERE
  if (recognition !== 'ours') throw new Error(`left alone, for it is not proven to be this run's: ${recognition.doubt}`)
  await undoKnown(kind, clients, known, timeout)
  return entry.ends
}

/** Undoes a recognised thing and waits until it has ended. */
async function undoKnown<Clients>(kind: UndoableKind<Clients>, clients: Clients, known: Required<Entry>, timeout: number) {
  await kind.undo?.(clients, known)
  await eventually(
    async () => {
      if ((await kind.hasEnded?.(clients, known)) === false) expect.fail(`${known.kind} ${known.id} is not ${known.ends}`)
    },
    { timeout },
  )
}

export function leftoverOf(entry: Entry, why: string): Leftover {
  return { service: entry.service, kind: entry.kind, id: entry.id, name: entry.name, why }
}

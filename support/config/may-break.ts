import type { EventEmitter } from 'node:events'
import type { Client, Pool } from 'pg'

/**
 * For a connection to PostgreSQL, or a pool of them, whose server may go first: statements under way fail by themselves, and
 * the next that is needed connects anew. Without a listener the whole process would end.
 */
export function mayBreak<T extends Client | Pool>(opened: T): T {
  outlive(opened)
  // A pool listens on those of its connections only that are idle.
  if ('totalCount' in opened) (opened as Pool).on('connect', outlive)
  return opened
}

function outlive(emitter: EventEmitter): void {
  emitter.on('error', () => undefined)
}

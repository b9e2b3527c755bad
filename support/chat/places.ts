import type { ChatPlace } from './adapter'

const KINDS = ['channel', 'thread', 'direct'] as const

/** A place in a journal entry, so that another process can find it. */
export function placeData({ kind, id, parent }: ChatPlace): Record<string, string> {
  return { placeKind: kind, place: id, ...(parent === undefined ? {} : { parent }) }
}

/** @throws if the entry contains no place */
export function placeOf(data: Readonly<Record<string, string>>): ChatPlace {
  const kind = KINDS.find((one) => one === data.placeKind)
  if (!kind || !data.place) throw new Error('The journal entry contains no place.')
  return { kind, id: data.place, ...(data.parent === undefined ? {} : { parent: data.parent }) }
}

import { ANCHOR } from './secret-forms'

const BASE = 0x01000193
const SLOTS = 1 << 20

/**
 * Finds which of very many short texts (anchors, all of the same length) occur in a text, in one pass. A rolling hash and one bit per
 * slot rule out nearly every position before anything is looked up.
 */
export class AnchorIndex<T> {
  private readonly bits = new Uint32Array(SLOTS / 32)
  private readonly entries = new Map<string, T[]>()

  add(anchor: string, entry: T): void {
    const slot = slotOf(hashOf(anchor))
    this.bits[slot >>> 5] = (this.bits[slot >>> 5] ?? 0) | (1 << (slot & 31))
    this.entries.set(anchor, [...(this.entries.get(anchor) ?? []), entry])
  }

  /** The values of the anchors that the text contains; undefined where it contains none. */
  foundIn(text: string): Set<T> | undefined {
    if (this.entries.size === 0 || text.length < ANCHOR) return undefined
    let found: Set<T> | undefined
    let hash = 0
    for (let at = 0; at < text.length; at++) {
      hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0
      if (at >= ANCHOR) hash = (hash - Math.imul(text.charCodeAt(at - ANCHOR), LEAVING)) | 0
      if (at < ANCHOR - 1 || !this.maybe(slotOf(hash))) continue
      const entries = this.entries.get(text.slice(at - ANCHOR + 1, at + 1))
      if (!entries) continue
      found ??= new Set()
      for (const entry of entries) found.add(entry)
    }
    return found
  }

  private maybe(slot: number): boolean {
    return (((this.bits[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1
  }
}

/** The factor of the character that leaves the window. */
const LEAVING = Array.from({ length: ANCHOR }).reduce<number>((power) => Math.imul(power, BASE), 1)

function hashOf(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0
  return hash
}

function slotOf(hash: number): number {
  const mixed = hash ^ (hash >>> 15)
  return (mixed >>> 0) % SLOTS
}

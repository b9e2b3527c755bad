import { createHash } from 'node:crypto'

/** Bytes that depend on the seed alone, so that two servers with the same seed assign the same ids in the same order. */
export function seededBytes(seed: string): (length: number) => Buffer {
  let counter = 0
  return (length) => {
    const blocks: Buffer[] = []
    for (let size = 0; size < length; size += 32) {
      blocks.push(createHash('sha256').update(`${seed}:${counter++}`).digest())
    }
    return Buffer.concat(blocks).subarray(0, length)
  }
}

/** Lower-case version 4 UUIDs from a seed. */
export function seededUuids(seed: string): () => string {
  const bytes = seededBytes(seed)
  return () => {
    const raw = Buffer.from(bytes(16))
    raw.writeUInt8((raw.readUInt8(6) & 0x0f) | 0x40, 6)
    raw.writeUInt8((raw.readUInt8(8) & 0x3f) | 0x80, 8)
    const hex = raw.toString('hex')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }
}

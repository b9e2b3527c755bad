import { createHash } from 'node:crypto'

/** What a file contains, without its bytes: the largest ones would take most of the memory of a run. */
export interface Digest {
  /** In bytes. */
  size: number
  /** In hexadecimal. */
  sha256: string
}

/** Takes a file piece by piece, and keeps none of it. */
export class Digester {
  private readonly hash = createHash('sha256')
  private size = 0

  add(piece: Buffer): void {
    this.hash.update(piece)
    this.size += piece.length
  }

  /** Of all pieces; called once. */
  digest(): Digest {
    return { size: this.size, sha256: this.hash.digest('hex') }
  }
}

/** The same for a file that arrives in base64, with or without line breaks. */
export class Base64Digester extends Digester {
  private rest = ''

  override add(piece: Buffer): void {
    const text = this.rest + piece.toString('latin1').replaceAll(/\s/g, '')
    const whole = text.length - (text.length % 4)
    super.add(Buffer.from(text.slice(0, whole), 'base64'))
    this.rest = text.slice(whole)
  }

  override digest(): Digest {
    super.add(Buffer.from(this.rest, 'base64'))
    return super.digest()
  }
}

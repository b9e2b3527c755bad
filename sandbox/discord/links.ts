import { createHmac, randomBytes } from 'node:crypto'

const DAY = 86_400_000

/** Addresses of this server and of its files: signed and valid for a day, like those of Discord's CDN. */
export class Links {
  private readonly key = randomBytes(32)
  /** Known once the server listens, e.g. `http://127.0.0.1:4103`. */
  origin = ''

  get gateway(): string {
    return this.origin.replace(/^http/, 'ws')
  }

  /** @param at time of signing in epoch milliseconds */
  file(channelId: string, id: string, filename: string, at = Date.now()): string {
    const issued = Math.floor(at / 1_000).toString(16)
    const expires = Math.floor((at + DAY) / 1_000).toString(16)
    const path = `/attachments/${channelId}/${id}/${encodeURIComponent(filename)}`
    return `${this.origin}${path}?ex=${expires}&is=${issued}&hm=${this.sign(path, expires, issued)}&`
  }

  /** Whether an address was signed here and has not expired. */
  isGood(path: string, query: { ex?: string; is?: string; hm?: string }): boolean {
    const { ex = '', is = '', hm } = query
    return hm === this.sign(path, ex, is) && Number.parseInt(ex, 16) * 1_000 > Date.now()
  }

  private sign(path: string, expires: string, issued: string): string {
    return createHmac('sha256', this.key).update(`${path} ${expires} ${issued}`).digest('hex')
  }
}

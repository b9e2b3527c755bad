import { closeSync, openSync, writeSync } from 'node:fs'
import type { Envelope } from '@cucumber/messages'

const CHUNK = 64 * 1024

/** The run's messages, a line of JSON each. Written in large pieces: a run has tens of thousands of them. */
export class MessagesFile {
  private readonly file: number
  private lines: string[] = []
  private size = 0

  constructor(path: string) {
    this.file = openSync(path, 'w')
  }

  append(envelope: Envelope): void {
    const line = JSON.stringify(envelope)
    this.lines.push(line)
    this.size += line.length
    if (this.size >= CHUNK) this.flush()
  }

  flush(): void {
    if (this.lines.length === 0) return
    writeSync(this.file, `${this.lines.join('\n')}\n`)
    this.lines = []
    this.size = 0
  }

  close(): void {
    this.flush()
    closeSync(this.file)
  }
}

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { AttachmentContentEncoding, type Envelope } from '@cucumber/messages'
import { factsFromJson, mergeFacts, type RunFacts } from './facts'
import { RUN_FACTS } from './media-types'

const CHUNK = 64 * 1024

/** The messages of a run, one line of JSON each. Written in large chunks, because a run has tens of thousands of them. */
export class MessagesFile {
  private readonly file: number
  private lines: string[] = []
  private size = 0
  /** The message that ends the run: it is the last line, after the facts of the run. */
  private last: Envelope | undefined
  private isClosed = false
  /** Why messages are missing, such as a full disk; the run itself continues. */
  failure: unknown

  constructor(path: string) {
    this.file = openSync(path, 'w')
  }

  append(envelope: Envelope): void {
    if (envelope.testRunFinished) {
      this.last = envelope
      return
    }
    const line = JSON.stringify(envelope)
    this.lines.push(line)
    this.size += line.length
    if (this.size >= CHUNK) this.flush()
  }

  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    if (this.last) this.lines.push(JSON.stringify(this.last))
    this.flush()
    closeSync(this.file)
  }

  private flush(): void {
    if (this.lines.length === 0) return
    try {
      writeSync(this.file, `${this.lines.join('\n')}\n`)
    } catch (error) {
      this.failure ??= error
    }
    this.lines = []
    this.size = 0
  }
}

/**
 * What reports need to know of a run besides its messages, as one more message.
 * @param facts `RunFacts` as plain JSON
 * @param testRunStartedId the part of the run they belong to
 */
export function factsMessage(facts: unknown, testRunStartedId: string | undefined): Envelope {
  return {
    attachment: {
      body: JSON.stringify(facts),
      contentEncoding: AttachmentContentEncoding.IDENTITY,
      mediaType: RUN_FACTS,
      ...(testRunStartedId === undefined ? {} : { testRunStartedId }),
    },
  }
}

/** The messages in a file; a cut-off last line is omitted. */
export function messagesIn(path: string): Envelope[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  return lines.flatMap((line, at): Envelope[] => {
    try {
      return [JSON.parse(line) as Envelope]
    } catch (error) {
      if (at === lines.length - 1) return []
      throw new Error(`${path} is not a file of Cucumber messages: line ${at + 1} is not JSON.`, { cause: error })
    }
  })
}

/** The facts of the run, or of the parts it was merged from; undefined for a dry run, or if it was cut off. */
export function factsIn(messages: readonly Envelope[]): RunFacts | undefined {
  const found = messages.flatMap(({ attachment }) =>
    attachment?.mediaType === RUN_FACTS ? [factsFromJson(attachment.body)] : [],
  )
  return found.length > 0 ? mergeFacts(found) : undefined
}

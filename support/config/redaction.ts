import { AnchorIndex } from './anchor-index'
import { escapable, formsOf } from './secret-forms'

export const REDACTED = '[redacted]'

/** Shorter values are too common as ordinary words to be removed everywhere. */
const SHORTEST = 8
const NONE: ReadonlySet<string> = new Set()

const CREDENTIAL_WORD =
  '(?:authorization|authenticate|bearer|basic|bot|cookie|credentials?|pass(?:word|wd|phrase|code)?|pwd|pin|secret|session|token|(?:api|access|private|secret|signing)?[-_ ]?key|auth)'
const JOINT = '[\\w-]*[\\\\"\'`\\s]*(?::|=|=>|\\||>|,|\\s|%3[ad])[\\\\"\'`\\s]*(?:(?:bearer|basic|bot|token)\\s+)?["\'`]?'
const USER_INFO = ':\\/\\/[^\\s:/@]*:'
const USER_OPTION = '(?:-u|--user)[\\s=]["\']?[^\\s:"\']*:'

/** One secret and the expression that finds it in all its forms, compiled on first use. */
class Secret {
  private compiled: RegExp | undefined

  constructor(
    readonly length: number,
    private readonly source: () => string,
  ) {}

  removeFrom(text: string): string {
    this.compiled ??= new RegExp(this.source(), 'gi')
    return text.replace(this.compiled, REDACTED)
  }
}

/**
 * Removes secrets from everything that is shown or stored: plain, URL-, JSON- and XML-escaped, in base64 and base64url
 * at any alignment, in hex, and each line of a value with several, such as a PEM. Values under eight characters are removed only
 * where they are used as a credential (`password=…`, `"token":"…"`, a Basic header). A text is scanned once for all secrets,
 * because every scenario on a sandbox adds its own keys.
 */
export class Redactor {
  private readonly known = new Set<string>()
  private readonly index = new AnchorIndex<Secret>()
  /** Secrets without an anchor: short ones, and ones that consist of punctuation. */
  private readonly always: Secret[] = []
  private readonly short: string[] = []

  /** @param isOrdinary whether a value occurs in ordinary texts, so that it is removed only where it is used as a credential */
  constructor(
    secrets: Iterable<string> = [],
    private readonly isOrdinary: (secret: string) => boolean = () => false,
  ) {
    for (const secret of secrets) this.learn(secret)
  }

  /** Adds a value to remove. @returns whether it is new */
  learn(secret: string): boolean {
    const value = secret.trim()
    if (value === '' || this.known.has(value)) return false
    this.known.add(value)
    if (value.length < SHORTEST || this.isOrdinary(value)) this.learnShort(value)
    else this.learnLong(value)
    const lines = value.split(/\r?\n|\\n/).map((line) => line.trim())
    if (lines.length > 1) for (const line of lines) if (line.length >= SHORTEST && !line.startsWith('-----')) this.learn(line)
    return true
  }

  text(text: string): string {
    const found = this.index.foundIn(text)
    let clean = text
    if (found) for (const secret of [...found].sort((a, b) => b.length - a.length)) clean = secret.removeFrom(clean)
    for (const secret of this.always) clean = secret.removeFrom(clean)
    return this.short.length > 0 ? this.basicHeaders(clean) : clean
  }

  /**
   * The same for every text in plain data; names of fields stay. Data without a secret is returned itself, not as a copy.
   * @param except names of fields that cannot contain a secret, such as generated ids
   */
  deep<T>(value: T, except: ReadonlySet<string> = NONE): T {
    return this.clean(value, except) as T
  }

  private clean(value: unknown, except: ReadonlySet<string>): unknown {
    if (typeof value === 'string') return this.text(value)
    if (Array.isArray(value)) return this.cleanList(value, except)
    if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) return this.cleanObject(value, except)
    return value
  }

  private cleanList(list: readonly unknown[], except: ReadonlySet<string>): readonly unknown[] {
    let copy: unknown[] | undefined
    for (let at = 0; at < list.length; at++) {
      const item = list[at]
      const clean = this.clean(item, except)
      if (clean === item) continue
      copy ??= [...list]
      copy[at] = clean
    }
    return copy ?? list
  }

  private cleanObject(object: object, except: ReadonlySet<string>): object {
    let copy: Record<string, unknown> | undefined
    for (const key of Object.keys(object)) {
      if (except.has(key)) continue
      const item: unknown = Reflect.get(object, key)
      const clean = this.clean(item, except)
      if (clean === item) continue
      copy ??= { ...object }
      copy[key] = clean
    }
    return copy ?? object
  }

  private learnLong(value: string): void {
    for (const { source, anchor } of formsOf(value)) {
      const secret = new Secret(value.length, () => source)
      if (anchor === undefined) this.always.push(secret)
      else this.index.add(anchor, secret)
    }
  }

  private learnShort(value: string): void {
    this.short.push(value)
    const spelled = escapable(value)
    const context = `(?:${CREDENTIAL_WORD}${JOINT}|${USER_INFO}|${USER_OPTION})`
    this.always.push(new Secret(value.length, () => `(?<![A-Za-z0-9_])${spelled}(?![A-Za-z0-9_])(?<=${context}${spelled})`))
  }

  /** `Basic dTpwdw==` contains user and password in one base64 text, in which a short password has no separate form. */
  private basicHeaders(text: string): string {
    if (!/basic/i.test(text)) return text
    return text.replace(/(\bbasic(?:\s|%20|\+)+)([A-Za-z0-9+/_-]{4,}={0,2})/gi, (whole, scheme: string, encoded: string) => {
      const parts = Buffer.from(encoded, 'base64').toString().split(':')
      return parts.length > 1 && parts.some((part) => this.short.includes(part)) ? scheme + REDACTED : whole
    })
  }
}

import { invalidArguments } from './errors'

const TRUE = new Set(['true', '1'])
const FALSE = new Set(['false', '0'])

/**
 * The arguments of a call in any format: forms and queries contain text (lists and objects as JSON), JSON bodies contain
 * values. An empty text counts as not given.
 */
export class Args {
  constructor(readonly values: Readonly<Record<string, unknown>>) {}

  text(name: string): string | undefined {
    const value = this.values[name]
    if (value === undefined || value === null || value === '') return undefined
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }

  /** @throws invalid_arguments, naming the field, where it was not given */
  need(name: string): string {
    const value = this.text(name)
    if (value === undefined) throw invalidArguments(`missing required field: ${name}`)
    return value
  }

  /** @throws invalid_arguments for anything but `true`, `false`, `1` and `0` */
  flag(name: string, fallback = false): boolean {
    const value = this.text(name)?.toLowerCase()
    if (value === undefined) return fallback
    if (!TRUE.has(value) && !FALSE.has(value)) throw invalidArguments(`must be a boolean [json-pointer:/${name}]`)
    return TRUE.has(value)
  }

  has(name: string): boolean {
    return this.text(name) !== undefined
  }

  /** A comma list, a JSON list or a list; blanks around the parts are dropped, and so are empty parts. */
  list(name: string): string[] {
    const value = this.values[name]
    const parts = Array.isArray(value) ? value : fromText(this.text(name))
    return parts.map((part) => String(part).trim()).filter(Boolean)
  }

  /** A value that forms contain as JSON. @returns undefined where it was not given @throws the error from `complain` where it is not JSON */
  json(name: string, complain: () => Error): unknown {
    const value = this.values[name]
    if (value === undefined || value === null || value === '') return undefined
    if (typeof value !== 'string') return value
    try {
      return JSON.parse(value)
    } catch {
      throw complain()
    }
  }
}

function fromText(text = ''): unknown[] {
  if (!text.startsWith('[')) return text.split(',')
  try {
    return JSON.parse(text) as unknown[]
  } catch {
    return text.split(',')
  }
}

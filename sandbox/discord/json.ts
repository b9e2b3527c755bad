import { refuse } from './errors'

/** Passed to revivers since V8 11.4; the type library lacks it. */
interface Source {
  source?: string
}

/**
 * Parses a body and keeps ids that are sent as JSON numbers, as discord.py does: an integer too large for a double becomes a string of
 * its digits.
 * @throws 400/50109
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown, context?: Source) => {
      const source = context?.source
      return typeof value === 'number' && !Number.isSafeInteger(value) && source && /^\d+$/.test(source) ? source : value
    })
  } catch {
    throw refuse('invalidJson')
  }
}

import { badRequest } from '../errors'
import { escapeAttribute } from './parse'

const MARKS = /\$\{([^}]*)\}?|#\{([^}]*)\}?|<\/?[#@][^>]*>?/g
const STEP = /\.([A-Za-z_][\w-]*)|\['([^']*)'\]|\["([^"]*)"\]|\[(\d+)\]/y

/**
 * A message is a Freemarker template over its EntityJSON: `${entity['stock'].price}` becomes the value. Escaped markers
 * (`&#36;{`) are literal and do not reach this function as markers.
 * @throws 400 for a value that does not exist, and for directives
 */
export function expand(source: string, data: Readonly<Record<string, unknown>>): string {
  return source.replace(MARKS, (marker: string, dollar?: string, hash?: string) => {
    const expression = (dollar ?? hash)?.trim()
    if (expression === undefined || !marker.endsWith('}'))
      throw badRequest(`Syntax error in the template: "${marker.slice(0, 40)}" is not understood`)
    const value = lookedUp(expression, data)
    if (value === undefined || value === null || typeof value === 'object')
      throw badRequest(`Error expanding the template: the expression "${expression.slice(0, 80)}" is undefined`)
    return escapeAttribute(String(value))
  })
}

function lookedUp(expression: string, data: Readonly<Record<string, unknown>>): unknown {
  const root = /^[A-Za-z_]\w*/.exec(expression)?.[0]
  if (root === undefined) return undefined
  let value: unknown = root === 'entity' ? data : ownOf(data, root)
  STEP.lastIndex = root.length
  while (STEP.lastIndex < expression.length) {
    const step = STEP.exec(expression)
    if (!step) return undefined
    value = ownOf(value, step[1] ?? step[2] ?? step[3] ?? step[4] ?? '')
    if (value === undefined) return undefined
  }
  return value
}

function ownOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}

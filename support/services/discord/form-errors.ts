interface Leaf {
  code: string
  message: string
}

/** Discord's error body; `errors` has the structure of the form that was sent, with the errors in lists named `_errors`. */
export interface ErrorBody {
  code?: number
  message?: string
  errors?: unknown
}

/** The message of a refusal with each invalid field: `Invalid Form Body (content: BASE_TYPE_MAX_LENGTH Must be …)`. */
export function sentenceOf({ message, errors }: ErrorBody): string | undefined {
  const leaves = leavesOf(errors, '')
  return message === undefined || leaves.length === 0 ? message : `${message} (${leaves.join('; ')})`
}

function leavesOf(node: unknown, path: string): string[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, inner]) => {
    if (key !== '_errors') return leavesOf(inner, path ? `${path}.${key}` : key)
    return Array.isArray(inner)
      ? inner.filter(isLeaf).map(({ code, message }) => `${path || 'the form'}: ${code} ${message}`)
      : []
  })
}

function isLeaf(value: unknown): value is Leaf {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value
}

interface Leaf {
  code: string
  message: string
}

/** Discord's error body; `errors` mirrors the form that was sent, its leaves in lists called `_errors`. */
export interface ErrorBody {
  code?: number
  message?: string
  errors?: unknown
}

/** The sentence of a refusal with what is wrong where: `Invalid Form Body (content: BASE_TYPE_MAX_LENGTH Must be …)`. */
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

import type { Leftover } from './undo'

/** What stayed behind, a line each, for people. */
export function leftoversText(leftovers: readonly Leftover[]): string {
  const lines = leftovers.map(
    ({ service, kind, id, name, why }) => `  ${service} ${kind} ${id ?? '(id unknown)'} "${name}": ${why}`,
  )
  return [`${leftovers.length} left behind:`, ...lines].join('\n')
}

import type { Leftover } from './undo'

/** What stayed behind, for people: a line each, what a failed call adds below it. */
export function leftoversText(leftovers: readonly Leftover[]): string {
  const lines = leftovers.map(
    ({ service, kind, id, name, why }) => `  ${service} ${kind} ${id ?? '(id unknown)'} "${name}": ${why}`,
  )
  return [`${leftovers.length} left behind:`, ...lines.map((line) => line.replaceAll('\n', '\n    '))].join('\n')
}

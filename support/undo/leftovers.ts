import type { Leftover } from './undo'

/** Leftovers as text: one line each, with details of a failed call below it. */
export function leftoversText(leftovers: readonly Leftover[]): string {
  const lines = leftovers.map(
    ({ service, kind, id, name, why }) => `  ${service} ${kind} ${id ?? '(id unknown)'} "${name}": ${why}`,
  )
  return [`${leftovers.length} left behind:`, ...lines.map((line) => line.replaceAll('\n', '\n    '))].join('\n')
}

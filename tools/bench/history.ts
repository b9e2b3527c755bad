/**
 * Adds the result of a bench to `docs/bench.md`: every bench has a section between comments of its name. A row is added to the
 * section's table, as a history; any other text replaces the section's text.
 */
export function withFindings(document: string, name: string, findings: string, head = ''): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = document.indexOf(start)
  const known = from < 0 ? '' : document.slice(from + start.length, document.indexOf(end)).trim()
  const before = from < 0 ? `${document.trimEnd()}\n\n## ${name}\n\n` : document.slice(0, from)
  const after = from < 0 ? '\n' : document.slice(document.indexOf(end) + end.length)
  const text = findings.startsWith('|') && head ? `${known || head}\n${findings.trim()}` : findings.trim()
  return `${before}${start}\n\n${text}\n\n${end}${after}`
}

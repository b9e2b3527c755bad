/**
 * `docs/bench.md` with what a bench found: every bench has a section between comments of its name. A table row is added to the
 * section's table, since a history is what shows a change; any other text takes the place of the section's text.
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

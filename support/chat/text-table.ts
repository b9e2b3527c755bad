/** Tables as monospaced text, for platforms without tables. Widths are counted in code points. */

type Rows = readonly (readonly string[])[]

/** `| a | b |` with a rule of `|---|---|` below the head. @returns the lines, top to bottom */
export function pipedTable(rows: Rows): string[] {
  const { widths, lines } = padded(rows)
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return underHead(
    lines.map((cells) => `| ${cells.join(' | ')} |`),
    rule,
  )
}

/** `a | b` with a rule of `--+--` below the head. @returns the lines, top to bottom */
export function ruledTable(rows: Rows): string[] {
  const { widths, lines } = padded(rows)
  const rule = widths.map((width) => '-'.repeat(width)).join('-+-')
  return underHead(
    lines.map((cells) => cells.join(' | ').trimEnd()),
    rule,
  )
}

function underHead([head, ...rest]: readonly string[], rule: string): string[] {
  return head === undefined ? [] : [head, rule, ...rest]
}

/** Cells of one width per column; a short row is filled up, a line break in a cell becomes a space. */
function padded(rows: Rows): { widths: number[]; lines: string[][] } {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const cells = rows.map((row) => Array.from({ length: columns }, (_, at) => (row[at] ?? '').replace(/\s*\n\s*/g, ' ')))
  const widths = Array.from({ length: columns }, (_, at) => Math.max(0, ...cells.map((row) => width(row[at] ?? ''))))
  const lines = cells.map((row) => row.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - width(cell))))
  return { widths, lines }
}

function width(text: string): number {
  return [...text].length
}

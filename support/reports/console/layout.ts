import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

/** Where console output goes: its width, and whether it shows colours. */
export interface Screen {
  columns: number
  style(format: Format, text: string): string
}

const DEFAULT_COLUMNS = 80
const LEAST_COLUMNS = 60

/** A terminal has a width; a file or a pipe has that of `COLUMNS`, or 80. */
export function screenOf(stream: NodeJS.WritableStream, environment: NodeJS.ProcessEnv = process.env): Screen {
  const columns = 'columns' in stream && typeof stream.columns === 'number' ? stream.columns : Number(environment.COLUMNS)
  return {
    columns: Number.isInteger(columns) && columns > 0 ? Math.max(columns, LEAST_COLUMNS) : DEFAULT_COLUMNS,
    style: (format, text) => styleText(format, text, { stream: stream as NodeJS.WriteStream }),
  }
}

/** Breaks a text between words so that each line, indentation included, fits; a word is never broken. */
export function wrap(text: string, columns: number, indent = ''): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const own = indent + (/^ */.exec(paragraph)?.[0] ?? '')
    const lines: string[] = []
    let line = ''
    for (const word of paragraph.trim().split(/ +/)) {
      if (line && own.length + line.length + 1 + word.length > columns) {
        lines.push(own + line)
        line = word
      } else line = line ? `${line} ${word}` : word
    }
    return [...lines, (own + line).trimEnd()]
  })
}

/** Cut to so many characters. */
export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, Math.max(0, length - 1))}…` : text
}

/** Keeps the end, the most informative part of a path. */
export function shortenStart(text: string, length: number): string {
  return text.length > length ? `…${text.slice(text.length - Math.max(0, length - 1))}` : text
}

/** Rows as aligned lines: words to the left, numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[], indent = '  '): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)))
  const numeric = widths.map((_, column) => rows.some((row) => typeof row[column] === 'number'))
  return rows.map((row) => {
    const cells = widths.map((width, column) => {
      const text = String(row[column] ?? '')
      return numeric[column] ? text.padStart(width) : text.padEnd(width)
    })
    return `${indent}${cells.join('  ')}`.trimEnd()
  })
}

/** `40 ms`, `2.4 s`, `12 s`, `1 min 6 s`. */
export function duration(seconds: number): string {
  if (seconds < 1) return `${Math.round(1_000 * seconds)} ms`
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.round(seconds)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

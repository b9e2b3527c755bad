import { closeSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { CucumberHtmlStream } from '@cucumber/html-formatter'
import { renderTargets } from './console/tables'
import type { RunFacts } from './facts'
import { markup } from './markup'

const CHUNK = 1024 * 1024
const MESSAGES = 'window.CUCUMBER_MESSAGES = ['

/**
 * Cucumber's HTML report, generated from the messages' file if that is complete, which takes a tenth of the time of streaming
 * every message through the formatter; above it the targets, for which the report itself has no place.
 */
export async function writeHtml(path: string, messages: string, facts: RunFacts | undefined): Promise<void> {
  const page = await emptyPage()
  const at = page.indexOf(MESSAGES) + MESSAGES.length
  const head = page.slice(0, at).replace('<body>', (body) => `${body}\n${facts ? banner(facts) : ''}`)
  const draft = `${path}.${process.pid}`
  const [to, from] = [openSync(draft, 'w'), openSync(messages, 'r')]
  writeSync(to, head)
  copyMessages(from, to)
  writeSync(to, page.slice(at))
  closeSync(from)
  closeSync(to)
  renameSync(draft, path)
}

const LINE_END = 0x0a
const COMMA = 0x2c
const LESS = 0x3c
const ESCAPED_LESS = Buffer.from('\\x3C')

/** Lines become elements of a list inside a script, where a `<` could end the script. As bytes, so that no character is split. */
function copyMessages(from: number, to: number): void {
  const buffer = Buffer.alloc(CHUNK)
  let open = false
  for (let size = readSync(from, buffer); size > 0; size = readSync(from, buffer)) {
    const ends = buffer[size - 1] === LINE_END
    const list = buffer.subarray(0, ends ? size - 1 : size)
    for (let at = list.indexOf(LINE_END); at >= 0; at = list.indexOf(LINE_END, at + 1)) list[at] = COMMA
    if (open) writeSync(to, ',')
    writeSync(to, list.includes(LESS) ? escaped(list) : list)
    open = ends
  }
}

function escaped(list: Buffer): Buffer {
  const parts: Buffer[] = []
  let start = 0
  for (let at = list.indexOf(LESS); at >= 0; at = list.indexOf(LESS, start)) {
    parts.push(list.subarray(start, at), ESCAPED_LESS)
    start = at + 1
  }
  return Buffer.concat([...parts, list.subarray(start)])
}

async function emptyPage(): Promise<string> {
  const stream = new CucumberHtmlStream()
  let page = ''
  stream.on('data', (chunk: Buffer | string) => (page += chunk.toString()))
  stream.end()
  await finished(stream)
  return page
}

function banner({ runId, services }: RunFacts): string {
  const rows = services.map(({ service, target, address = '', backing }) => {
    const cells = [service, target === 'none' ? 'not run' : target, address, backing.join('; ')]
    return `<tr>${cells.map((cell) => `<td style="padding:0 1em 0 0">${markup(cell)}</td>`).join('')}</tr>`
  })
  const title = `<strong>Run ${markup(runId)}</strong> · ${markup(renderTargets(services))}`
  return `<section id="targets" style="font:14px sans-serif;padding:1em">${title}<table>${rows.join('')}</table></section>`
}

import type { Call, RecentCalls } from '../../http/exchanges'
import { serviceNamed } from '../../services'
import type { StepFailure } from '../failure'
import type { ScenarioReport } from '../run-report'
import { plural, type Screen, shorten, shortenStart, wrap } from './layout'

const MOST_DIFF_LINES = 30
const MOST_BODY_LINES = 16
const MOST_STACK_LINES = 6
const MOST_MESSAGE = 1_200
const INDENT = '   '

/** Every failed scenario of a run, with everything needed to find the cause. */
export function renderFailures(scenarios: readonly ScenarioReport[], screen: Screen): string[] {
  return scenarios.flatMap((scenario, at) => ['', ...renderFailure(scenario, at + 1, screen)])
}

function renderFailure(scenario: ScenarioReport, number: number, screen: Screen): string[] {
  const { service, feature, rule, name, uri, line, attempts, failures } = scenario
  const title = serviceNamed(service)?.title ?? service
  const where = [title, feature, rule].filter(Boolean).join(' › ')
  const tried = attempts > 1 ? `, after ${plural(attempts, 'attempt')}` : ''
  return [
    ...wrap(`${number}) ${where}`, screen.columns).map((text, at) => (at > 0 ? `${INDENT}${text}` : text)),
    ...wrap(name, screen.columns, INDENT).map((text) => screen.style(['red', 'bold'], text)),
    screen.style('dim', `${INDENT}${uri}:${line}${tried}`),
    ...failures.flatMap((failure, at) => ['', ...renderStep(failure, screen, at === 0)]),
  ]
}

/** A failed step of a scenario, or a failed hook of the run. */
export function renderStep(failure: StepFailure, screen: Screen, withCalls = true): string[] {
  const { step, definition, status, type, message, diff, stack, calls, snippet } = failure
  const head = type && type !== 'Error' ? `${type}: ${message}` : message
  return [
    ...wrap(`${step}${status === 'failed' ? '' : ` (${status})`}`, screen.columns, INDENT).map((text) =>
      screen.style('bold', text),
    ),
    ...(definition ? [screen.style('dim', `${INDENT}${definition}`)] : []),
    ...(head ? wrap(clipped(head), screen.columns, `${INDENT}  `).map((text) => screen.style('red', text)) : []),
    ...renderDiff(diff, screen),
    ...(snippet ? ['', ...snippet.split('\n').map((line) => `${INDENT}  ${line}`)] : []),
    ...(withCalls && calls ? ['', ...renderCalls(calls, screen)] : []),
    ...(stack.length > 0 ? ['', ...renderStack(stack, screen)] : []),
  ]
}

function clipped(text: string): string {
  return text.length > MOST_MESSAGE ? `${text.slice(0, MOST_MESSAGE)}… (${plural(text.length, 'character')})` : text
}

function renderDiff(diff: readonly string[], screen: Screen): string[] {
  if (diff.length === 0) return []
  const shown = diff.slice(0, MOST_DIFF_LINES).map((line) => {
    const text = `${INDENT}  ${shorten(line, screen.columns - INDENT.length - 2)}`
    return line.startsWith('+') ? screen.style('green', text) : line.startsWith('-') ? screen.style('red', text) : text
  })
  const left = diff.length - shown.length
  return [
    '',
    `${INDENT}  ${screen.style('green', '+ expected')}  ${screen.style('red', '- actual')}`,
    ...shown,
    ...(left > 0 ? [screen.style('dim', `${INDENT}  … ${plural(left, 'more line')}`)] : []),
  ]
}

function renderStack(stack: readonly string[], screen: Screen): string[] {
  const shown = stack.slice(0, MOST_STACK_LINES)
  return shown.map((place) => screen.style('dim', `${INDENT}at ${place}`))
}

/** The calls as a table, the last one with its response and the command that repeats it. */
function renderCalls({ earlier, calls }: RecentCalls, screen: Screen): string[] {
  const last = calls.at(-1)
  const rows = calls.map((call) => [
    call.method,
    pathOf(call.url),
    statusOf(call),
    `${call.milliseconds} ms`,
    call.times > 1 ? `×${call.times}` : '',
  ])
  const widths = [0, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const [method = 0, status = 0, time = 0, times = 0] = widths
  const room = Math.max(20, screen.columns - INDENT.length - 2 - method - status - time - times - 8)
  const width = Math.min(room, Math.max(...rows.map((row) => row[1]?.length ?? 0)))
  return [
    `${INDENT}Calls${earlier > 0 ? ` (${plural(earlier, 'earlier call')} left out)` : ''}`,
    ...rows.map(([verb = '', path = '', code = '', ms = '', count = ''], at) => {
      const line = `${INDENT}  ${verb.padEnd(method)}  ${shortenStart(path, width).padEnd(width)}  ${code.padStart(status)}  ${ms.padStart(time)}  ${count}`
      return isBad(calls[at]) ? screen.style('red', line.trimEnd()) : line.trimEnd()
    }),
    ...(last ? [...renderBody(last, screen), `${INDENT}Repeat the last call:`, ...curlLines(last.curl, screen.columns)] : []),
  ]
}

function renderBody({ response }: Call, screen: Screen): string[] {
  if (!response) return [`${INDENT}The last response has no body.`]
  const lines = prettyBody(response).flatMap((line) =>
    line.length > 4 * screen.columns ? [shorten(line, 4 * screen.columns)] : [line],
  )
  const width = screen.columns - INDENT.length - 2
  const shown = lines.slice(0, MOST_BODY_LINES).map((line) => `${INDENT}  ${shorten(line, width)}`)
  const left = lines.length - shown.length
  return [
    `${INDENT}The last response:`,
    ...shown,
    ...(left > 0 ? [screen.style('dim', `${INDENT}  … ${plural(left, 'more line')}`)] : []),
  ]
}

/** JSON indented, also if its end was cut off; anything else line by line. */
export function prettyBody(body: string): string[] {
  try {
    return JSON.stringify(JSON.parse(body), null, 2).split('\n')
  } catch {
    return /^\s*[[{]/.test(body) ? indented(body) : body.split('\n')
  }
}

/** By its characters alone, because a text that was cut off cannot be parsed. */
function indented(json: string): string[] {
  const tokens = json.match(/"(?:[^"\\]|\\.)*"?|[[\]{},]|[^"[\]{},]+/g) ?? []
  const lines = ['']
  let depth = 0
  const breakLine = (): void => {
    lines.push('  '.repeat(depth))
  }
  for (const token of tokens) {
    if (token === ']' || token === '}') {
      depth--
      breakLine()
    }
    lines[lines.length - 1] += token.startsWith(':') ? `: ${token.slice(1).trim()}` : token
    if (token === '[' || token === '{') depth++
    if (token === '[' || token === '{' || token === ',') breakLine()
  }
  return lines
}

function statusOf({ status }: Call): string {
  return status === undefined ? 'no response' : String(status)
}

function isBad(call: Call | undefined): boolean {
  return call !== undefined && (call.status === undefined || call.status >= 400)
}

export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname + new URL(url).search : url
}

/** One command, continued over several lines if it is too long for the screen. */
export function curlLines(curl: string, columns: number): string[] {
  const indent = `${INDENT}  `
  if (indent.length + curl.length <= columns) return [indent + curl]
  const parts = argumentsOf(curl)
  return parts.map((part, at) => `${at > 0 ? `${indent}  ` : indent}${part}${at < parts.length - 1 ? ' \\' : ''}`)
}

/** Split before each `-H` and `-d`, never within quotation marks. */
function argumentsOf(curl: string): string[] {
  const words = curl.match(/(?:[^\s'"\\]|\\.|'[^']*'|"[^"]*")+/g) ?? [curl]
  const parts: string[] = []
  for (const word of words) {
    if (parts.length === 0 || word === '-H' || word === '-d') parts.push(word)
    else parts[parts.length - 1] += ` ${word}`
  }
  return parts
}

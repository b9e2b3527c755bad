import type { TestStepResult } from '@cucumber/messages'
import type { RecentCalls } from '../http/exchanges'

/** A failed step or hook, with everything that a reader needs to find the cause. */
export interface StepFailure {
  /** The step with its keyword, or the name of the hook. */
  step: string
  /** The place of its code: `steps/colony/posts.steps.ts:54`. */
  definition?: string
  /** `failed`, `undefined`, `ambiguous` or `pending`. */
  status: string
  /** The error's class: `AssertionError`. */
  type: string
  message: string
  /** Expected and actual, line by line; lines begin with `+`, `-` or a space. Empty if the error has none. */
  diff: string[]
  /** The project's own frames, innermost first: `support/services/colony/tasks/posts.ts:48:18`. */
  stack: string[]
  /** The calls before it; the last one is the failed one, if it failed on a call. */
  calls?: RecentCalls
  /** A code snippet for an undefined step. */
  snippet?: string
}

const FRAME = /^\s*at (.*)$/
/** The place of a frame below the project's root, wherever that was on the machine of the run. */
const OWN_PLACE = /(?:^|[\s(/\\])((?:features|steps|support|sandbox|tools|test)[/\\][^\s()]+:\d+:\d+)\)?$/
/** Frames that every step, call or wait goes through. */
const PLUMBING = /^support[/\\](?:hooks\.ts|world\.ts|http[/\\].*|assertions[/\\](?:eventually|contract)\.ts):/
const CURL_LINE = /\n\s*curl -X .*/g

type Explained = Pick<StepFailure, 'status' | 'type' | 'message' | 'diff' | 'stack'>

/** The failure of a result, split into message, difference and stack. */
export function explain({ status, message = '', exception }: TestStepResult): Explained {
  const trace = exception?.stackTrace ?? message
  return {
    status: status.toLowerCase(),
    type: exception?.type ?? '',
    message: sentence(exception?.message ?? withoutStack(message), status),
    diff: diffIn(message),
    stack: ownFrames(trace),
  }
}

function sentence(text: string, status: string): string {
  const clean = text.replace(CURL_LINE, '').trim()
  if (clean) return clean
  return { UNDEFINED: 'No step definition matches this step.', PENDING: 'The step is not implemented yet.' }[status] ?? ''
}

function withoutStack(text: string): string {
  return text
    .split('\n')
    .filter((line) => !FRAME.test(line))
    .join('\n')
}

/** Cucumber writes the difference of an assertion below its message, indented by four, under a legend. */
function diffIn(message: string): string[] {
  const lines = message.split('\n')
  const legend = lines.findIndex((line) => line.trim() === '+ expected - actual')
  if (legend < 0) return []
  const rest = lines.slice(legend + 1)
  const end = rest.findIndex((line) => FRAME.test(line))
  const diff = (end < 0 ? rest : rest.slice(0, end)).map((line) => line.replace(/^ {4}/, ''))
  while (diff[0]?.trim() === '') diff.shift()
  while (diff.at(-1)?.trim() === '') diff.pop()
  return diff
}

function ownFrames(trace: string): string[] {
  const places = trace.split('\n').flatMap((line) => {
    const frame = FRAME.exec(line)?.[1]
    const place = frame?.includes('node_modules') ? undefined : OWN_PLACE.exec(frame ?? '')?.[1]
    return place ? [place] : []
  })
  const telling = places.filter((place) => !PLUMBING.test(place))
  return [...new Set(telling.length > 0 ? telling : places)]
}

/** In one line, for lists: without details for diagnosis. */
export function headline({ type, message }: Pick<StepFailure, 'type' | 'message'>): string {
  const [first = '', second = ''] = message.split('\n')
  const line = first.endsWith(':') ? `${first} ${second.trim()}` : first
  const plain = line.replace(/ \(request [\w-]+\)/g, '')
  return [type === 'Error' ? '' : type, plain].filter(Boolean).join(': ')
}

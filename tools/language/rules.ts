import type { Definition, Usage } from './definitions'
import type { WrittenFeature, WrittenScenario } from './features'

/** What is wrong with a sentence, and its place. */
export interface Violation {
  at: string
  says: string
}

const FEWEST_WORDS = 4
/** The features of connectors are about documents. */
const ABOUT_DOCUMENTS = /^features\/connector\//

const HTTP_WORDS: readonly [RegExp, string][] = [
  [/\b(?:GET|POST|PUT|PATCH|DELETE|HEAD)\b/, 'an HTTP method'],
  [/\bHTTP\b|\bJSON\b|\bREST\b|\bendpoint\b|\bpayload\b|\bquery parameter\b/i, 'a word of the wire format'],
  [
    /\bstatus code\b|\b[1-5]\d\d (?:response|error|status)\b|\b(?:response|error|status|with|returns?) [1-5]\d\d\b/i,
    'a status code',
  ],
  [/[{}]/, 'JSON'],
  [/\b[a-z]+_[a-z_]+\b/, 'the name of a field'],
  [/\b[a-z]+\.[a-z]+\.[a-z]+\b/, 'the path of a field'],
]

/** Words of a private language, each with the standard term. */
const PRIVATE_WORDS: readonly [RegExp, string][] = [
  [/\bnobody\b|\bsomebody\b/i, 'say who, or "no one", "someone" where it is meant'],
  [/\bnever was\b|\bnever were\b/i, 'a … that does not exist'],
  [/\bis told\b|\bare told\b|\btells\b|\bwas told\b/i, 'reports, returns, shows'],
  [/\bstands\b|\bstood\b/i, 'is, is shown, is listed'],
  [/\bat hand\b/i, 'cached, available'],
  [/\bis noted\b|\bnoted of\b/i, 'is stored'],
  [/\bwithout further words\b/i, 'is accepted'],
  [/\bdead letters\b/i, 'the dead-letter queue'],
  [/\bthe pass\b|\bthe passes\b/i, 'the access token'],
  [/\btakes? .* back\b/i, 'deletes'],
  [/\bhangs? up\b/i, 'closes the connection'],
  [/\bhears\b|\bheard\b/i, 'receives'],
  [/\bleave to\b|\bwanting\b/i, 'permission, scope, the missing scope'],
  [/\bthe own\b/i, 'her own, his own'],
]

/** Every place where a feature breaks a rule. */
export function featureViolations(features: readonly WrittenFeature[]): Violation[] {
  const scenarios = features.flatMap((feature) => feature.scenarios)
  return [...titleViolations(scenarios), ...scenarios.flatMap(scenarioViolations), ...features.flatMap(wordViolations)]
}

function titleViolations(scenarios: readonly WrittenScenario[]): Violation[] {
  const first = new Map<string, WrittenScenario>()
  return scenarios.flatMap((scenario) => {
    const { uri, line, title } = scenario
    const known = first.get(title.toLowerCase())
    if (!known) first.set(title.toLowerCase(), scenario)
    const words = title.split(/\s+/).filter(Boolean).length
    return [
      ...(words < FEWEST_WORDS ? [at(uri, line, `the title "${title}" has fewer than ${FEWEST_WORDS} words`)] : []),
      ...(known ? [at(uri, line, `the title "${title}" is also that of ${known.uri}:${known.line}`)] : []),
    ]
  })
}

/** One `When` and at least one `Then`. */
function scenarioViolations({ uri, line, title, own, background }: WrittenScenario): Violation[] {
  const actions = own.filter(({ kind }) => kind === 'action')
  const found: Violation[] = []
  if (actions.length !== 1) found.push(at(uri, line, `"${title}" has ${actions.length} acts in its When instead of one`))
  if (!own.some(({ kind }) => kind === 'outcome')) found.push(at(uri, line, `"${title}" has no Then`))
  if (background.some(({ kind }) => kind !== 'context')) found.push(at(uri, line, `the background of "${title}" acts`))
  return found
}

function wordViolations({ uri, document, scenarios }: WrittenFeature): Violation[] {
  const sentences = [
    ...scenarios.map(({ line, title }) => ({ line, text: title })),
    ...scenarios.flatMap(({ own }) => own),
    ...(document.feature?.children ?? []).flatMap(({ background, rule }) => [
      ...(background ? background.steps.map(({ location, text }) => ({ line: location.line, text })) : []),
      ...(rule ? [{ line: rule.location.line, text: rule.name }] : []),
    ]),
  ]
  return sentences.flatMap(({ line, text }) => [
    ...(ABOUT_DOCUMENTS.test(uri) ? [] : found(uri, line, unquoted(text), HTTP_WORDS, (what) => `"${text}" holds ${what}`)),
    ...(/""/.test(text) ? [at(uri, line, `"${text}" holds an empty text: leave out what is empty`)] : []),
    ...found(uri, line, unquoted(text), PRIVATE_WORDS, (instead) => `"${text}": ${instead}`),
  ])
}

function found(
  uri: string,
  line: number,
  text: string,
  words: readonly [RegExp, string][],
  says: (what: string) => string,
): Violation[] {
  return words.flatMap(([pattern, what]) => (pattern.test(text) ? [at(uri, line, says(what))] : []))
}

/** Without example data and placeholders. */
function unquoted(text: string): string {
  return text.replaceAll(/"[^"]*"/g, '""').replaceAll(/<[^<>]+>/g, '')
}

/** Steps that no definition, or several, match; definitions that nothing uses. */
export function stepViolations({ definitions, unmatched }: Usage): Violation[] {
  return [
    ...unmatched.map(({ uri, line, text, matches }) =>
      at(
        uri,
        line,
        matches.length === 0 ? `no step definition matches "${text}"` : `several match "${text}": ${matches.join(' · ')}`,
      ),
    ),
    ...definitions
      .filter(({ pattern, usedBy }) => usedBy.size === 0 && !OFFERED.has(pattern))
      .map(({ uri, line, pattern }) => at(uri, line, `"${pattern}" is not used`)),
    ...definitions.flatMap(({ uri, line, pattern }) =>
      found(uri, line, pattern, PRIVATE_WORDS, (instead) => `"${pattern}": ${instead}`),
    ),
  ]
}

export interface StepFigures {
  scenarios: number
  definitions: number
  perDefinition: number
  /** Share of the definitions that exactly one scenario uses. */
  usedOnce: number
}

export const LIMITS = { definitions: 400, perDefinition: 1.25, usedOnce: 1 / 3 }
/** Definitions for a user's own features, which the suite's features need not use. */
const OFFERED: ReadonlySet<string> = new Set(['the scenario is skipped because {string}'])

export function figuresOf(features: readonly WrittenFeature[], definitions: readonly Definition[]): StepFigures {
  const scenarios = features.reduce((sum, feature) => sum + feature.scenarios.length, 0)
  return {
    scenarios,
    definitions: definitions.length,
    perDefinition: scenarios / definitions.length,
    usedOnce: definitions.filter(({ usedBy }) => usedBy.size === 1).length / definitions.length,
  }
}

export function figureViolations({ definitions, perDefinition, usedOnce }: StepFigures): Violation[] {
  const steps = (says: string): Violation => ({ at: 'steps', says })
  return [
    ...(definitions > LIMITS.definitions ? [steps(`${definitions} definitions; at most ${LIMITS.definitions}`)] : []),
    ...(perDefinition < LIMITS.perDefinition
      ? [steps(`${perDefinition.toFixed(2)} scenarios for each definition; at least ${LIMITS.perDefinition}`)]
      : []),
    ...(usedOnce > LIMITS.usedOnce
      ? [steps(`${percent(usedOnce)} of the definitions are used once; at most ${percent(LIMITS.usedOnce)}`)]
      : []),
  ]
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function at(uri: string, line: number, says: string): Violation {
  return { at: `${uri}:${line}`, says }
}

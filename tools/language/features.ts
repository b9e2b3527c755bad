import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AstBuilder, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin'
import { type GherkinDocument, IdGenerator, type Scenario, type Step, StepKeywordType } from '@cucumber/messages'

/** A scenario or outline, with its own steps and those of its backgrounds. */
export interface WrittenScenario {
  uri: string
  line: number
  title: string
  own: WrittenStep[]
  background: WrittenStep[]
  /** Rows of its examples: values by the name of the column; one empty row where there are no examples. */
  rows: Record<string, string>[]
}

interface WrittenStep {
  line: number
  keyword: string
  kind: 'context' | 'action' | 'outcome'
  text: string
}

export interface WrittenFeature {
  uri: string
  document: GherkinDocument
  scenarios: WrittenScenario[]
}

const KINDS: Partial<Record<StepKeywordType, WrittenStep['kind']>> = {
  [StepKeywordType.CONTEXT]: 'context',
  [StepKeywordType.ACTION]: 'action',
  [StepKeywordType.OUTCOME]: 'outcome',
}

/** Every feature below a folder, by Cucumber's own parser. */
export function readFeatures(folder: string): WrittenFeature[] {
  return globSync('features/**/*.feature', { cwd: folder })
    .sort()
    .map((uri) => parseFeature(uri, readFileSync(join(folder, uri), 'utf8')))
}

export function parseFeature(uri: string, text: string): WrittenFeature {
  const parser = new Parser(new AstBuilder(IdGenerator.incrementing()), new GherkinClassicTokenMatcher())
  const document: GherkinDocument = { ...parser.parse(text), uri }
  return { uri, document, scenarios: scenariosOf(uri, document) }
}

function scenariosOf(uri: string, { feature }: GherkinDocument): WrittenScenario[] {
  const scenarios: WrittenScenario[] = []
  let shared: readonly Step[] = []
  for (const { background, scenario, rule } of feature?.children ?? []) {
    if (background) shared = background.steps
    if (scenario) scenarios.push(written(uri, scenario, shared))
    let own: readonly Step[] = shared
    for (const child of rule?.children ?? []) {
      if (child.background) own = [...shared, ...child.background.steps]
      if (child.scenario) scenarios.push(written(uri, child.scenario, own))
    }
  }
  return scenarios
}

function written(uri: string, { name, location, steps, examples }: Scenario, background: readonly Step[]): WrittenScenario {
  const rows = examples.flatMap(({ tableHeader, tableBody }) =>
    tableBody.map(({ cells }) =>
      Object.fromEntries((tableHeader?.cells ?? []).map(({ value }, at) => [value, cells[at]?.value ?? ''])),
    ),
  )
  return {
    uri,
    line: location.line,
    title: name,
    own: stepsOf(steps),
    background: stepsOf(background),
    rows: rows.length > 0 ? rows : [{}],
  }
}

/** `And` and `But` have the kind of the step above them. */
function stepsOf(steps: readonly Step[]): WrittenStep[] {
  let kind: WrittenStep['kind'] = 'context'
  return steps.map(({ location, keyword, keywordType, text }) => {
    kind = (keywordType && KINDS[keywordType]) ?? kind
    return { line: location.line, keyword: keyword.trim(), kind, text }
  })
}

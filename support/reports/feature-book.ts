import { createHash } from 'node:crypto'
import type { Background, Envelope, Feature, GherkinDocument, Pickle, Scenario, Step, TableRow } from '@cucumber/messages'

export interface StepText {
  keyword: string
  text: string
  table?: string[][]
  doc?: string
}

/** One scenario, or one example of an outline. */
export interface PickleText {
  /** The same from run to run as long as file, rule and title do not change; results are stored under it. */
  key: string
  /** Unique within its rule: examples of the same title show their values. */
  name: string
  line: number
  tags: string[]
  /** Of the steps alone: it identifies a scenario whose title has changed. */
  fingerprint: string
  /** Of an outline: which table, and which row of it. */
  example?: { table: number; row: number }
}

interface ExamplesText {
  name: string
  header: string[]
  rows: string[][]
}

export interface ScenarioText {
  name: string
  description: string
  line: number
  tags: string[]
  /** As written: those of an outline contain `<names>`. */
  steps: StepText[]
  examples: ExamplesText[]
  pickles: PickleText[]
}

/** Scenarios under one rule; those before any rule are under one without a name. */
export interface RuleText {
  name: string
  description: string
  line: number
  background: StepText[]
  scenarios: ScenarioText[]
}

/** One feature file, for readers. */
export interface FeatureText {
  uri: string
  name: string
  description: string
  tags: string[]
  background: StepText[]
  rules: RuleText[]
}

/** The place of a pickle, in words. */
export interface Titles {
  key: string
  feature: string
  rule: string
  name: string
  line: number
}

interface OpenScenario {
  text: ScenarioText
  /** By the id of the row in the document. */
  rows: Map<string, { line: number; example: { table: number; row: number }; cells: string[] }>
  pickles: Pickle[]
}

interface OpenRule {
  text: RuleText
  scenarios: Map<string, OpenScenario>
}

interface OpenFeature {
  text: FeatureText
  rules: OpenRule[]
}

const LONGEST_VALUES = 60

/** Collects the text of every feature that Cucumber reads, whether its scenarios run or not. */
export class FeatureBook {
  private readonly features = new Map<string, OpenFeature>()
  private titles: Map<string, Titles> | undefined

  see({ gherkinDocument, pickle }: Envelope): void {
    if (gherkinDocument?.feature) this.features.set(gherkinDocument.uri ?? '', open(gherkinDocument, gherkinDocument.feature))
    if (pickle) this.add(pickle)
    if (gherkinDocument || pickle) this.titles = undefined
  }

  titlesOf({ id, uri, name }: Pickle): Titles {
    this.titles ??= this.finish()
    return this.titles.get(id) ?? { key: `${uri} > ${name}`, feature: uri, rule: '', name, line: 0 }
  }

  all(): FeatureText[] {
    this.titles ??= this.finish()
    return [...this.features.values()].map(({ text }) => text)
  }

  private add(pickle: Pickle): void {
    const [scenarioId = ''] = pickle.astNodeIds
    for (const { scenarios } of this.features.get(pickle.uri)?.rules ?? []) scenarios.get(scenarioId)?.pickles.push(pickle)
  }

  /** Names and keys are assigned when all examples are known, because only then are ambiguous titles known. */
  private finish(): Map<string, Titles> {
    const titles = new Map<string, Titles>()
    for (const { text: feature, rules } of this.features.values()) {
      for (const { text: rule, scenarios } of rules) {
        const times = new Map<string, number>()
        for (const scenario of scenarios.values()) {
          scenario.text.pickles = pickleTexts(scenario, `${feature.uri} > ${rule.name} > `, times)
          for (const [at, { key, name, line }] of scenario.text.pickles.entries())
            titles.set(scenario.pickles[at]?.id ?? '', { key, feature: feature.name, rule: rule.name, name, line })
        }
      }
    }
    return titles
  }
}

function open({ uri = '' }: GherkinDocument, feature: Feature): OpenFeature {
  const rules: OpenRule[] = []
  const outside: OpenRule = emptyRule('', '', feature.location.line)
  const background: StepText[] = []
  for (const child of feature.children) {
    if (child.background) background.push(...stepsOf(child.background))
    if (child.scenario) outside.scenarios.set(child.scenario.id, openScenario(child.scenario))
    if (!child.rule) continue
    const rule = emptyRule(child.rule.name, trimmed(child.rule.description), child.rule.location.line)
    for (const inner of child.rule.children) {
      if (inner.background) rule.text.background.push(...stepsOf(inner.background))
      if (inner.scenario) rule.scenarios.set(inner.scenario.id, openScenario(inner.scenario))
    }
    rules.push(rule)
  }
  const all = [outside, ...rules].filter(({ scenarios }) => scenarios.size > 0)
  for (const { text, scenarios } of all) text.scenarios = [...scenarios.values()].map((scenario) => scenario.text)
  const { name, description, tags } = feature
  return {
    text: {
      uri,
      name,
      description: trimmed(description),
      tags: tags.map((tag) => tag.name),
      background,
      rules: all.map(({ text }) => text),
    },
    rules: all,
  }
}

function emptyRule(name: string, description: string, line: number): OpenRule {
  return { text: { name, description, line, background: [], scenarios: [] }, scenarios: new Map() }
}

function openScenario({ name, description, location, tags, steps, examples }: Scenario): OpenScenario {
  const rows: OpenScenario['rows'] = new Map()
  const tables = examples.map((table, at): ExamplesText => {
    for (const [row, { id, location, cells }] of table.tableBody.entries())
      rows.set(id, { line: location.line, example: { table: at, row }, cells: cells.map(({ value }) => value) })
    return { name: table.name, header: cellsOf(table.tableHeader), rows: table.tableBody.map(cellsOf) }
  })
  return {
    text: {
      name,
      description: trimmed(description),
      line: location.line,
      tags: tags.map((tag) => tag.name),
      steps: stepsOf({ steps }),
      examples: tables,
      pickles: [],
    },
    rows,
    pickles: [],
  }
}

function pickleTexts({ text, rows, pickles }: OpenScenario, stem: string, times: Map<string, number>): PickleText[] {
  const isAmbiguous = new Set(pickles.map(({ name }) => name)).size < pickles.length
  return pickles.map((pickle) => {
    const row = rows.get(pickle.astNodeIds[1] ?? '')
    const values = row && isAmbiguous ? ` (${shortened(row.cells.join(', '))})` : ''
    const title = pickle.name + values
    const count = (times.get(title) ?? 0) + 1
    times.set(title, count)
    const name = count > 1 ? `${title} (${count})` : title
    return {
      key: stem + name,
      name,
      line: row?.line ?? text.line,
      tags: pickle.tags.map((tag) => tag.name),
      fingerprint: fingerprint(pickle),
      ...(row ? { example: row.example } : {}),
    }
  })
}

function stepsOf({ steps }: Pick<Background, 'steps'>): StepText[] {
  return steps.map(({ keyword, text, dataTable, docString }: Step) => ({
    keyword: keyword.trim(),
    text,
    ...(dataTable ? { table: dataTable.rows.map(cellsOf) } : {}),
    ...(docString ? { doc: docString.content } : {}),
  }))
}

/** The steps of one example: `<names>` replaced by the values of its row. */
export function expanded(steps: readonly StepText[], header: readonly string[], row: readonly string[]): StepText[] {
  const fill = (text: string): string => header.reduce((filled, name, at) => filled.replaceAll(`<${name}>`, row[at] ?? ''), text)
  return steps.map(({ keyword, text, table, doc }) => ({
    keyword,
    text: fill(text),
    ...(table ? { table: table.map((cells) => cells.map(fill)) } : {}),
    ...(doc === undefined ? {} : { doc: fill(doc) }),
  }))
}

function cellsOf(row: TableRow | undefined): string[] {
  return row?.cells.map(({ value }) => value) ?? []
}

function shortened(text: string): string {
  return text.length > LONGEST_VALUES ? `${text.slice(0, LONGEST_VALUES - 1)}…` : text
}

function fingerprint({ steps }: Pickle): string {
  const content = steps.map(({ text, argument }) => [text, argument ?? null])
  return createHash('sha1').update(JSON.stringify(content)).digest('base64url').slice(0, 12)
}

/** Gherkin keeps the indentation of a description, which readers do not need. */
function trimmed(description: string): string {
  return description
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
}

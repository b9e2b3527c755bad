import type { Envelope, Feature, GherkinDocument, Pickle, PickleStep, Step } from '@cucumber/messages'

export interface StepText {
  keyword: string
  text: string
  table?: string[][]
  doc?: string
}

export interface ScenarioText {
  /** The same from run to run as long as file, rule and title stay. */
  key: string
  rule: string
  name: string
  tags: string[]
  steps: StepText[]
}

/** One feature file as a reader sees it, each example of an outline a scenario of its own. */
export interface FeatureText {
  uri: string
  name: string
  description: string
  rules: Record<string, string>
  scenarios: ScenarioText[]
}

/** Where a scenario stands, in words. */
export interface Titles {
  key: string
  feature: string
  rule: string
  name: string
}

interface OpenFeature extends FeatureText {
  ruleOf: Map<string, string>
  keywords: Map<string, string>
  seen: Map<string, number>
}

/** Collects the text of every feature Cucumber reads, chosen scenarios or not. */
export class FeatureBook {
  private readonly features = new Map<string, OpenFeature>()
  private readonly titles = new Map<string, Titles>()

  see({ gherkinDocument, pickle }: Envelope): void {
    if (gherkinDocument?.feature) this.open(gherkinDocument, gherkinDocument.feature)
    if (pickle) this.add(pickle)
  }

  titlesOf({ id, uri, name }: Pickle): Titles {
    return this.titles.get(id) ?? { key: `${uri} > ${name}`, feature: uri, rule: '', name }
  }

  all(): FeatureText[] {
    return [...this.features.values()].map(({ uri, name, description, rules, scenarios }) => {
      return { uri, name, description, rules, scenarios }
    })
  }

  private open({ uri = '' }: GherkinDocument, feature: Feature): void {
    const ruleOf = new Map<string, string>()
    const keywords = new Map<string, string>()
    const rules: Record<string, string> = {}
    for (const { rule, scenario, background } of feature.children) {
      note(keywords, [...(scenario?.steps ?? []), ...(background?.steps ?? [])])
      if (!rule) continue
      rules[rule.name] = trimmed(rule.description)
      for (const child of rule.children) {
        note(keywords, [...(child.scenario?.steps ?? []), ...(child.background?.steps ?? [])])
        if (child.scenario) ruleOf.set(child.scenario.id, rule.name)
      }
    }
    const { name, description } = feature
    this.features.set(uri, {
      uri,
      name,
      description: trimmed(description),
      rules,
      scenarios: [],
      ruleOf,
      keywords,
      seen: new Map(),
    })
  }

  private add(pickle: Pickle): void {
    const feature = this.features.get(pickle.uri)
    if (!feature) return
    const rule = feature.ruleOf.get(pickle.astNodeIds[0] ?? '') ?? ''
    const stem = `${pickle.uri} > ${rule} > ${pickle.name}`
    const times = (feature.seen.get(stem) ?? 0) + 1
    feature.seen.set(stem, times)
    const key = times > 1 ? `${stem} > ${times}` : stem
    const name = times > 1 ? `${pickle.name} (${times})` : pickle.name
    this.titles.set(pickle.id, { key, feature: feature.name, rule, name })
    feature.scenarios.push({
      key,
      rule,
      name,
      tags: pickle.tags.map(({ name }) => name),
      steps: pickle.steps.map((step) => stepText(step, feature.keywords)),
    })
  }
}

function note(keywords: Map<string, string>, steps: readonly Step[]): void {
  for (const { id, keyword } of steps) keywords.set(id, keyword.trim())
}

function stepText({ text, argument, astNodeIds }: PickleStep, keywords: ReadonlyMap<string, string>): StepText {
  return {
    keyword: keywords.get(astNodeIds[0] ?? '') ?? '',
    text,
    ...(argument?.dataTable ? { table: argument.dataTable.rows.map(({ cells }) => cells.map(({ value }) => value)) } : {}),
    ...(argument?.docString ? { doc: argument.docString.content } : {}),
  }
}

/** Gherkin keeps the indentation of a description; readers need none. */
function trimmed(description: string): string {
  return description
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
}

import type { Capabilities } from '../../chat/adapter'
import { serviceOfFeature, services } from '../../services'
import type { ServiceDefinition } from '../../services/service'
import type { FeatureText, PickleText, RuleText, ScenarioText } from '../feature-book'
import { type Results, type RunSummary, type ScenarioResults, TARGETS, type Target } from '../results'

/** The status of a scenario for one target; `none`: it has not run there. */
export type Status = 'failed' | 'flaky' | 'passed' | 'skipped' | 'none'

/** The worst first. */
export const STATUSES: readonly Status[] = ['failed', 'flaky', 'skipped', 'passed', 'none']

export interface PickleView {
  text: PickleText
  scenario: ScenarioText
  rule: RuleText
  feature: FeatureView
  /** Its id within the page of its feature. */
  anchor: string
  results: ScenarioResults
}

export interface FeatureView {
  text: FeatureText
  service: ServiceView
  /** The path of its page from the site's root. */
  path: string
  pickles: PickleView[]
}

export interface ServiceView {
  name: string
  title: string
  path: string
  definition: ServiceDefinition | undefined
  features: FeatureView[]
  /** The capabilities of bots: `true`, or why not. Chat platforms only. */
  capabilities?: Capabilities
}

export interface RunView extends RunSummary {
  runId: string
}

/** The data of all pages. */
export class SiteModel {
  readonly services: ServiceView[]
  readonly pickles: readonly PickleView[]
  /** Newest first. */
  readonly runs: RunView[]

  /** @param hasPage whether a run's own page exists, and can be linked */
  constructor(
    readonly all: Results,
    readonly hasPage: (runId: string) => boolean,
    capabilities: ReadonlyMap<string, Capabilities> = new Map(),
  ) {
    const features = Object.values(all.features).sort((a, b) => a.uri.localeCompare(b.uri))
    const named = Map.groupBy(features, ({ uri }) => serviceOfFeature(uri))
    const names = [
      ...services.map(({ name }) => name),
      ...[...named.keys()].filter((name) => !services.some((one) => one.name === name)),
    ]
    this.services = names.flatMap((name) => {
      const own = named.get(name)
      return own ? [serviceView(name, own, all, capabilities.get(name))] : []
    })
    this.pickles = this.services.flatMap(picklesOfService)
    this.runs = Object.entries(all.runs)
      .map(([runId, run]) => ({ runId, ...run }))
      .sort((a, b) => b.at.localeCompare(a.at))
  }

  /** The latest run that ran a service against a target. */
  lastRun(service: string, target: Target): RunView | undefined {
    return this.runs.find(({ services: own }) => own.some((one) => one.service === service && one.target === target))
  }
}

export function picklesOfService({ features }: ServiceView): PickleView[] {
  return features.flatMap(({ pickles }) => pickles)
}

function serviceView(
  name: string,
  features: readonly FeatureText[],
  all: Results,
  capabilities: Capabilities | undefined,
): ServiceView {
  const definition = services.find((service) => service.name === name)
  const service: ServiceView = {
    name,
    title: definition?.title ?? name,
    path: `site/${name}/index.html`,
    definition,
    features: [],
    ...(capabilities ? { capabilities } : {}),
  }
  service.features = features.map((text) => featureView(text, service, all))
  return service
}

function featureView(text: FeatureText, service: ServiceView, all: Results): FeatureView {
  const inside = text.uri.replace(/^.*?features[\\/][^\\/]+[\\/]/, '').replace(/\.feature$/, '')
  const feature: FeatureView = {
    text,
    service,
    path: `site/${service.name}/${inside.replaceAll(/[\\/]/g, '-')}.html`,
    pickles: [],
  }
  const anchors = new Set<string>()
  feature.pickles = text.rules.flatMap((rule) =>
    rule.scenarios.flatMap((scenario) =>
      scenario.pickles.map((pickle) => ({
        ...{ text: pickle, scenario, rule, feature },
        anchor: uniqueAnchor(pickle.name, anchors),
        results: all.results[pickle.key] ?? {},
      })),
    ),
  )
  return feature
}

function uniqueAnchor(name: string, given: Set<string>): string {
  const stem = slug(name)
  let anchor = stem
  for (let count = 2; given.has(anchor); count++) anchor = `${stem}-${count}`
  given.add(anchor)
  return anchor
}

/** Letters, digits and hyphens, as in a URL. */
export function slug(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '') || 'scenario'
}

export function statusOf(results: ScenarioResults, target: Target): Status {
  const last = results[target]?.last
  if (!last) return 'none'
  return last.isFlaky ? 'flaky' : last.verdict
}

/** The worse of both targets; a skip counts only if nothing was tried. */
export function overall(results: ScenarioResults): Status {
  const found = TARGETS.map((target) => statusOf(results, target))
  return (['failed', 'flaky', 'passed', 'skipped'] as const).find((status) => found.includes(status)) ?? 'none'
}

export type Counts = Record<Status, number>

export function countsOf(pickles: readonly PickleView[], target: Target): Counts {
  const counts: Counts = { failed: 0, flaky: 0, skipped: 0, passed: 0, none: 0 }
  for (const { results } of pickles) counts[statusOf(results, target)]++
  return counts
}

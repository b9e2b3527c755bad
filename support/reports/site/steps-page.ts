import { expanded, type StepText } from '../feature-book'
import { type Content, type Html, html } from './html'
import { page } from './layout'
import type { FeatureView, PickleView, SiteModel } from './model'

const ROOT = '../'

interface Use {
  pickle: PickleView
}

/** Every step definition, and the scenarios that use it. */
export function stepsPage(model: SiteModel): string {
  const uses = usesByPattern(model)
  const definitions = Object.values(model.all.definitions).sort(
    (a, b) => rank(a.file) - rank(b.file) || a.file.localeCompare(b.file) || a.line - b.line,
  )
  const files = Map.groupBy(definitions, ({ file }) => file)
  const sections = [...files].map(
    ([file, own]) => html`<section aria-labelledby="${idOf(file)}"><h2 id="${idOf(file)}"><code>${file}</code></h2>
<ul class="catalogue">${own.map(({ pattern, line }) => entry(pattern, line, uses.get(pattern) ?? []))}</ul></section>`,
  )
  const content = html`<h1>Step catalogue</h1>
<p class="lead">${definitions.length} sentences of which scenarios consist. Look here before you write a new one.</p>
<p class="step-filter"><label>Filter <input type="search" data-step-filter autocomplete="off" spellcheck="false"></label> <span role="status" data-step-count></span></p>
${sections}`
  return page({ title: 'Step catalogue', root: ROOT, model, current: 'steps', content })
}

/** Sentences that services share come first. */
function rank(file: string): number {
  const at = [/steps[\\/]common/, /steps[\\/]chat[\\/]/].findIndex((pattern) => pattern.test(file))
  return at < 0 ? 2 : at
}

function idOf(file: string): string {
  return file.replaceAll(/[^\w]+/g, '-')
}

function entry(pattern: string, line: number, uses: readonly Use[]): Html {
  const text = pattern.split(/(\{[^}]*\})/).map((part, at) => (at % 2 === 1 ? html`<span class="value">${part}</span>` : part))
  const list = uses.map(
    ({ pickle }) => html`<li><a href="${ROOT}${pickle.feature.path}#${pickle.anchor}">${pickle.text.name}</a></li>`,
  )
  return html`<li data-step><span class="sentence">${text}</span> <span class="muted line-number">line ${line}</span>${usesOf(list)}</li>`
}

function usesOf(list: readonly Html[]): Content {
  if (list.length === 0) return html` <span class="unused">not used</span>`
  return html`<details><summary>${list.length === 1 ? 'in one scenario' : `in ${list.length} scenarios`}</summary><ul>${list}</ul></details>`
}

function usesByPattern(model: SiteModel): Map<string, Use[]> {
  const uses = model.pickles.flatMap((pickle) => {
    const patterns = new Set(stepsOf(pickle).map(({ text }) => model.all.matches[text]))
    return [...patterns].flatMap((pattern) => (pattern === undefined ? [] : [{ pattern, pickle }]))
  })
  return Map.groupBy(uses, ({ pattern }) => pattern)
}

/** The sentences of one scenario as they ran, including its background. */
export function stepsOf({
  scenario,
  rule,
  feature,
  text,
}: {
  scenario: PickleView['scenario']
  rule: PickleView['rule']
  feature: FeatureView
  text: PickleView['text']
}): StepText[] {
  const { example } = text
  const table = example && scenario.examples[example.table]
  const own = table ? expanded(scenario.steps, table.header, table.rows[example.row] ?? []) : scenario.steps
  return [...feature.text.background, ...rule.background, ...own]
}

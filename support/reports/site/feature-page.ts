import { duration } from '../console/layout'
import type { RuleText, ScenarioText, StepText } from '../feature-book'
import { type Past, type Result, TARGETS, type Target } from '../results'
import { type Content, type Html, html } from './html'
import { badge, page, paragraphs, runLink, TARGET_WORDS, targetBadges, time, WORDS } from './layout'
import { type FeatureView, type PickleView, type SiteModel, type Status, slug, statusOf } from './model'

const ROOT = '../../'

/** One feature: its purpose, its rules, and each scenario with its steps and results. */
export function featurePage(feature: FeatureView, model: SiteModel): string {
  const { text, service } = feature
  const content = html`<nav class="crumbs" aria-label="Breadcrumb"><a href="index.html">${service.title}</a></nav>
<h1>${text.name}</h1>
${paragraphs(text.description, 'lead')}
<p class="facts">${sourceLink(feature, 1, model, text.uri)}${text.tags.map((tag) => html`<span class="tag">${tag}</span>`)}</p>
${contents(feature)}
${text.background.length > 0 && html`<section class="background" aria-label="Background"><h2 class="small">Before each scenario</h2>${stepList(text.background)}</section>`}
${text.rules.map((rule) => ruleSection(rule, feature, model))}`
  return page({ title: text.name, root: ROOT, model, service, content })
}

/** Where a feature is published, if a build machine has set it; else the file beside the reports. */
function sourceLink({ text }: FeatureView, line: number, { all }: SiteModel, label: Content): Html {
  const repository = webAddress(all.repository)
  const target = repository ? `${repository}/${text.uri}#L${line}` : `${ROOT}../${text.uri}`
  return html`<a class="source" href="${target}">${label}</a>`
}

function webAddress(repository: { remote: string; revision: string } | undefined): string | undefined {
  const host = /^(?:https?:\/\/(?:[^@/]*@)?|git@)([^/:]+)[/:](.+?)(?:\.git)?$/.exec(repository?.remote ?? '')
  return host && repository ? `https://${host[1]}/${host[2]}/blob/${repository.revision}` : undefined
}

function contents({ text, pickles }: FeatureView): Content {
  if (pickles.length < 4) return undefined
  return html`<details class="contents"><summary>${pickles.length} scenarios</summary><ul>${text.rules.flatMap((rule) =>
    rule.scenarios.map((scenario) => {
      const first = pickles.find((pickle) => pickle.scenario === scenario)
      return html`<li><a href="#${first?.anchor ?? ''}">${scenario.name}</a></li>`
    }),
  )}</ul></details>`
}

function ruleSection(rule: RuleText, feature: FeatureView, model: SiteModel): Html {
  const scenarios = rule.scenarios.map((scenario) => scenarioCard(scenario, rule, feature, model))
  if (!rule.name) return html`<section class="rule" aria-label="Scenarios">${scenarios}</section>`
  return html`<section class="rule" aria-labelledby="rule-${slug(rule.name)}">
<h2 id="rule-${slug(rule.name)}">${rule.name}</h2>
${paragraphs(rule.description, 'narrative')}
${rule.background.length > 0 && html`<div class="background"><h3 class="small">Before each scenario of this rule</h3>${stepList(rule.background)}</div>`}
${scenarios}
</section>`
}

function scenarioCard(scenario: ScenarioText, rule: RuleText, feature: FeatureView, model: SiteModel): Content {
  const own = feature.pickles.filter((pickle) => pickle.scenario === scenario)
  const [first] = own
  if (!first) return undefined
  const level = rule.name
    ? html`<h3>${titleLink(scenario.name, first)}</h3>`
    : html`<h2 class="scenario-title">${titleLink(scenario.name, first)}</h2>`
  const tags = scenario.tags.map((tag) => html`<span class="tag">${tag}</span>`)
  const isOutline = scenario.examples.length > 0
  return html`<article class="scenario ${worst(own)}"${isOutline ? '' : html` id="${first.anchor}"`}>
<header>${level}${isOutline ? '' : targetBadges(first)}</header>
${paragraphs(scenario.description, 'narrative')}
${stepList(scenario.steps)}
${isOutline ? examples(scenario, own, model) : outcome(first, model)}
<footer>${isOutline ? '' : history(first, model)}${tags}${sourceLink(feature, scenario.line, model, `line ${scenario.line}`)}</footer>
</article>`
}

function titleLink(name: string, { anchor }: PickleView): Html {
  return html`<a class="self" href="#${anchor}">${name}</a>`
}

function worst(pickles: readonly PickleView[]): Status {
  const found = pickles.flatMap(({ results }) => TARGETS.map((target) => statusOf(results, target)))
  return (['failed', 'flaky', 'skipped', 'passed'] as const).find((status) => found.includes(status)) ?? 'none'
}

/** Why it was skipped, failed or passed only when retried. */
function outcome({ results, feature, text }: PickleView, model: SiteModel): Content {
  return TARGETS.map((target) => {
    const { last, ran } = results[target] ?? {}
    if (!last || (last.verdict === 'passed' && !last.isFlaky)) return undefined
    const status = last.isFlaky ? 'flaky' : last.verdict
    const more =
      status === 'skipped'
        ? undefined
        : runLink(ROOT, model, last.runId, 'calls and details', failureAnchor(feature.text.uri, text.line))
    return html`<p class="why ${status}"><strong>${TARGET_WORDS[target]}, ${WORDS[status]}:</strong> ${reasons(last)} ${more}${ran && html` <span class="muted">Last ran ${time(ran.at)}: ${ran.verdict}.</span>`}</p>`
  })
}

/** The place of a failure on the page of its run. */
export function failureAnchor(uri: string, line: number): string {
  return slug(`${uri.replace(/^features[\\/]/, '')} ${line}`)
}

function reasons({ why, verdict }: Result): Content {
  const [reason, toSet] = verdict === 'skipped' ? why.split('; to run it: ') : [why]
  return toSet ? html`${reason}. To run it: <code>${toSet}</code>` : reason || 'no reason given'
}

function history({ results }: PickleView, model: SiteModel): Content {
  const rows = TARGETS.flatMap((target) => {
    const own = results[target]
    return own
      ? [
          html`<div class="past"><dt>${TARGET_WORDS[target]}</dt><dd>${dots(own.history, model)} <span class="muted">${duration(own.last.seconds)}, ${time(own.last.at)}</span></dd></div>`,
        ]
      : []
  })
  return rows.length > 0 ? html`<dl class="history">${rows}</dl>` : undefined
}

/** The last runs, oldest first, one dot each. */
function dots(past: readonly Past[], model: SiteModel): Html {
  const words = past.map(([verdict]) => WORDS[verdict])
  return html`<span class="dots" role="img" aria-label="last ${past.length === 1 ? 'run' : `${past.length} runs, newest first`}: ${words.join(', ')}">${past
    .toReversed()
    .map(
      ([verdict, runId]) =>
        html`<span class="dot ${verdict}" title="${WORDS[verdict]}, ${model.all.runs[runId]?.at.slice(0, 16).replace('T', ' ') ?? runId}"></span>`,
    )}</span>`
}

function examples({ examples: tables, name }: ScenarioText, own: readonly PickleView[], model: SiteModel): Html[] {
  const targets = TARGETS.filter((target) => own.some(({ results }) => results[target]))
  return tables.map((table, at) => {
    const rows = own.filter(({ text }) => text.example?.table === at)
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Examples of ${name}${tables.length > 1 ? `, ${at + 1}` : ''}"><table class="examples">
${table.name && html`<caption>${table.name}</caption>`}
<thead><tr>${table.header.map((cell) => html`<th scope="col">${cell}</th>`)}${targets.map((target) => html`<th scope="col" class="result">${TARGET_WORDS[target]}</th>`)}</tr></thead>
<tbody>${rows.map(
      (pickle) =>
        html`<tr id="${pickle.anchor}">${(table.rows[pickle.text.example?.row ?? 0] ?? []).map((cell) => html`<td>${cell}</td>`)}${targets.map(
          (target) => html`<td class="result">${exampleResult(pickle, target, model)}</td>`,
        )}</tr>`,
    )}</tbody></table></div>`
  })
}

function exampleResult({ results, feature, text }: PickleView, target: Target, model: SiteModel): Content {
  const last = results[target]?.last
  const shown = badge(statusOf(results, target))
  if (!last || (last.verdict === 'passed' && !last.isFlaky)) return shown
  const more =
    last.verdict === 'skipped'
      ? undefined
      : runLink(ROOT, model, last.runId, 'details', failureAnchor(feature.text.uri, text.line))
  return html`${shown} <span class="muted">${reasons(last)}</span> ${more}`
}

function stepList(steps: readonly StepText[]): Html {
  return html`<ol class="steps">${steps.map(
    ({ keyword, text, table, doc }) =>
      html`<li><span class="keyword">${keyword}</span> <span class="text">${values(text)}</span>${table && dataTable(table, text)}${doc !== undefined && html`<pre class="doc" tabindex="0" aria-label="Text of the step">${doc}</pre>`}</li>`,
  )}</ol>`
}

/** Text in quotation marks or, in outlines, in angle brackets is a value. */
function values(text: string): Content[] {
  return text.split(/("[^"]*"|<[^<>]+>)/).map((part, at) => (at % 2 === 1 ? html`<span class="value">${part}</span>` : part))
}

function dataTable(rows: readonly (readonly string[])[], step: string): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Table of the step ${step}"><table class="data"><tbody>${rows.map(
    (cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

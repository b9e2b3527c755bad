import type { FeatureText, ScenarioText, StepText } from './feature-book'
import { markup } from './markup'
import type { LastResults, Result, ScenarioResult } from './results'

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --passed: #2a7d3f; --failed: #b3261e; --skipped: #8a6d00; --none: #777 }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1, h2, h3, h4 { line-height: 1.2; margin: 1.6em 0 .4em }
h2 { border-bottom: 1px solid var(--line) }
p.narrative { white-space: pre-line; opacity: .85; margin: .2em 0 }
table { border-collapse: collapse; margin: .3em 0 } td, th { border: 1px solid var(--line); padding: .15em .6em; text-align: left }
details { margin: .15em 0 .15em .5em } summary { cursor: pointer }
.badge { display: inline-block; min-width: 4.5em; font-weight: 600 } .when { opacity: .75; font-size: .85em; margin-left: .5em }
.passed { color: var(--passed) } .failed { color: var(--failed) } .skipped { color: var(--skipped) } .none { color: var(--none) }
.step { margin-left: 2.2em } .step b { font-weight: 600 } .why { margin-left: 2.2em } pre { margin: .2em 0; white-space: pre-wrap }
`

interface PageOptions {
  record: LastResults
  serviceOf: (uri: string) => string
  /** Services in the order in which they are listed, each with its name among people; others follow. */
  services: readonly { name: string; title: string }[]
  /** Whether the run's own report stands beside the page, to be linked. */
  hasReport: (runId: string) => boolean
}

/** The features of one service. */
interface Chapter {
  name: string
  title: string
  features: readonly FeatureText[]
}

/** The features and the last result of each scenario as one page that needs nothing else. */
export function renderLivingPage({ record, serviceOf, services, hasReport }: PageOptions): string {
  const byService = new Map<string, FeatureText[]>(services.map(({ name }) => [name, []]))
  for (const feature of Object.values(record.features).sort((a, b) => a.uri.localeCompare(b.uri))) {
    const service = serviceOf(feature.uri)
    byService.set(service, [...(byService.get(service) ?? []), feature])
  }
  const chapters = [...byService].flatMap(([name, features]): Chapter[] => {
    const { title = name } = services.find((service) => service.name === name) ?? {}
    return features.length > 0 ? [{ name, title, features }] : []
  })
  return [
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Living documentation</title><style>${STYLE}</style></head><body><h1>What the services promise, and when it was last seen to hold</h1>`,
    overview(chapters, record),
    ...chapters.map((chapter) => section(chapter, record, hasReport)),
    '</body></html>\n',
  ].join('\n')
}

function overview(chapters: readonly Chapter[], { results }: LastResults): string {
  const rows = chapters.map(({ name, title, features }) => {
    const found = features.flatMap(({ scenarios }) => scenarios.map(({ key }) => results[key]?.last.verdict ?? 'none'))
    const cells = (['passed', 'failed', 'skipped', 'none'] as const).map((verdict) => {
      const count = found.filter((one) => one === verdict).length
      return `<td${count > 0 ? ` class="${verdict}"` : ''}>${count}</td>`
    })
    return `<tr><td><a href="#${markup(name)}">${markup(title)}</a></td>${cells.join('')}</tr>`
  })
  const head = '<tr><th>service</th><th>passed</th><th>failed</th><th>skipped</th><th>not run yet</th></tr>'
  return `<table>${head}${rows.join('')}</table>`
}

function section({ name, title, features }: Chapter, record: LastResults, hasReport: PageOptions['hasReport']): string {
  const bodies = features.map((feature) => {
    const groups = new Map<string, ScenarioText[]>()
    for (const scenario of feature.scenarios) groups.set(scenario.rule, [...(groups.get(scenario.rule) ?? []), scenario])
    const rules = [...groups].map(([rule, scenarios]) => {
      const head = rule ? `<h4>${markup(rule)}</h4>${narrative(feature.rules[rule] ?? '')}` : ''
      return head + scenarios.map((scenario) => scenarioBlock(scenario, record.results[scenario.key], hasReport)).join('\n')
    })
    return `<h3>${markup(feature.name)}</h3>${narrative(feature.description)}${rules.join('\n')}`
  })
  return `<section id="${markup(name)}"><h2>${markup(title)}</h2>${bodies.join('\n')}</section>`
}

function narrative(text: string): string {
  return text ? `<p class="narrative">${markup(text)}</p>` : ''
}

function scenarioBlock(
  { name, steps }: ScenarioText,
  result: ScenarioResult | undefined,
  hasReport: PageOptions['hasReport'],
): string {
  const verdict = result?.last.verdict ?? 'none'
  const badge = `<span class="badge ${verdict}">${verdict === 'none' ? 'not run' : verdict}</span>`
  const why = result?.last.why ? `<div class="why ${verdict}">${markup(result.last.why)}</div>` : ''
  const ran = result?.ran ? `<span class="when">last ran: ${result.ran.verdict},</span>${when(result.ran, hasReport)}` : ''
  const head = `${badge} ${markup(name)}${result ? when(result.last, hasReport) : ''}${ran}`
  return `<details${verdict === 'failed' ? ' open' : ''}><summary>${head}</summary>${why}${steps.map(stepLine).join('\n')}</details>`
}

function when({ at, target, runId }: Result, hasReport: PageOptions['hasReport']): string {
  const date = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
  const shown = hasReport(runId) ? `<a href="${markup(encodeURIComponent(runId))}/report.html">${date}</a>` : date
  return ` <span class="when">${markup(target)}, ${shown}</span>`
}

function stepLine({ keyword, text, table, doc }: StepText): string {
  const rows = table?.map((cells) => `<tr>${cells.map((cell) => `<td>${markup(cell)}</td>`).join('')}</tr>`).join('')
  const extras = `${rows ? `<table>${rows}</table>` : ''}${doc === undefined ? '' : `<pre>${markup(doc)}</pre>`}`
  return `<div class="step"><b>${markup(keyword)}</b> ${markup(text)}${extras}</div>`
}

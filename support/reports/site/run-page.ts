import type { Call, RecentCalls } from '../../http/exchanges'
import { serviceNamed } from '../../services'
import { pathOf, prettyBody } from '../console/failures'
import { duration, plural } from '../console/layout'
import { TARGETS as TARGET_NAMES } from '../console/tables'
import type { RunFacts } from '../facts'
import { headline, type StepFailure } from '../failure'
import { countOf, failedScenarios, flakyScenarios, type RunReport, type ScenarioReport, skipsByReason } from '../run-report'
import { failureAnchor } from './feature-page'
import { type Content, type Html, html } from './html'
import { badge, page, tally, time } from './layout'
import type { Counts, SiteModel } from './model'

const ROOT = '../'
const SLOWEST = 10
/** A longer body has to be read in the messages. */
const MOST_BODY_LINES = 200

/** One run: its targets, its failures with their calls, and its flaky, slow and skipped scenarios. */
export function runPage(report: RunReport, facts: RunFacts, model: SiteModel): string {
  const failed = failedScenarios(report)
  const flaky = flakyScenarios(report)
  const seconds = report.startedAt && report.finishedAt ? (report.finishedAt - report.startedAt) / 1_000 : 0
  const content = html`<nav class="crumbs" aria-label="Breadcrumb"><a href="${ROOT}site/runs.html">Runs</a></nav>
<h1>Run of ${time(facts.startedAt.toISOString())}</h1>
<p class="lead">${report.scenarios.length} scenarios in ${duration(seconds)}. <span class="muted">Run ${facts.runId}</span></p>
<p class="verdict">${tally(countsOf(report.scenarios))}</p>
<p class="files">More of this run: <a href="report.html">every step, in Cucumber’s own report</a>, <a href="junit.xml">JUnit</a>, <a href="messages.ndjson">messages</a>.</p>
${listed('Why the run fails', 'fails', facts.failures)}
${failed.length > 0 && html`<section aria-labelledby="failed"><h2 id="failed">Failed <span class="count">${failed.length}</span></h2>${failed.map((one) => failureCard(one))}</section>`}
${report.failures.length > 0 && html`<section aria-labelledby="outside"><h2 id="outside">Failed outside scenarios</h2>${report.failures.map((failure) => html`<article class="failure">${stepFailure(failure, 'h3', '')}</article>`)}</section>`}
${flaky.length > 0 && html`<section aria-labelledby="flaky"><h2 id="flaky">Flaky: passed only when retried <span class="count">${flaky.length}</span></h2>${flaky.map((one) => failureCard(one))}</section>`}
<section aria-labelledby="targets"><h2 id="targets">Targets</h2>${targetTable(report, facts)}</section>
${skipped(report)}
${slowest(report, model)}
${listed(
  'Left behind',
  'left',
  facts.leftovers.map(({ service, kind, id, name, why }) => `${service} ${kind} ${id ?? '(id unknown)'} “${name}”: ${why}`),
)}
${listed('Notes', 'notes', facts.notes)}`
  return page({ title: `Run ${facts.runId}`, root: ROOT, model, current: 'runs', content })
}

function countsOf(scenarios: readonly ScenarioReport[]): Counts {
  const flaky = flakyScenarios({ scenarios }).length
  const count = (verdict: 'failed' | 'passed' | 'skipped'): number => countOf({ scenarios }, verdict)
  return { failed: count('failed'), flaky, skipped: count('skipped'), passed: count('passed') - flaky, none: 0 }
}

function targetTable(report: RunReport, { services }: RunFacts): Html {
  const rows = services.map(({ service, target, address, backing, account, credential }) => {
    const own = report.scenarios.filter((one) => one.service === service && one.target === target)
    const details = [address, ...backing, account && `account of ${account}`, credential].filter(
      (text) => text !== undefined && text !== '',
    )
    return html`<tr><th scope="row">${titleOf(service)}</th><td>${TARGET_NAMES[target]}</td><td>${tally(countsOf(own))}</td><td>${details.map((detail) => html`<span class="line">${detail}</span>`)}</td></tr>`
  })
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Targets"><table><thead><tr><th scope="col">Service</th><th scope="col">Target</th><th scope="col">Results</th><th scope="col">Ran against</th></tr></thead><tbody>${rows}</tbody></table></div>`
}

function failureCard(scenario: ScenarioReport): Html {
  const { uri, line, name, feature, rule, service, target, failures, isFlaky, attempts, steps } = scenario
  return html`<article class="failure ${isFlaky ? 'flaky' : 'failed'}" id="${failureAnchor(uri, line)}">
<header><h3>${name}</h3>${badge(isFlaky ? 'flaky' : 'failed', target === undefined ? '' : TARGET_NAMES[target])}</header>
<p class="where">${[titleOf(service), feature, rule].filter(Boolean).join(' › ')}<br><code>${uri}:${line}</code>${attempts > 1 && ` · ${attempts} attempts`}</p>
<ol class="steps compact">${steps.map(({ keyword, text, status }) => html`<li class="${status === 'passed' ? 'passed' : status === 'skipped' || status === 'not reached' ? 'skipped' : 'failed'}"><span class="keyword">${keyword}</span> <span class="text">${text} <span class="muted">${status}</span></span></li>`)}</ol>
${failures.map((failure, at) => (at === 0 ? stepFailure(failure, 'h4', name) : html`<details class="further"><summary>${failure.step}: ${headline(failure)}</summary>${stepFailure(failure, 'h4', name)}</details>`))}
</article>`
}

function titleOf(service: string): string {
  return serviceNamed(service)?.title ?? service
}

function stepFailure(
  { step, definition, type, message, diff, stack, calls, snippet, status }: StepFailure,
  level: 'h3' | 'h4',
  scenario: string,
): Html {
  const title = html`${step}${status !== 'failed' && ` (${status})`}`
  const label = `${step}${scenario && ` in ${scenario}`}`
  return html`${level === 'h3' ? html`<h3>${title}</h3>` : html`<h4>${title}</h4>`}
${definition && html`<p class="muted"><code>${definition}</code></p>`}
<p class="message">${type && type !== 'Error' ? html`<strong>${type}</strong>: ` : ''}${message}</p>
${
  diff.length > 0 &&
  html`<pre class="diff" tabindex="0" aria-label="Difference, ${label}"><span class="legend"><span class="added">+ expected</span> <span class="removed">- actual</span></span>
${diff.map((line) => html`<span class="${line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same'}">${line}</span>\n`)}</pre>`
}
${snippet && html`<pre tabindex="0" aria-label="Code to begin with, ${label}">${snippet}</pre>`}
${calls && callTable(calls, label)}
${stack.length > 0 && html`<details class="stack"><summary>Stack</summary><pre tabindex="0" aria-label="Stack, ${label}">${stack.map((place) => `at ${place}`).join('\n')}</pre></details>`}`
}

function callTable({ earlier, calls }: RecentCalls, label: string): Html {
  const last = calls.at(-1)
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Calls, ${label}"><table class="calls"><caption>Calls${earlier > 0 && ` (${plural(earlier, 'earlier call')} left out)`}</caption>
<thead><tr><th scope="col">Method</th><th scope="col">Path</th><th scope="col">Status</th><th scope="col" class="number">ms</th></tr></thead>
<tbody>${calls.map(callRow)}</tbody></table></div>
${last && lastCall(last, label)}`
}

function callRow({ method, url, status, milliseconds, times }: Call): Html {
  const isBad = status === undefined || status >= 400
  return html`<tr class="${isBad ? 'bad' : ''}"><td><code>${method}</code></td><td><code>${pathOf(url)}</code>${times > 1 && ` ×${times}`}</td><td>${status ?? 'no response'}</td><td class="number">${milliseconds}</td></tr>`
}

function lastCall({ requestBody, response, curl, requestId }: Call, label: string): Html {
  return html`${requestBody && body('Sent', requestBody, label)}${response ? body('Response', response, label) : html`<p class="muted">The last response has no body.</p>`}
<p class="caption">Repeat the last call${requestId && html` <span class="muted">(request ${requestId})</span>`}</p><pre class="curl" tabindex="0" aria-label="Command, ${label}">${curl}</pre>`
}

function body(title: string, text: string, label: string): Html {
  const lines = prettyBody(text)
  const shown = lines.slice(0, MOST_BODY_LINES)
  return html`<details${title === 'Response' && OPEN}><summary>${title} of the last call</summary><pre class="body" tabindex="0" aria-label="${title} of the last call, ${label}">${shown.join('\n')}${lines.length > shown.length && `\n… ${lines.length - shown.length} more lines`}</pre></details>`
}

const OPEN = html` open`

function skipped(report: RunReport): Content {
  const reasons = skipsByReason(report)
  if (reasons.length === 0) return undefined
  return html`<section aria-labelledby="skipped"><h2 id="skipped">Skipped</h2><table><thead><tr><th scope="col" class="number">Scenarios</th><th scope="col">Why, and what to set</th></tr></thead><tbody>${reasons.map(([why, count]) => html`<tr><td class="number">${count}</td><td>${why}</td></tr>`)}</tbody></table></section>`
}

function slowest({ scenarios }: RunReport, model: SiteModel): Content {
  if (scenarios.length < SLOWEST) return undefined
  const pages = new Map(model.pickles.map((pickle) => [pickle.text.key, pickle]))
  const rows = scenarios
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST)
    .map(({ key, name, service, seconds }) => {
      const view = pages.get(key)
      const title = view ? html`<a href="${ROOT}${view.feature.path}#${view.anchor}">${name}</a>` : name
      return html`<tr><td class="number">${duration(seconds)}</td><td>${title}</td><td>${titleOf(service)}</td></tr>`
    })
  return html`<section aria-labelledby="slowest"><h2 id="slowest">Slowest</h2><div class="scroll" tabindex="0" role="group" aria-label="Slowest scenarios"><table><thead><tr><th scope="col" class="number">Took</th><th scope="col">Scenario</th><th scope="col">Service</th></tr></thead><tbody>${rows}</tbody></table></div></section>`
}

function listed(title: string, id: string, texts: readonly string[]): Content {
  if (texts.length === 0) return undefined
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><ul>${texts.map((text) => html`<li class="sentence">${text}</li>`)}</ul></section>`
}

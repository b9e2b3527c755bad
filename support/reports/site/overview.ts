import { duration } from '../console/layout'
import { TARGETS } from '../results'
import { type Content, type Html, html } from './html'
import { badge, finder, page, runLink, TARGET_WORDS, tally, time } from './layout'
import { countsOf, overall, type PickleView, picklesOfService, type RunView, type SiteModel, statusOf } from './model'
import { targetTally } from './service-page'

const RECENT_RUNS = 5

/** The first page: the status of all services, what fails, and a search for every scenario. */
export function overviewPage(model: SiteModel): string {
  const { pickles, services } = model
  const failing = pickles.filter(({ results }) => overall(results) === 'failed')
  const flaky = pickles.filter(({ results }) => overall(results) === 'flaky')
  const content = html`<h1>What the services promise</h1>
<p class="lead">${pickles.length} scenarios in ${services.length === 1 ? 'one service' : `${services.length} services`}, each with its last result against the live service and against its sandbox. <a href="#find">Search them all</a></p>
<div class="tiles">${TARGETS.map((target) => html`<section class="tile" aria-label="${TARGET_WORDS[target]}"><h2>${TARGET_WORDS[target]}</h2>${tally(countsOf(pickles, target))}</section>`)}</div>
${problems('failing', 'Failing now', failing, model)}
${problems('flaky', 'Flaky: passed only when retried', flaky, model)}
<section aria-labelledby="services"><h2 id="services">Services</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Services"><table class="services"><thead><tr><th scope="col">Service</th><th scope="col" class="number">Flows</th><th scope="col" class="number">Scenarios</th><th scope="col">Last results</th></tr></thead>
<tbody>${services.map((service) => {
    const own = picklesOfService(service)
    return html`<tr><th scope="row"><a href="${service.path}">${service.title}</a></th><td class="number" data-unit="${unit(service.features.length, 'flow')}">${service.features.length}</td><td class="number" data-unit="${unit(own.length, 'scenario')}">${own.length}</td><td class="targets">${TARGETS.map((target) => targetTally(own, target))}</td></tr>`
  })}</tbody></table></div></section>
<section aria-labelledby="find"><h2 id="find">All scenarios</h2>${finder(model, 'inline')}</section>
<section aria-labelledby="recent"><h2 id="recent">Recent runs</h2>${runTable(model.runs.slice(0, RECENT_RUNS), '', model)}
${model.runs.length > RECENT_RUNS && html`<p><a href="site/runs.html">All ${model.runs.length} runs</a></p>`}</section>`
  return page({ title: 'Overview', root: '', model, current: 'overview', content })
}

function unit(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`
}

function problems(id: string, title: string, pickles: readonly PickleView[], model: SiteModel): Content {
  if (pickles.length === 0) return undefined
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title} <span class="count">${pickles.length}</span></h2><ul class="problems">${pickles.map((pickle) => problem(pickle, model))}</ul></section>`
}

function problem({ text, feature, anchor, results, rule }: PickleView, model: SiteModel): Html {
  const shown = TARGETS.filter((target) => ['failed', 'flaky'].includes(statusOf(results, target)))
  return html`<li><a href="${feature.path}#${anchor}">${text.name}</a>
<span class="where">${[feature.service.title, feature.text.name, rule.name].filter(Boolean).join(' › ')}</span>
${shown.map((target) => {
  const last = results[target]?.last
  return html`<span class="why-line">${badge(statusOf(results, target), TARGET_WORDS[target])} ${last?.why} <span class="muted">${last && runLink('', model, last.runId, time(last.at))}</span></span>`
})}</li>`
}

/** Runs as a table, the newest first. */
function runTable(runs: readonly RunView[], root: string, model: SiteModel): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Runs"><table class="runs"><thead><tr><th scope="col">Run</th><th scope="col">Targets</th><th scope="col">Results</th><th scope="col" class="number">Took</th></tr></thead>
<tbody>${runs.map((run) => {
    const { runId, at, seconds, passed, failed, skipped, flaky } = run
    const counts = { failed, flaky, skipped, passed: passed - flaky, none: 0 }
    return html`<tr><th scope="row">${runLink(root, model, runId, time(at))}</th><td>${targetsOf(run)}</td><td>${tally(counts)}</td><td class="number">${duration(seconds)}</td></tr>`
  })}</tbody></table></div>`
}

function targetsOf({ services }: RunView): string {
  return TARGETS.flatMap((target) => {
    const own = services.filter((service) => service.target === target).map(({ service }) => service)
    return own.length > 0 ? [`${target}: ${own.join(', ')}`] : []
  }).join(' · ')
}

/** Every run. */
export function runsPage(model: SiteModel): string {
  const content = html`<h1>Runs</h1><p class="lead">Every run with results here, newest first.</p>${runTable(model.runs, '../', model)}`
  return page({ title: 'Runs', root: '../', model, current: 'runs', content })
}

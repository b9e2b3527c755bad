import type { Optional } from '../../services/service'
import { plural } from '../console/layout'
import { TARGETS, type Target } from '../results'
import { type Content, type Html, html } from './html'
import { page, paragraphs, runLink, TARGET_WORDS, tally, time } from './layout'
import { countsOf, type FeatureView, picklesOfService, type ServiceView, type SiteModel, slug } from './model'

const ROOT = '../../'

/** One service: its last results, its flows with their rules, what is optional, and the capabilities of its bots. */
export function servicePage(service: ServiceView, model: SiteModel): string {
  const pickles = picklesOfService(service)
  const content = html`<h1>${service.title}</h1>
<p class="lead">${plural(service.features.length, 'flow')}, ${plural(pickles.length, 'scenario')}.</p>
<section aria-labelledby="tried"><h2 id="tried">Last results</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Last results"><table class="tried"><thead><tr><th scope="col">Target</th><th scope="col">Results</th><th scope="col">Last run</th><th scope="col">Ran against</th></tr></thead>
<tbody>${TARGETS.map((target) => triedRow(service, target, model))}</tbody></table></div></section>
<section aria-labelledby="flows"><h2 id="flows">What it promises</h2><div class="flows">${service.features.map(flowCard)}</div></section>
${capabilityTable(service)}
${optionalTable(service)}`
  return page({ title: service.title, root: ROOT, model, service, content })
}

function triedRow(service: ServiceView, target: Target, model: SiteModel): Html {
  const run = model.lastRun(service.name, target)
  const facts = run?.services.find((one) => one.service === service.name && one.target === target)
  const name = html`<th scope="row">${TARGET_WORDS[target]}</th>`
  if (!run || !facts)
    return html`<tr>${name}<td colspan="3" class="muted">No results yet.${target === 'live' && howToRunLive(service)}</td></tr>`
  const details = [facts.address, ...facts.backing, facts.account && `account of ${facts.account}`].filter(Boolean)
  return html`<tr>${name}<td>${tally(countsOf(picklesOfService(service), target))}</td>
<td>${runLink(ROOT, model, run.runId, time(run.at))}</td><td>${details.map((detail) => html`<span class="line">${detail}</span>`)}</td></tr>`
}

function howToRunLive({ definition }: ServiceView): Content {
  const needed = definition?.required.map((one) => (typeof one === 'string' ? one : one.join(' or '))) ?? []
  return needed.length > 0 && html` To run it live, set ${needed.map((one, at) => [at > 0 && ', ', html`<code>${one}</code>`])}.`
}

function flowCard(feature: FeatureView): Html {
  const { text, pickles, path } = feature
  const href = path.split('/').at(-1) ?? ''
  const rules = text.rules.filter(({ name }) => name)
  return html`<article class="flow"><h3><a href="${href}">${text.name}</a></h3>
${paragraphs(text.description, 'narrative')}
${rules.length > 0 && html`<ul class="rules">${rules.map(({ name }) => html`<li><a href="${href}#rule-${slug(name)}">${name}</a></li>`)}</ul>`}
<p class="targets">${TARGETS.map((target) => targetTally(pickles, target))}</p></article>`
}

/** One target's results of some scenarios in a line; nothing if it has not run there. */
export function targetTally(pickles: FeatureView['pickles'], target: Target): Content {
  const counts = countsOf(pickles, target)
  if (counts.none === pickles.length) return undefined
  return html`<span class="target"><span class="target-name">${TARGET_WORDS[target]}</span> ${tally(counts)}</span>`
}

function capabilityTable({ title, capabilities }: ServiceView): Content {
  if (!capabilities) return undefined
  const rows = Object.entries(capabilities).map(
    ([name, can]) =>
      html`<tr><th scope="row">${name.charAt(0).toUpperCase() + name.slice(1)}</th><td>${can === true ? html`<span class="yes">✓ yes</span>` : html`<span class="no">✗ no:</span> ${can}`}</td></tr>`,
  )
  return html`<section aria-labelledby="can"><h2 id="can">What bots can do on ${title}</h2>
<table class="capabilities"><thead><tr><th scope="col">Capability</th><th scope="col">Bots</th></tr></thead><tbody>${rows}</tbody></table></section>`
}

/** Scenarios that need something optional. */
function optionalTable(service: ServiceView): Content {
  const { definition } = service
  const pickles = picklesOfService(service)
  const row = (tag: string, { means, variables, value }: Optional): Content => {
    const count = pickles.filter(({ text }) => text.tags.includes(tag)).length
    const settings = variables.map((name) => html`<code>${value === undefined ? name : `${name}=${value}`}</code> `)
    return (
      count > 0 &&
      html`<tr><th scope="row"><span class="tag">${tag}</span></th><td>${means}</td><td>${settings}</td><td class="number">${count}</td></tr>`
    )
  }
  const rows = [
    ...Object.entries(definition?.needs ?? {}).map(([word, optional]) => row(`@needs:${word}`, optional)),
    ...Object.entries(definition?.optIns ?? {}).map(([word, optional]) => row(`@opt-in:${word}`, optional)),
  ].filter(Boolean)
  if (rows.length === 0) return undefined
  return html`<section aria-labelledby="optional"><h2 id="optional">What only some environments have</h2>
<p class="narrative">Live, these scenarios are skipped unless the variables are set.</p>
<div class="scroll" tabindex="0" role="group" aria-label="Optional things"><table><thead><tr><th scope="col">Tag</th><th scope="col">Means</th><th scope="col">Live, set</th><th scope="col" class="number">Scenarios</th></tr></thead><tbody>${rows}</tbody></table></div></section>`
}

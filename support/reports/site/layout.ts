import { TARGETS, type Target } from '../results'
import { type Content, Html, html } from './html'
import { type Counts, type PickleView, type ServiceView, type SiteModel, STATUSES, type Status, statusOf } from './model'

export const WORDS: Readonly<Record<Status, string>> = {
  failed: 'failed',
  flaky: 'flaky',
  passed: 'passed',
  skipped: 'skipped',
  none: 'not run',
}
const SIGNS: Readonly<Record<Status, string>> = { failed: '✗', flaky: '↻', passed: '✓', skipped: '–', none: '·' }
export const TARGET_WORDS: Readonly<Record<Target, string>> = { live: 'Live', sandbox: 'Sandbox' }

interface PageOptions {
  title: string
  /** From the page to the site's root: empty, or ending with a slash. */
  root: string
  model: SiteModel
  /** The service that this page, or a page above it, is about. */
  service?: ServiceView | undefined
  current?: 'overview' | 'steps' | 'runs' | undefined
  content: Content
}

/** A whole page: heading, navigation, search, and content. */
export function page({ title, root, model, service, current, content }: PageOptions): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Acceptance suite</title>
<link rel="stylesheet" href="${root}site/assets/site.css">
<script defer src="${root}site/assets/minisearch.js"></script>
<script defer src="${root}site/assets/scenarios.js"></script>
<script defer src="${root}site/assets/site.js"></script>
</head>
<body data-root="${root}">
<a class="skip-link" href="#content">Skip to content</a>
<header class="top">
  <a class="brand" href="${root}index.html"${current === 'overview' ? ARIA_CURRENT : ''}><span class="logo" aria-hidden="true"></span>Acceptance suite</a>
  <button type="button" class="find-button" data-open-finder><span>Find a scenario</span><kbd>/</kbd></button>
  <details class="menu"><summary>Menu</summary>${navigation(root, model, service, current, 'Menu')}</details>
</header>
<div class="frame">
<div class="side">${navigation(root, model, service, current, 'Pages')}</div>
<main id="content" tabindex="-1">
${content}
</main>
</div>
<dialog class="finder-dialog" aria-label="Find a scenario">${finder(model, 'dialog')}</dialog>
</body>
</html>
`.toString()
}

const ARIA_CURRENT = new Html(' aria-current="page"')

function navigation(
  root: string,
  model: SiteModel,
  service: ServiceView | undefined,
  current: PageOptions['current'],
  label: string,
): Html {
  const link = (path: string, text: string, isCurrent: boolean): Html =>
    html`<li><a href="${root}${path}"${isCurrent ? ARIA_CURRENT : ''}>${text}</a></li>`
  return html`<nav aria-label="${label}">
<ul>${link('index.html', 'Overview', current === 'overview')}</ul>
<p class="nav-title">Services</p>
<ul>${model.services.map((one) => link(one.path, one.title, one === service))}</ul>
<p class="nav-title">Reference</p>
<ul>${link('site/steps.html', 'Step catalogue', current === 'steps')}${link('site/runs.html', 'Runs', current === 'runs')}</ul>
</nav>`
}

/** The search field, the filters and the list of results, for `site.js`. */
export function finder(model: SiteModel, id: string): Html {
  const tags = [...new Set(model.pickles.flatMap(({ text }) => text.tags))].sort()
  const select = (name: string, label: string, options: readonly (readonly [string, string])[]): Html =>
    html`<label>${label}<select name="${name}"><option value="">all</option>${options.map(
      ([value, text]) => html`<option value="${value}">${text}</option>`,
    )}</select></label>`
  return html`<form class="finder" data-finder role="search" aria-label="Find a scenario${id === 'dialog' ? '' : ' on this page'}">
<div class="finder-row">
<input type="search" name="q" aria-label="Words in title, steps or tags" placeholder="Words in title, steps or tags" autocomplete="off" spellcheck="false">
${id === 'dialog' && html`<button type="button" class="close" data-close-finder>Close</button>`}
</div>
<div class="filters">
${select(
  'service',
  'Service',
  model.services.map(({ name, title }) => [name, title]),
)}
${select(
  'target',
  'Target',
  TARGETS.map((target) => [target, TARGET_WORDS[target].toLowerCase()]),
)}
${select(
  'status',
  'Result',
  STATUSES.map((status) => [status, WORDS[status]]),
)}
${select(
  'tag',
  'Tag',
  tags.map((tag) => [tag, tag]),
)}
</div>
<p class="found" role="status" data-found></p>
<ol class="hits" data-hits></ol>
<button type="button" class="more" data-more hidden>Show all</button>
<noscript><p>Searching needs JavaScript. All scenarios are on the pages of their services.</p></noscript>
</form>`
}

/** A result as a sign and a word: never by colour alone. */
export function badge(status: Status, label = ''): Html {
  return html`<span class="badge ${status}"><span aria-hidden="true">${SIGNS[status]}</span> ${label ? `${label} ` : ''}${WORDS[status]}</span>`
}

export function targetBadges({ results }: Pick<PickleView, 'results'>): Html {
  const shown = TARGETS.filter((target) => results[target])
  if (shown.length === 0) return badge('none')
  return html`<span class="badges">${shown.map((target) => badge(statusOf(results, target), TARGET_WORDS[target]))}</span>`
}

/** The share of each result as a bar, and in words. */
export function tally(counts: Counts): Html {
  const present = STATUSES.filter((status) => counts[status] > 0)
  const words = present.map((status) => html`<span class="${status}">${counts[status]} ${WORDS[status]}</span>`)
  return html`<span class="bar" aria-hidden="true">${present.map(
    (status) => html`<span class="${status}" style="flex-grow:${counts[status]}"></span>`,
  )}</span><span class="tally">${words}</span>`
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `29 Nov 2026, 13:36 UTC` */
export function time(at: string): Html {
  const date = new Date(at)
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  return html`<time datetime="${at}">${day}, ${at.slice(11, 16)} UTC</time>`
}

export function runLink(root: string, model: SiteModel, runId: string, text: Content, anchor = ''): Content {
  return model.hasPage(runId)
    ? html`<a href="${root}${encodeURIComponent(runId)}/index.html${anchor && `#${anchor}`}">${text}</a>`
    : text
}

/** Text of several lines as paragraphs: lines are joined, except those that begin like a list item. */
export function paragraphs(text: string, className: string): Content {
  if (!text) return undefined
  const parts = text.split(/\n\s*\n|\n(?=\s*[-*•] )/)
  return parts.map((part) => html`<p class="${className}">${part.replaceAll(/\s*\n\s*/g, ' ')}</p>`)
}

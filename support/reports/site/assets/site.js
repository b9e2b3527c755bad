/* Search, filters and the step catalogue's filter. Pages are complete without it. */
const root = document.body.dataset.root ?? ''
const FIRST = 30
const SIGNS = { failed: '✗', flaky: '↻', passed: '✓', skipped: '–', none: '·' }
const WORDS = { failed: 'failed', flaky: 'flaky', passed: 'passed', skipped: 'skipped', none: 'not run' }
let index

/** Built while the browser is idle, at the latest when the search opens: typing never waits for it. */
function searchIndex() {
  if (index) return index
  index = new window.MiniSearch({
    fields: ['t', 'f', 'r', 'x', 'tags'],
    storeFields: [],
    searchOptions: {
      boost: { t: 4, r: 2, f: 2 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: 'AND',
    },
  })
  index.addAll(
    window.acceptance.entries.map((entry, id) => ({
      id,
      t: entry.t,
      f: entry.f,
      r: entry.r,
      x: entry.x,
      tags: entry.g.join(' '),
    })),
  )
  document.documentElement.dataset.search = 'ready'
  return index
}

function found({ q, service, target, status, tag }) {
  const { entries, statuses } = window.acceptance
  const wanted = statuses.indexOf(status)
  const hasStatus = (entry) => {
    const results = target === 'live' ? [entry.l] : target === 'sandbox' ? [entry.b] : [entry.l, entry.b]
    if (!status) return !target || results.some((result) => statuses[result] !== 'none')
    if (status === 'none') return results.every((result) => result === wanted)
    return results.includes(wanted)
  }
  const matches = (entry) => (!service || entry.s === service) && (!tag || entry.g.includes(tag)) && hasStatus(entry)
  const list = q.trim()
    ? searchIndex()
        .search(q)
        .map(({ id }) => entries[id])
    : entries
  return list.filter(matches)
}

function element(name, className, text) {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

function badge(status, label) {
  const made = element('span', `badge ${status}`)
  const sign = element('span', '', SIGNS[status])
  sign.setAttribute('aria-hidden', 'true')
  made.append(sign, ` ${label} ${WORDS[status]}`)
  return made
}

function hit(entry) {
  const { services, statuses } = window.acceptance
  const item = element('li')
  const link = element('a', '', entry.t)
  link.href = root + entry.p
  const badges = element('span', 'badges')
  if (statuses[entry.l] !== 'none') badges.append(badge(statuses[entry.l], 'Live'))
  if (statuses[entry.b] !== 'none') badges.append(badge(statuses[entry.b], 'Sandbox'))
  if (!badges.hasChildNodes()) badges.append(badge('none', ''))
  const where = element('span', 'where', [services[entry.s] ?? entry.s, entry.f, entry.r].filter(Boolean).join(' › '))
  item.append(link, badges, where)
  return item
}

function setUp(form) {
  const list = form.querySelector('[data-hits]')
  const count = form.querySelector('[data-found]')
  const more = form.querySelector('[data-more]')
  const isInline = !form.closest('dialog')
  let all = false
  const values = () => Object.fromEntries(new FormData(form))
  const show = () => {
    const hits = found({ q: '', service: '', target: '', status: '', tag: '', ...values() })
    const shown = all ? hits : hits.slice(0, FIRST)
    list.replaceChildren(...shown.map(hit))
    count.textContent = hits.length === 1 ? 'One scenario' : `${hits.length} scenarios`
    more.hidden = shown.length === hits.length
    more.textContent = `Show all ${hits.length}`
  }
  const changed = () => {
    all = false
    show()
    if (isInline) keepInAddress(values())
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    list.querySelector('a')?.click()
  })
  form.addEventListener('input', changed)
  more.addEventListener('click', () => {
    all = true
    show()
    list.querySelectorAll('a')[FIRST]?.focus()
  })
  form.addEventListener('keydown', (event) => moveAmongHits(event, form))
  return { show, fill: (wanted) => fill(form, wanted) }
}

function moveAmongHits(event, form) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  if (event.target.tagName === 'SELECT') return
  const stops = [form.querySelector('[name=q]'), ...form.querySelectorAll('[data-hits] a')]
  const at = stops.indexOf(document.activeElement)
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** A filtered list has an address of its own, to be sent to others. */
function keepInAddress(values) {
  const set = Object.entries(values).filter(([, value]) => value)
  const hash = set.length > 0 ? `#find?${new URLSearchParams(set)}` : '#find'
  history.replaceState(null, '', hash)
}

function fill(form, wanted) {
  for (const [name, value] of wanted) if (form.elements[name]) form.elements[name].value = value
}

const inline = document.querySelector('main [data-finder]')
if (inline && window.acceptance) {
  const view = setUp(inline)
  if (location.hash.startsWith('#find?')) {
    view.fill(new URLSearchParams(location.hash.slice('#find?'.length)))
    document.getElementById('find')?.scrollIntoView()
  }
  view.show()
}

const dialog = document.querySelector('.finder-dialog')
if (dialog && window.acceptance) {
  let view
  const open = () => {
    view ??= setUp(dialog.querySelector('[data-finder]'))
    view.show()
    dialog.showModal()
    dialog.querySelector('[name=q]').focus()
    searchIndex()
  }
  document.querySelector('[data-open-finder]').addEventListener('click', open)
  dialog.querySelector('[data-close-finder]').addEventListener('click', () => dialog.close())
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target.closest('[data-hits] a')) dialog.close()
  })
  document.addEventListener('keydown', (event) => {
    const typing = /^(?:INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '')
    if ((event.key === '/' && !typing) || (event.key === 'k' && (event.ctrlKey || event.metaKey))) {
      event.preventDefault()
      if (!dialog.open) open()
    }
  })
}

if (window.acceptance) {
  const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200))
  whenIdle(searchIndex, { timeout: 200 })
}

const stepFilter = document.querySelector('[data-step-filter]')
if (stepFilter) {
  const steps = [...document.querySelectorAll('[data-step]')].map((step) => ({
    step,
    text: step.firstElementChild.textContent.toLowerCase(),
  }))
  const count = document.querySelector('[data-step-count]')
  stepFilter.addEventListener('input', () => {
    const words = stepFilter.value.toLowerCase().split(/\s+/).filter(Boolean)
    let shown = 0
    for (const { step, text } of steps) {
      step.hidden = !words.every((word) => text.includes(word))
      if (!step.hidden) shown++
    }
    for (const section of document.querySelectorAll('main section'))
      section.hidden = !section.querySelector('[data-step]:not([hidden])')
    count.textContent = words.length > 0 ? `${shown} of ${steps.length}` : ''
  })
}

/** A link to a place within a closed part opens it. */
function openTarget() {
  const target = location.hash.length < 2 ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)))
  for (let part = target?.closest('details'); part; part = part.parentElement.closest('details')) part.open = true
}
window.addEventListener('hashchange', openTarget)
openTarget()

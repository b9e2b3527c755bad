import type { Row } from './catalogue'
import type { Mention, Mentions } from './mentions'

/** Every difference between catalogue and code, one sentence each. */
export function faultsOf(rows: readonly Row[], mentions: Mentions): string[] {
  const known = new Map(rows.map((row) => [row.id, row]))
  return [
    ...mentions.faults,
    ...mentions.found
      .filter(({ id }) => !known.has(id))
      .map(({ id, path, line }) => `${path}:${line} names ${id}, which is not in the catalogue`),
    ...rows.flatMap((row) => faultOf(row, known, mentions).map((fault) => `${row.id} (${row.service}) ${fault}`)),
  ]
}

function faultOf(row: Row, known: ReadonlyMap<string, Row>, mentions: Mentions): string[] {
  const silent = row.says.trim() ? [] : ['says nothing']
  return [...silent, ...placeFaults(row, known, mentions)]
}

function placeFaults({ id, service, place }: Row, known: ReadonlyMap<string, Row>, { found, scenarios }: Mentions): string[] {
  if (place === undefined) return ['has no place']
  if (typeof place === 'string')
    return isShown(id, service, place, found) ? [] : [`has the place "${place}", but no such test names it`]
  if ('scenarios' in place) {
    const here = new Set(scenarios.filter(({ uri }) => uri.split('/').includes(service)).map(({ title }) => title))
    return place.scenarios
      .filter((title) => !here.has(title))
      .map((title) => `has the place "${title}", but ${service} has no scenario of that title`)
  }
  if ('notOurs' in place) {
    const shown = found.find((mention) => mention.id === id)
    return shown ? [`is "not ours", but ${shown.path} names it`] : []
  }
  return endsSomewhere(place.sameAs, known) ? [] : [`is the same as ${place.sameAs}, which has no place of its own`]
}

function isShown(id: string, service: string, place: 'unit' | 'conformance', found: readonly Mention[]): boolean {
  return found.some(
    (mention) => mention.id === id && mention.kind === place && (place === 'unit' || mention.path.split('/').includes(service)),
  )
}

function endsSomewhere(id: string, known: ReadonlyMap<string, Row>): boolean {
  const place = known.get(id)?.place
  return place !== undefined && (typeof place === 'string' || !('sameAs' in place))
}

/** `docs/coverage.md`: per service the number of behaviours by kind of place, then every behaviour with its place. */
export function renderCoverage(rows: readonly Row[], mentions: Mentions): string {
  const services = [...new Set(rows.map(({ service }) => service))]
  return [
    '# Coverage',
    '',
    'Written by `npm run docs` from `catalogue.json`, the features and the tests; not to be edited by hand.',
    '',
    '| service | behaviours | scenario | conformance | unit | same as another | not ours |',
    '| --- | --: | --: | --: | --: | --: | --: |',
    ...services.map((service) => counts(service, rows)),
    ...services.flatMap((service) => section(service, rows, mentions)),
    '',
  ].join('\n')
}

function counts(service: string, rows: readonly Row[]): string {
  const kinds = rows.filter((row) => row.service === service).map(({ place }) => kindOf(place))
  const count = (kind: string): number => kinds.filter((one) => one === kind).length
  const cells = ['scenario', 'conformance', 'unit', 'same', 'not ours'].map(count)
  return `| [${service}](#${service}) | ${kinds.length} | ${cells.join(' | ')} |`
}

function kindOf(place: Row['place']): string {
  if (typeof place !== 'object') return place ?? ''
  if ('scenarios' in place) return 'scenario'
  return 'sameAs' in place ? 'same' : 'not ours'
}

function section(service: string, rows: readonly Row[], mentions: Mentions): string[] {
  const lines = rows
    .filter((row) => row.service === service)
    .map((row) => `| ${row.id} | ${cell(row.says)} | ${placeText(row, mentions)} |`)
  return ['', `## ${service}`, '', '| id | says | place |', '| --- | --- | --- |', ...lines]
}

function placeText({ id, service, place }: Row, { found, scenarios }: Mentions): string {
  if (place === undefined) return ''
  if (typeof place === 'object') {
    if ('sameAs' in place) return `same as ${place.sameAs}`
    if ('notOurs' in place) return `not ours: ${cell(place.notOurs)}`
    const own = scenarios.filter(({ title, uri }) => place.scenarios.includes(title) && uri.split('/').includes(service))
    return own.map(({ title, uri }) => `scenario [${cell(title)}](../${uri})`).join(', ')
  }
  const paths = found.filter((mention) => mention.id === id && mention.kind === place).map(({ path }) => path)
  return [...new Set(paths)].map((path) => `${place} [${cell(baseName(path))}](../${path})`).join(', ')
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? path
}

function cell(text: string): string {
  return text
    .replace(/[|\\[\]]/g, '\\$&')
    .replace(/\s+/g, ' ')
    .trim()
}

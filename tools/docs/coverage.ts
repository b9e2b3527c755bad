import type { Row } from './catalogue'
import type { Mention, Mentions } from './mentions'

/** Everything at which catalogue and code differ, a sentence each; nothing where they agree. */
export function faultsOf(rows: readonly Row[], { found, faults }: Mentions): string[] {
  const known = new Map(rows.map((row) => [row.id, row]))
  return [
    ...faults,
    ...found
      .filter(({ id }) => !known.has(id))
      .map(({ id, path, line }) => `${path}:${line} names ${id}, of which the catalogue has no row`),
    ...rows.flatMap((row) => faultOf(row, known, found).map((fault) => `${row.id} (${row.service}) ${fault}`)),
  ]
}

function faultOf({ id, service, says, place }: Row, known: ReadonlyMap<string, Row>, found: readonly Mention[]): string[] {
  const silent = says.trim() ? [] : ['says nothing']
  const shown = found.filter((mention) => mention.id === id)
  if (place === undefined) return [...silent, 'has no place']
  if (typeof place === 'string') {
    const right = shown.some(({ kind, path }) => kind === place && (kind === 'unit' || path.split('/').includes(service)))
    return right
      ? silent
      : [...silent, `is said to be shown by a ${place}${place === 'scenario' ? '' : ' test'}, but none names it`]
  }
  if ('notOurs' in place) return shown.length > 0 ? [...silent, `is said not to be ours, but ${shown[0]?.path} names it`] : silent
  return endsSomewhere(place.sameAs, known)
    ? silent
    : [...silent, `is the same as ${place.sameAs}, which has no place of its own`]
}

function endsSomewhere(id: string, known: ReadonlyMap<string, Row>): boolean {
  const place = known.get(id)?.place
  return place !== undefined && (typeof place === 'string' || 'notOurs' in place)
}

/** `docs/coverage.md`: per service how much is shown where, then every behaviour with its place. */
export function renderCoverage(rows: readonly Row[], { found }: Mentions): string {
  const services = [...new Set(rows.map(({ service }) => service))]
  return [
    '# Coverage',
    '',
    'Written by `npm run docs` from `catalogue.json`, the features and the tests; not to be edited by hand.',
    '',
    '| service | behaviours | scenario | conformance | unit | same as another | not ours |',
    '| --- | --: | --: | --: | --: | --: | --: |',
    ...services.map((service) => counts(service, rows)),
    ...services.flatMap((service) => section(service, rows, found)),
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
  return 'sameAs' in place ? 'same' : 'not ours'
}

function section(service: string, rows: readonly Row[], found: readonly Mention[]): string[] {
  const lines = rows
    .filter((row) => row.service === service)
    .map((row) => `| ${row.id} | ${cell(row.says)} | ${placeText(row, found)} |`)
  return ['', `## ${service}`, '', '| id | says | place |', '| --- | --- | --- |', ...lines]
}

function placeText({ id, place }: Row, found: readonly Mention[]): string {
  if (place === undefined) return ''
  if (typeof place === 'object') return 'sameAs' in place ? `same as ${place.sameAs}` : `not ours: ${cell(place.notOurs)}`
  const texts = found
    .filter((mention) => mention.id === id && mention.kind === place)
    .map(({ path, title }) => `${place} [${cell(title || baseName(path))}](../${path})`)
  return [...new Set(texts)].join(', ')
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

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunFacts, ServiceFacts } from './facts'
import { markup } from './markup'
import { replaceFile } from './results'
import { renderTargets } from './tables'

/**
 * Writes into the finished reports of Cucumber's own formatters what these have no place for: which service ran against what.
 * To be called when they are closed; a report that is not there is passed over.
 */
export function stampReports(folder: string, facts: RunFacts): void {
  if (facts.services.length === 0) return
  stamp(join(folder, 'report.html'), '<body>', (found) => `${found}\n${banner(facts)}`)
  stamp(join(folder, 'junit.xml'), /<testsuite [^>]*[^/]>/, (found) => `${found}\n${properties(facts.services)}`)
}

function stamp(path: string, place: string | RegExp, insert: (found: string) => string): void {
  if (!existsSync(path)) return
  const text = readFileSync(path, 'utf8')
  const stamped = text.replace(place, insert)
  if (stamped !== text) replaceFile(path, stamped)
}

function banner({ mark, services }: RunFacts): string {
  const rows = services.map(({ service, target, address = '', backing }) => {
    const cells = [service, target === 'none' ? 'not run' : target, address, backing.join(', ')]
    return `<tr>${cells.map((cell) => `<td style="padding:0 1em 0 0">${markup(cell)}</td>`).join('')}</tr>`
  })
  const title = `<strong>Run ${markup(mark)}</strong> · ${markup(renderTargets(services))}`
  return `<section id="targets" style="font:14px sans-serif;padding:1em">${title}<table>${rows.join('')}</table></section>`
}

function properties(services: readonly ServiceFacts[]): string {
  const one = (name: string, value: string): string => `    <property name="${markup(name)}" value="${markup(value)}"/>`
  const lines = services.flatMap(({ service, target, address, backing }) => [
    one(`target.${service}`, target === 'none' ? 'not run' : target),
    ...(address ? [one(`address.${service}`, address)] : []),
    ...(backing.length > 0 ? [one(`backing.${service}`, backing.join(', '))] : []),
  ])
  return ['  <properties>', ...lines, one('targets', renderTargets(services)), '  </properties>'].join('\n')
}

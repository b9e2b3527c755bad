import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Capabilities } from '../../chat/adapter'
import { serviceOfFeature, services } from '../../services'
import { type Results, replaceFile } from '../results'
import type { RunReport } from '../run-report'
import { featurePage } from './feature-page'
import { SiteModel } from './model'
import { overviewPage, runsPage } from './overview'
import { runPage } from './run-page'
import { searchScript } from './search-data'
import { servicePage } from './service-page'
import { stepsPage } from './steps-page'

/** The package exports only its module; a page opened from disk needs the script beside it. */
const MINISEARCH = join(dirname(require.resolve('minisearch')), '..', 'umd', 'index.js')
const ASSETS = join(__dirname, 'assets')
/** Identifies the code that generated the pages: other code generates all of them again. */
const STAMP = 'site/assets/made-by.txt'

export interface SiteInput {
  all: Results
  /** Paths of the features whose text or results have changed since the site was last written. */
  changed: ReadonlySet<string>
  /** The run that has just ended. */
  report: RunReport
}

/** Writes the living documentation: pages that need neither a server nor a network. Pages without changes are not written. */
export async function writeSite(folder: string, { all, changed, report }: SiteInput): Promise<void> {
  const { facts } = report
  const hasPage = (runId: string): boolean => runId === facts?.runId || existsSync(join(folder, runId, 'index.html'))
  const assets = assetFiles()
  const isFresh = readIfThere(join(folder, STAMP)) === assets[STAMP]
  const changedServices = new Set([...changed].map(serviceOfFeature))
  const isStale = (name: string): boolean =>
    !isFresh || changedServices.has(name) || !existsSync(join(folder, 'site', name, 'index.html'))
  const model = new SiteModel(all, hasPage, await capabilities(all, isStale))
  const pages = new Map<string, () => string>()
  for (const service of model.services) {
    for (const feature of service.features) {
      if (!isFresh || changed.has(feature.text.uri) || !existsSync(join(folder, feature.path)))
        pages.set(feature.path, () => featurePage(feature, model))
    }
    if (isStale(service.name)) pages.set(service.path, () => servicePage(service, model))
  }
  pages.set('site/steps.html', () => stepsPage(model))
  pages.set('site/runs.html', () => runsPage(model))
  if (facts) pages.set(join(facts.runId, 'index.html'), () => runPage(report, facts, model))
  pages.set('index.html', () => overviewPage(model))
  for (const [path, text] of Object.entries({ ...assets, 'site/assets/scenarios.js': searchScript(model) }))
    write(join(folder, path), text)
  for (const [path, render] of pages) write(join(folder, path), render())
  removeOthers(folder, model)
}

/** Only for the services whose pages are written, because each loads its own code. */
async function capabilities({ features }: Results, isStale: (service: string) => boolean): Promise<Map<string, Capabilities>> {
  const here = new Set(Object.keys(features).map(serviceOfFeature))
  const wanted = services.filter(({ name }) => here.has(name) && isStale(name))
  const found = wanted.map(
    async ({ name, chat }): Promise<[string, Capabilities][]> => (chat ? [[name, (await chat()).can]] : []),
  )
  return new Map((await Promise.all(found)).flat())
}

function assetFiles(): Record<string, string> {
  const files = {
    'site/assets/site.css': readFileSync(join(ASSETS, 'site.css'), 'utf8'),
    'site/assets/site.js': readFileSync(join(ASSETS, 'site.js'), 'utf8'),
    'site/assets/minisearch.js': readFileSync(MINISEARCH, 'utf8').replace(/\n\/\/# sourceMappingURL.*/, ''),
  }
  const code = readdirSync(__dirname).filter((file) => file.endsWith('.ts'))
  const hash = createHash('sha1')
  for (const text of [...Object.values(files), ...code.map((file) => readFileSync(join(__dirname, file), 'utf8'))])
    hash.update(text)
  return { ...files, [STAMP]: hash.digest('hex') }
}

function write(path: string, text: string): void {
  const old = readIfThere(path)
  if (old === text) return
  if (old === undefined) mkdirSync(dirname(path), { recursive: true })
  replaceFile(path, text)
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** Pages of features and services that no longer exist. */
function removeOthers(folder: string, model: SiteModel): void {
  const known = new Set(model.services.flatMap(({ path, features }) => [path, ...features.map((feature) => feature.path)]))
  for (const entry of readdirSync(join(folder, 'site'), { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    const relative = path.slice(folder.length + 1).replaceAll('\\', '/')
    if (entry.isFile() && /^site\/[^/]+\/[^/]+\.html$/.test(relative) && !known.has(relative)) rmSync(path)
  }
}

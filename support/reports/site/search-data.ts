import { TARGETS, type Target } from '../results'
import { overall, type PickleView, type SiteModel, STATUSES, statusOf } from './model'
import { stepsOf } from './steps-page'

/** The search data of a scenario; short names, because there are many. */
interface Entry {
  /** Title, feature, rule, service, page. */
  t: string
  f: string
  r: string
  s: string
  p: string
  /** Tags and steps. */
  g: string[]
  x: string
  /** Results by target, as indexes in the list of statuses. */
  l: number
  b: number
}

/**
 * The scenarios as a script, because a page opened from disk cannot load any other file: the worst first, so that a list without
 * a search begins with failures.
 */
export function searchScript(model: SiteModel): string {
  const rank = (pickle: PickleView): number => STATUSES.indexOf(overall(pickle.results))
  const entries = model.pickles.toSorted((a, b) => rank(a) - rank(b)).map(entryOf)
  const services = Object.fromEntries(model.services.map(({ name, title }) => [name, title]))
  const data = JSON.stringify({ services, statuses: STATUSES, entries })
  return `window.acceptance=JSON.parse(${JSON.stringify(data)})\n`
}

function entryOf(pickle: PickleView): Entry {
  const { text, feature, rule, anchor, results } = pickle
  const status = (target: Target): number => STATUSES.indexOf(statusOf(results, target))
  const [live, sandbox] = TARGETS.map(status)
  const steps = stepsOf(pickle).map((step) => [step.text, ...(step.table ?? []).flat(), step.doc ?? ''].join(' '))
  return {
    ...{ t: text.name, f: feature.text.name, r: rule.name, s: feature.service.name },
    ...{ p: `${feature.path}#${anchor}`, g: text.tags, x: steps.join(' ') },
    ...{ l: live ?? 0, b: sandbox ?? 0 },
  }
}

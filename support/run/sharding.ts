import type { IFilterablePickle, ISourcesCoordinates } from '@cucumber/cucumber/api'
import type { Envelope, GherkinDocument, Pickle } from '@cucumber/messages'
import type { ShardFacts } from '../reports/facts'
import { FeatureBook } from '../reports/feature-book'
import { serviceNamed, serviceOfFeature } from '../services'
import type { PastSeconds } from './past-results'
import { serialTag } from './serial'
import { type Divisible, divide, type Shard } from './shard'
import type { Target } from './targets'

/** Every scenario that was read, chosen or not: kept as it is, since it is looked at only where the run is a shard. */
export class Sources {
  private readonly documents = new Map<string, GherkinDocument>()
  private readonly pickles: Pickle[] = []

  see({ gherkinDocument, pickle }: Envelope): void {
    if (gherkinDocument?.uri) this.documents.set(gherkinDocument.uri, gherkinDocument)
    if (pickle) this.pickles.push(pickle)
  }

  /** Where each scenario is found: the key its results are kept under, and its line. */
  titles(): FeatureBook {
    const book = new FeatureBook()
    for (const gherkinDocument of this.documents.values()) book.see({ gherkinDocument })
    for (const pickle of this.pickles) book.see({ pickle })
    return book
  }

  /**
   * The scenarios that tags, names and lines choose. Cucumber's own `--shard` has taken some out by their index before a plugin sees
   * any, so Cucumber is asked for the choice without it.
   */
  async chosenBy(coordinates: ISourcesCoordinates): Promise<IFilterablePickle[]> {
    const { loadSources } = await import('@cucumber/cucumber/api')
    const { plan } = await loadSources({ ...coordinates, shard: '' })
    const locations = new Map(plan.map(({ uri, location }) => [`${uri}:${location.line}`, location]))
    const book = this.titles()
    return this.pickles.flatMap((pickle) => {
      const location = locations.get(`${pickle.uri}:${book.titlesOf(pickle).line}`)
      const gherkinDocument = this.documents.get(pickle.uri)
      return location && gherkinDocument ? [{ pickle, gherkinDocument, location }] : []
    })
  }
}

export interface ShardContext {
  sources: Sources
  targets: readonly Target[]
  past: PastSeconds
}

/**
 * The scenarios of one shard. Live, scenarios that touch what an account has only one of stay together: two machines would disturb
 * each other.
 */
export function shareOf(
  found: readonly IFilterablePickle[],
  shard: Shard,
  { sources, targets, past }: ShardContext,
): { own: IFilterablePickle[]; facts: ShardFacts } {
  const book = sources.titles()
  const kinds = new Map(targets.map(({ service, kind }) => [service, kind]))
  const divisible = found.map(({ pickle }): Divisible => {
    const service = serviceOfFeature(pickle.uri)
    const isSandbox = kinds.get(service) === 'sandbox'
    const { key } = book.titlesOf(pickle)
    return {
      key,
      service,
      seconds: past(key, isSandbox ? 'sandbox' : 'live'),
      group: isSandbox ? undefined : liveGroupOf(service, pickle),
    }
  })
  const { shards, seconds, fingerprint } = divide(divisible, shard.total)
  const own = found.filter(({ pickle }) => shards.get(book.titlesOf(pickle).key) === shard.index)
  const expected = { own: seconds[shard.index - 1] ?? 0, all: seconds.reduce((sum, one) => sum + one, 0) }
  return { own, facts: { ...shard, scenarios: found.length, own: own.length, expected, fingerprint } }
}

function liveGroupOf(service: string, pickle: Pickle): string | undefined {
  return serviceNamed(service)?.isUndivided ? `@service:${service}` : serialTag(pickle)
}

import { type Lazy, lazy } from '../../assertions/lazy'
import type { ServiceAccess } from '../service'
import type { Fields } from './credentials'
import { variableOf } from './folders'

/** The sandbox holds one source, whatever a connector's folder is called. */
const SANDBOX_NAME = 'postgres'

type Variables = Readonly<Record<string, string>>

/** Where each field of a credential is set. */
const OWN: Variables = { host: 'HOST', port: 'PORT', username: 'USERNAME', password: 'PASSWORD', database: 'DATABASE' }

/** The source of one connector: what the environment, or the sandbox, says of it. */
export class Source {
  /** Read when first asked for, and kept for the scenario; a variable that is not set harms nobody before that. */
  readonly credentials: Lazy<Fields>

  constructor(
    private readonly access: ServiceAccess,
    readonly connector: string,
  ) {
    this.credentials = lazy(() => this.read(OWN))
  }

  /** @throws naming the variables that are not set */
  readOnly(): Fields {
    return this.read({ ...OWN, username: 'READ_ONLY_USERNAME', password: 'READ_ONLY_PASSWORD' })
  }

  /** Whether the suite may make schemas of its own there; where the source is not described there is nothing to change. */
  get mayBeChanged(): boolean {
    return this.setting('FIXTURE') === '1' && this.isDescribed
  }

  get database(): string {
    return String(this.credentials.evaluate().database)
  }

  /** Which database this is, for the journal: what is made in one is never looked for in another. */
  get place(): string {
    const { host, port, database } = this.credentials.evaluate()
    return `${database} at ${host}:${port}`
  }

  /** Whether all of it is set. */
  get isDescribed(): boolean {
    return this.missing(OWN).length === 0
  }

  private missing(fields: Variables): string[] {
    return Object.values(fields).filter((field) => this.setting(field) === undefined)
  }

  private read(fields: Variables): Fields {
    const missing = this.missing(fields)
    if (missing.length > 0)
      throw new Error(
        `No source for ${this.connector}: set ${missing.map((field) => variableOf(this.connector, field)).join(', ')}.`,
      )
    const found = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, this.setting(field) ?? '']))
    const { database = '' } = found
    return { ...found, port: Number(found.port), authType: 'basic', extra: { database } }
  }

  private setting(field: string): string | undefined {
    const own = this.access.setting(variableOf(this.connector, field))
    return own ?? (this.access.isLive ? undefined : this.access.setting(variableOf(SANDBOX_NAME, field)))
  }
}

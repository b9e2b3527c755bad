import { type Lazy, lazy } from '../../core/lazy'
import type { ServiceAccess } from '../../core/service'
import type { Fields } from './credentials'
import { variableOf } from './folders'

/** The sandbox holds one source, whatever a connector's folder is called. */
const SANDBOX_NAME = 'postgres'

/** The source of one connector: what the environment, or the sandbox, says of it. */
export class Source {
  /** Read when first asked for, and kept for the scenario; a variable that is not set harms nobody before that. */
  readonly credentials: Lazy<Fields>

  constructor(
    private readonly access: ServiceAccess,
    readonly connector: string,
  ) {
    this.credentials = lazy(() => this.read('USERNAME', 'PASSWORD'))
  }

  /** @throws naming the variables that are not set */
  readOnly(): Fields {
    return this.read('READ_ONLY_USERNAME', 'READ_ONLY_PASSWORD')
  }

  /** Whether the suite may make schemas of its own there. */
  get mayBeChanged(): boolean {
    return this.setting('FIXTURE') === '1'
  }

  get database(): string {
    return String(this.credentials.evaluate().database)
  }

  private read(user: string, password: string): Fields {
    const fields = { host: 'HOST', port: 'PORT', username: user, password, database: 'DATABASE' }
    const missing = Object.values(fields).filter((field) => this.setting(field) === undefined)
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

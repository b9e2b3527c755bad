import { type Lazy, lazy } from '../../assertions/lazy'
import type { ServiceAccess } from '../service'
import { type Fields, isFields } from './credentials'
import { optionOf, variableOf } from './folders'
import { settingsOf } from './settings'

/** The sandbox has one source for all connector folders. */
const SANDBOX_NAME = 'postgres'

/** Fields with the location of a source, which reports show; the value of any other field is a secret. */
const OPEN_FIELDS = /^(host|port|database|schema|catalog|warehouse|role|region|ssl_?mode|auth_?type|user(name)?)$/
/** A password of digits stays a text. */
const TEXT_FIELDS = /pass|secret|token|key/

/** The source of one connector: every `E2E_<NAME>_<FIELD>` that is set is a field of its credentials. */
export class Source {
  /** Read on first use, so that a missing variable causes no failure before that. */
  readonly credentials: Lazy<Fields>

  /** @param scenario its title: `E2E_<TITLE>_<FIELD>` overrides a field for that scenario */
  constructor(
    private readonly access: ServiceAccess,
    readonly connector: string,
    private readonly scenario = '',
  ) {
    this.credentials = lazy(() => this.read())
  }

  /** @throws with the variables that are not set */
  readOnly(): Fields {
    const [username, password] = [this.option('READ_ONLY_USERNAME'), this.option('READ_ONLY_PASSWORD')]
    if (username === undefined || password === undefined)
      throw new Error(
        `No read-only user for ${this.connector}: set ${optionOf(this.connector, 'READ_ONLY_USERNAME')} and ${optionOf(this.connector, 'READ_ONLY_PASSWORD')}.`,
      )
    return { ...this.credentials.evaluate(), username, password }
  }

  /** Whether the suite may create schemas there; a source without its variables cannot be changed. */
  get mayBeChanged(): boolean {
    return this.option('FIXTURE') === '1' && this.isDescribed
  }

  get database(): string {
    return String(this.credentials.evaluate().database)
  }

  /** Identifies the database in the journal: things created in one are not searched in another. */
  get place(): string {
    const { host, port, database } = this.credentials.evaluate()
    return `${database} at ${host}:${port}`
  }

  /** Whether all variables that the folder's settings require are set. */
  get isDescribed(): boolean {
    return this.missing.length === 0 && Object.keys(this.variables).length > 0
  }

  /** An option of the suite, outside the credentials. */
  option(name: string): string | undefined {
    const own = this.access.setting(optionOf(this.connector, name))
    return own ?? (this.access.isLive ? undefined : this.access.setting(optionOf(SANDBOX_NAME, name)))
  }

  /** By the name of the field in capitals. */
  private get variables(): Record<string, string> {
    const own = this.startingWith(variableOf(this.connector, ''))
    const any = Object.keys(own).length > 0 || this.access.isLive ? own : this.startingWith(variableOf(SANDBOX_NAME, ''))
    return this.scenario === '' ? any : { ...any, ...this.startingWith(variableOf(this.scenario, '')) }
  }

  private startingWith(prefix: string): Record<string, string> {
    const found = Object.entries(this.access.settingsWith(prefix))
    return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]))
  }

  private get missing(): string[] {
    const { variables = [] } = settingsOf(this.connector)
    return variables.filter((field) => (this.variables[field] ?? '').trim() === '')
  }

  private read(): Fields {
    const { missing, connector } = this
    if (missing.length > 0)
      throw new Error(`No source for ${connector}: set ${missing.map((field) => variableOf(connector, field)).join(', ')}.`)
    const found = Object.entries(this.variables).map(([name, text]) => [name.toLowerCase(), text] as const)
    for (const [name, text] of found) if (!OPEN_FIELDS.test(name) && text !== '') this.access.learn(text)
    const fields = Object.fromEntries(found.map(([name, text]) => [name, fieldValue(name, text)]))
    return { ...fields, ...(filled(settingsOf(connector).credentials ?? {}, fields) as Fields) }
  }
}

function fieldValue(name: string, text: string): string | number {
  return /^(0|[1-9]\d{0,14})$/.test(text) && !TEXT_FIELDS.test(name) ? Number(text) : text
}

/** Replaces names in braces by the values of the fields. */
function filled(value: unknown, fields: Fields): unknown {
  if (typeof value === 'string') return value.replace(/\{(\w+)\}/g, (whole, name: string) => String(fields[name] ?? whole))
  if (Array.isArray(value)) return value.map((one) => filled(one, fields))
  if (!isFields(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, fields)]))
}

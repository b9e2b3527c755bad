import { Named } from '../../assertions/named'
import type { ApiError } from '../../http/errors'
import type { AcceptanceWorld } from '../../world'
import { OrbitalClient } from './client'
import type { Health, HistoryItems } from './contract'
import type { Observer } from './observer'
import type { Account } from './parameter-types'
import { noteTraces, type Person, seedCourier, seedUser } from './seeding'
import { exchangeOf, queueOf } from './servers'
import { signed } from './tokens'

/** A backend started for this scenario alone. */
export interface OwnBackend {
  id: string
  address: string
  exchange: string
  queue: string
}

/** A position as it was reported. */
export type Place = {
  latitude: number
  longitude: number
  recorded_at: string
}

/** The schema of a database after the revisions that were applied to it. */
export interface Schema {
  applied: string[]
  tables: string[]
  revisions: string[]
}

/** State of one scenario on the backend. */
export class OrbitalState {
  backend: OwnBackend | undefined
  observer: Observer | undefined
  readonly deliveries = new Named<string>('delivery')
  readonly reported = new Map<string, Place[]>()
  readonly tokens = new Named<string>('access token')
  readonly messages = new Named<{ id: string; text: string }>('message')
  readonly startedAt = Date.now()
  /** Of logins, in order. */
  readonly loginRefusals: (ApiError | undefined)[] = []
  /** Of the last report. */
  result: { status: number; data: unknown } | undefined
  /** Why the last report must be retried later. */
  unavailable: ApiError | undefined
  history: HistoryItems = []
  health: Health | undefined
  /** How each of several calls ended: refused, or not. */
  outcomes: { call: string; refusal: ApiError | undefined; challenge: string | undefined }[] = []
  /** The revisions of the backend's database, and all existing ones. */
  applied: string[] = []
  revisions: { id: string; parent: string | null }[] = []
  database: { id: string; url: string } | undefined
  /** The schema of that database after each migration. */
  readonly schemas: Schema[] = []
  private readonly people = new Map<string, Promise<Person>>()

  constructor(readonly world: AcceptanceWorld) {}

  get address(): string {
    return this.backend?.address ?? this.world.access.address
  }

  get exchange(): string {
    return this.backend?.exchange ?? exchangeOf(this.world.access)
  }

  get queue(): string {
    return this.backend?.queue ?? queueOf(this.world.access)
  }

  /** Seeds a user, before any other step names them. */
  seed(who: string, account: Account = {}): Promise<Person> {
    const { access } = this.world
    const made = (async () => {
      const person = await seedUser(access, who, account)
      if (account.courier) await seedCourier(access, who, person, account.courier)
      return person
    })()
    this.people.set(who, made)
    return made
  }

  /** A person is a courier who is offline unless a step says otherwise. */
  person(who: string): Promise<Person> {
    return this.people.get(who) ?? this.seed(who, { courier: 'offline' })
  }

  async as(who: string, address = this.address): Promise<OrbitalClient> {
    const { userId } = await this.person(who)
    const token = await signed(userId, this.secret)
    this.world.access.learn(token)
    return new OrbitalClient(this.world.access, address, token)
  }

  /** A person about to report; what the report will create is written to the journal first. */
  async reporter(who: string, address = this.address): Promise<OrbitalClient> {
    const person = await this.person(who)
    if (!this.reported.has(who)) await noteTraces(this.world.access, who, person)
    this.placesOf(who)
    return this.as(who, address)
  }

  /** A client without a token, or with one that the scenario has created. */
  withoutToken(token?: string): OrbitalClient {
    return new OrbitalClient(this.world.access, this.address, token)
  }

  get secret(): string {
    return this.world.access.setting('ORBITAL_JWT_SECRET') ?? ''
  }

  placesOf(who: string): Place[] {
    const places = this.reported.get(who) ?? []
    this.reported.set(who, places)
    return places
  }

  /** The newest of the positions that were accepted, by their own times. */
  newestOf(who: string): Place {
    const [newest] = [...this.placesOf(who)].sort((one, other) => other.recorded_at.localeCompare(one.recorded_at))
    if (!newest) throw new Error(`${who} has reported no position in this scenario.`)
    return newest
  }

  /** @throws where no step has subscribed */
  get subscribed(): Observer {
    if (!this.observer) throw new Error('No service is subscribed: add "Given other services are subscribed to events".')
    return this.observer
  }
}

import type { ApiError } from '../../http/errors'
import type { AcceptanceWorld } from '../../world'
import { Named } from '../known'
import { OrbitalClient } from './client'
import type { Health, HistoryItems } from './contract'
import type { Observer } from './observer'
import { noteTraces, type Person, seedCourier, seedUser, type UserWish } from './seeding'
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

/** What one scenario on the backend has seeded, done and seen. */
export class OrbitalState {
  backend: OwnBackend | undefined
  observer: Observer | undefined
  readonly deliveries = new Named<string>('delivery')
  readonly reported = new Map<string, Place[]>()
  readonly tokens = new Named<string>('token')
  answer: { status: number; data: unknown } | undefined
  history: HistoryItems = []
  health: Health | undefined
  /** How each of several calls ended: refused, or not. */
  outcomes: { call: string; refusal: ApiError | undefined; challenge: string | undefined }[] = []
  /** What the database says it is at; the revisions there are. */
  versions: string[] = []
  revisions: { id: string; parent: string | null }[] = []
  database: { id: string; url: string } | undefined
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

  /** Seeds somebody, before anybody has named them. */
  seed(who: string, wish: UserWish & { courier?: string } = {}): Promise<Person> {
    const { access } = this.world
    const made = (async () => {
      const person = await seedUser(access, who, wish)
      if (wish.courier) await seedCourier(access, who, person, wish.courier)
      return person
    })()
    this.people.set(who, made)
    return made
  }

  /** Whoever is named without further words is a courier who is offline. */
  person(who: string): Promise<Person> {
    return this.people.get(who) ?? this.seed(who, { courier: 'offline' })
  }

  async as(who: string, address = this.address): Promise<OrbitalClient> {
    const { userId } = await this.person(who)
    const token = await signed(userId, this.secret)
    this.world.access.learn(token)
    return new OrbitalClient(this.world.access, address, token)
  }

  /** Somebody about to report, whose traces are noted first. */
  async reporter(who: string, address = this.address): Promise<OrbitalClient> {
    const person = await this.person(who)
    if (!this.reported.has(who)) await noteTraces(this.world.access, who, person)
    this.placesOf(who)
    return this.as(who, address)
  }

  stranger(token?: string): OrbitalClient {
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

  /** @throws where the other services have not been told to listen */
  get listening(): Observer {
    if (!this.observer) throw new Error('Nobody was listening: bind the observer before anything happens.')
    return this.observer
  }
}

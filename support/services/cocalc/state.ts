import type { AcceptanceWorld } from '../../world'
import { Named } from '../known'
import { Hub, Project } from './client/client'
import type { Found, Kernel, KernelSpec, Message, Output, Ran } from './contract'
import type { KnownProject } from './shared-project'

/** Somebody who has an account on CoCalc. */
export interface Person {
  id: string
  email: string
  firstName: string
  lastName: string
}

/** What one scenario on CoCalc has named and seen, and who takes part. */
export class CocalcState {
  readonly projects = new Named<KnownProject>('project')
  readonly people = new Named<Person>('person')
  /** Unique names of organizations, by what sentences call them. */
  readonly organizations = new Named<string>('organization')
  /** Unique subjects of messages, by what sentences call them. */
  readonly subjects = new Named<string>('message')
  readonly texts = new Named<string>('text')
  /** How often CoCalc answered lately. */
  answers = 0
  firstName: unknown
  found: Found[] = []
  /** The search for people that was made last, to be made again. */
  search: () => Promise<Found[]> = async () => []
  names: Readonly<Record<string, { first_name: string; last_name: string }>> = {}
  listed: { project_id: string }[] = []
  organizationNames: string[] = []
  state: { state: string } | undefined
  status: Readonly<Record<string, unknown>> = {}
  ran: Ran | undefined
  outputs: Output[] = []
  specs: KernelSpec[] = []
  kernels: Kernel[] = []
  stopped: { pid: number; success: boolean } | undefined
  history: unknown
  mail: Message[] = []
  /** The sign-in token got last, and where it leads. */
  token: { token: string; url: string } | undefined
  private readonly hubs = new Map<string, Promise<Hub>>()

  constructor(readonly world: AcceptanceWorld) {}

  as(name: string): Promise<Hub> {
    const known = this.hubs.get(name) ?? Hub.of(this.world.access, name)
    this.hubs.set(name, known)
    return known
  }

  async project(title: string, who = 'Ada'): Promise<Project> {
    const { key } = await this.as(who)
    return new Project({ access: this.world.access, key }, this.projects.recall(title).id)
  }
}

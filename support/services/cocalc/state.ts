import { expect } from 'chai'
import { Named } from '../../assertions/named'
import type { AcceptanceWorld } from '../../world'
import { Hub, Project } from './client/client'
import type { OrganizationProfile } from './client/organizations'
import type {
  Executed,
  Found,
  Kernel,
  KernelSpec,
  ListedOrganization,
  Message,
  Project as ProjectRow,
  Ran,
  Token,
} from './contract'
import type { KnownProject } from './shared-project'

/** The holder of an account on CoCalc. */
export interface Person {
  id: string
  email: string
  firstName: string
  lastName: string
}

export interface Ping {
  who: string
  target: string
  now: number
}

/** By how much the clocks of the server and of this machine may differ; ms. */
const CLOCK_TOLERANCE = 60_000

/** State of one scenario on CoCalc. */
export class CocalcState {
  readonly projects = new Named<KnownProject>('project')
  readonly people = new Named<Person>('person')
  /** Unique names of organizations, by their names in sentences. */
  readonly organizations = new Named<string>('organization')
  /** How organizations were described. */
  readonly profiles = new Map<string, OrganizationProfile>()
  /** Messages as they were sent, by their names in sentences. */
  readonly messages = new Named<Pick<Message, 'subject' | 'body'>>('message')
  readonly paths = new Named<string>('file')
  readonly signInTokens = new Named<Token>('sign-in token for')
  /** Whether a project was last started or stopped, by what sentences call it. */
  readonly isRunning = new Map<string, boolean>()
  readonly pings: Ping[] = []
  firstName: unknown
  found: Found[] = []
  /** The last search for people, so that it can be repeated. */
  search: () => Promise<Found[]> = async () => []
  names: Readonly<Record<string, { first_name: string; last_name: string }>> = {}
  listedProjects: ProjectRow[] | undefined
  listedOrganizations: ListedOrganization[] | undefined
  projectState: { state: string } | undefined
  projectStatus: Readonly<Record<string, unknown>> = {}
  command = ''
  ran: Ran | undefined
  executed: Executed | undefined
  kernelSpecs: KernelSpec[] = []
  kernels: Kernel[] = []
  stoppedKernel: { pid: number; success: boolean } | undefined
  patches: readonly unknown[] | undefined
  private readonly startedAt = Date.now()
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

  /** Checks that a time on the server's clock is within the scenario. @param time ms or an ISO date */
  expectDuringScenario(time: number | string | undefined, what: string): void {
    expectBetween(time, this.startedAt, what)
  }

  /** Checks a time that may be from another scenario of the run. */
  expectDuringRun(time: number | string | undefined, what: string): void {
    expectBetween(time, performance.timeOrigin, what)
  }
}

function expectBetween(time: number | string | undefined, start: number, what: string): void {
  const at = typeof time === 'string' ? Date.parse(time) : time
  expect(at, what).to.be.a('number')
  expect(new Date(at ?? 0), what).to.be.within(new Date(start - CLOCK_TOLERANCE), new Date(Date.now() + CLOCK_TOLERANCE))
}

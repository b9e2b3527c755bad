import type { ServiceAccess } from '../../service'
import { Bridge } from '../bridge'
import { Jupyter } from './jupyter'
import { Messages } from './messages'
import { Organizations } from './organizations'
import { ProjectSystem } from './project-system'
import { Projects, Sync } from './projects'
import { Db, System } from './system'

/** Who calls, and where. */
export interface Caller {
  access: ServiceAccess
  key: string
}

/** CoCalc as an account sees it. Keeps its key to itself in print: it shows where it is read, not where the client is. */
export class Hub {
  readonly host: string
  readonly bridge: Bridge
  readonly system: System
  readonly projects: Projects
  readonly jupyter: Jupyter
  readonly sync: Sync
  readonly db: Db
  readonly messages: Messages
  readonly org: Organizations
  readonly #key: string

  constructor({ access, key }: Caller) {
    this.#key = key
    this.host = access.address
    this.bridge = new Bridge(access, key, 'hub')
    this.db = new Db(this.bridge)
    this.system = new System(this.bridge)
    this.projects = new Projects(this.bridge, this.db)
    this.jupyter = new Jupyter(this.bridge)
    this.sync = new Sync(this.bridge)
    this.messages = new Messages(this.bridge)
    this.org = new Organizations(this.bridge)
  }

  /** @param name Ada is the site admin whose key the suite is given; on a sandbox anybody can have a key */
  static async of(access: ServiceAccess, name: string): Promise<Hub> {
    const { apiKey = '' } = await access.people.person(name)
    return new Hub({ access, key: apiKey })
  }

  get key(): string {
    return this.#key
  }
}

/** One project from within, for those who are on it. */
export class Project {
  readonly host: string
  readonly bridge: Bridge
  readonly system: ProjectSystem
  readonly #key: string

  constructor(
    { access, key }: Caller,
    readonly projectId: string,
  ) {
    this.#key = key
    this.host = access.address
    this.bridge = new Bridge(access, key, 'project', { project_id: projectId })
    this.system = new ProjectSystem(this.bridge)
  }

  static async of(access: ServiceAccess, name: string, projectId: string): Promise<Project> {
    const { apiKey = '' } = await access.people.person(name)
    return new Project({ access, key: apiKey }, projectId)
  }

  get key(): string {
    return this.#key
  }
}

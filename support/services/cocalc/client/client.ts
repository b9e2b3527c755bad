import { createHash } from 'node:crypto'
import type { ServiceAccess } from '../../service'
import { Bridge, type Caller } from '../bridge'
import { Jupyter } from './jupyter'
import { Messages } from './messages'
import { Organizations } from './organizations'
import { ProjectSystem } from './project-system'
import { Projects, Sync } from './projects'
import { Db, System } from './system'

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
  readonly #caller: Caller

  constructor(caller: Caller) {
    this.#caller = caller
    this.host = caller.access.address
    this.bridge = new Bridge(caller, 'hub')
    this.db = new Db(this.bridge)
    this.system = new System(this.bridge)
    this.projects = new Projects(this.bridge, this.db)
    this.jupyter = new Jupyter(this.bridge)
    this.sync = new Sync(this.bridge)
    this.messages = new Messages(this.bridge)
    this.org = new Organizations(this.bridge)
  }

  /** @param name Ada is the site admin whose key the suite is given; on a sandbox any person can have a key */
  static async of(access: ServiceAccess, name: string, { undoes = false } = {}): Promise<Hub> {
    const { apiKey = '' } = await access.people.person(name)
    return new Hub({ access, key: apiKey, undoes })
  }

  get key(): string {
    return this.#caller.key
  }

  /** The id of the account behind the key, asked for once per process. */
  account(): Promise<string> {
    const { access, key } = this.#caller
    const name = createHash('sha256').update(key).digest('hex')
    return access.connection(
      `account of ${name}`,
      async () => (await this.system.test()).account_id,
      () => undefined,
    )
  }

  /** A project as the same caller sees it from within. */
  project(projectId: string): Project {
    return new Project(this.#caller, projectId)
  }
}

/** One project from within, for those who are on it. */
export class Project {
  readonly host: string
  readonly bridge: Bridge
  readonly system: ProjectSystem
  readonly #key: string

  constructor(
    caller: Caller,
    readonly projectId: string,
  ) {
    this.#key = caller.key
    this.host = caller.access.address
    this.bridge = new Bridge(caller, 'project', { project_id: projectId })
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

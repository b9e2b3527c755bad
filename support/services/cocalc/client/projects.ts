import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import type { Bridge } from '../bridge'
import { collaboratorsAdded, history, id, type Project, project, state, status } from '../contract'
import { arrange, type Wanted } from '../project-list'
import type { Db } from './system'

/** Default fields of a list of projects. */
export const PROJECT_FIELDS = ['project_id', 'title', 'last_edited', 'created', 'state', 'deleted', 'users']
/** Starting and stopping may take longer than the bridge waits by default; ms. */
const SLOW = 60_000

export interface Copy {
  src_project_id: string
  src_path: string
  target_project_id?: string
  target_path?: string
}

const nothing = z.null().or(z.looseObject({}))

/** Projects of the account. */
export class Projects {
  constructor(
    private readonly bridge: Bridge,
    private readonly db: Db,
  ) {}

  /** @returns the new project's id */
  async createProject(fields: { title?: string; description?: string; license?: string; start?: boolean }): Promise<string> {
    return parseResponse(id, await this.bridge.call('projects.createProject', fields), 'the id of a new project')
  }

  /**
   * A query of the database, sorted and filtered here: projects edited within six weeks, or all of them, the latest first. Deleted
   * and hidden ones are included unless `wanted` excludes them.
   */
  async get(wanted: Wanted & { all?: boolean; projectId?: string; fields?: readonly string[] } = {}): Promise<Project[]> {
    const { all = false, projectId, fields = PROJECT_FIELDS } = wanted
    const requested = Object.fromEntries(fields.map((field) => [field, null]))
    const table = all ? 'projects_all' : 'projects'
    const response = await this.db.query({
      [table]: [projectId === undefined ? requested : { ...requested, project_id: projectId }],
    })
    return arrange(parseResponse(z.array(project), response[table], 'a list of projects'), wanted)
  }

  start(projectId: string): Promise<void> {
    return this.change('start', projectId)
  }

  stop(projectId: string): Promise<void> {
    return this.change('stop', projectId)
  }

  /** Counts as activity, and starts it. */
  touch(projectId: string): Promise<void> {
    return this.change('touch', projectId)
  }

  async state(projectId: string): Promise<z.infer<typeof state>> {
    const response = await this.bridge.call('projects.state', { project_id: projectId })
    return parseResponse(state, response, 'the state of a project')
  }

  async status(projectId: string): Promise<z.infer<typeof status>> {
    const response = await this.bridge.call('projects.status', { project_id: projectId })
    return parseResponse(status, response, 'the status of a project')
  }

  /** Marks it as deleted; its row and files stay. */
  delete(projectId: string): Promise<void> {
    return this.change('deleteProject', projectId)
  }

  /** @returns the projects that the account was added to */
  async addCollaborator(projectId: string, accountId: string): Promise<string[]> {
    const opts = { project_id: projectId, account_id: accountId }
    const response = await this.bridge.call('projects.addCollaborator', { opts })
    return parseResponse(collaboratorsAdded, response, 'the result of adding a collaborator').project_id
  }

  async removeCollaborator(projectId: string, accountId: string): Promise<void> {
    await this.bridge.call('projects.removeCollaborator', { opts: { project_id: projectId, account_id: accountId } })
  }

  async copyPathBetweenProjects(copy: Copy): Promise<void> {
    await this.bridge.call('projects.copyPathBetweenProjects', { ...copy }, { timeout: SLOW })
  }

  private async change(name: string, projectId: string): Promise<void> {
    const response = await this.bridge.call(`projects.${name}`, { project_id: projectId }, { timeout: SLOW })
    parseResponse(nothing, response, `the result of ${name}`)
  }
}

/** The histories of files, as the collaborative editor keeps them. */
export class Sync {
  constructor(private readonly bridge: Bridge) {}

  async history(projectId: string, path: string): Promise<z.infer<typeof history>> {
    const response = await this.bridge.call('sync.history', { project_id: projectId, path })
    return parseResponse(history, response, 'the history of a file')
  }
}

import type { ServiceAccess } from '../service'
import { Hub, Project } from './client/client'
import { provenDatabase } from './database-proof'
import { projectRetry, retry } from './retry'

/** Names in scenarios of the project that the whole run shares, and of the site itself. */
export const SHARED_PROJECT = 'the shared project'
export const COCALC = 'CoCalc'

/** A project that a scenario uses. */
export interface KnownProject {
  id: string
  title: string
  description: string
  /** The name of the person who created it. */
  owner: string
}

const SHARED_TITLE = 'CoCalc API Test'
const SHARED_DESCRIPTION = 'Temporary project created by the acceptance suite'

/** Creates a project for the owner of the access: a scenario, or the run. */
export async function makeProject(
  access: ServiceAccess,
  hub: Hub,
  who: string,
  { title, description }: { title: string; description: string },
): Promise<KnownProject> {
  const data = { account: await hub.account(), description }
  return access.undo.create('cocalc.project', access.unique(title), { by: who, data }, async (name) => {
    return { id: await hub.projects.createProject({ title: name, description }), title: name, description, owner: who }
  })
}

/** The one project that all scenarios of a run may use as long as they neither stop it nor kill what others run in it. */
export async function makeSharedProject(access: ServiceAccess): Promise<KnownProject> {
  await provenDatabase(access)
  const hub = await Hub.of(access, 'Ada')
  const made = await makeProject(access, hub, 'Ada', { title: SHARED_TITLE, description: SHARED_DESCRIPTION })
  await retry(() => hub.projects.start(made.id), projectRetry(access))
  const project = await Project.of(access, 'Ada', made.id)
  await retry(() => project.system.ping(), projectRetry(access))
  return made
}

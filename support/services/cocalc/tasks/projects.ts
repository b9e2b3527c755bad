import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Hub, Project } from '../client/client'
import type { Project as Listed } from '../contract'
import { patiently, waking } from '../patience'
import { type KnownProject, makeProject, SHARED_DESCRIPTION, SHARED_TITLE } from '../shared-project'
import type { CocalcScene } from '../state'

export const SHARED = 'the shared project'

export async function create(scene: CocalcScene, who: string, title: string): Promise<void> {
  const wish = { title, description: `${title}, made by the acceptance suite` }
  scene.projects.remember(title, await makeProject(scene.world.access, await scene.as(who), who, wish))
}

/** The run's shared project is made when somebody first names it. */
export async function projectNamed(scene: CocalcScene, name: string): Promise<KnownProject> {
  if (name !== SHARED || scene.projects.has(SHARED)) return scene.projects.recall(name)
  return scene.projects.remember(SHARED, await scene.world.access.once<KnownProject>('project'))
}

export async function insideOf(scene: CocalcScene, name: string, who = 'Ada'): Promise<Project> {
  await projectNamed(scene, name)
  return scene.project(name, who)
}

async function rowOf(hub: Hub, id: string): Promise<Listed> {
  const rows = await hub.projects.get({
    all: true,
    projectId: id,
    fields: ['project_id', 'title', 'description', 'deleted', 'users', 'state'],
  })
  expect(rows, `rows of the project ${id}`).to.have.length(1)
  return rows[0] as Listed
}

export async function expectListed(scene: CocalcScene, name: string): Promise<void> {
  const hub = await scene.as('Ada')
  const { id, title, description } = await projectNamed(scene, name)
  await eventually(async () => {
    const row = await rowOf(hub, id)
    expect(row, 'the project listed').to.include({ project_id: id, title, description })
    expect(row.deleted ?? false, `whether ${name} is deleted`).to.equal(false)
  })
}

export async function list(scene: CocalcScene, who: string, all: boolean): Promise<void> {
  if (all) await projectNamed(scene, SHARED)
  scene.listed = await (await scene.as(who)).projects.get({ all })
}

export function expectDistinct(scene: CocalcScene): void {
  const ids = scene.listed.map(({ project_id }) => project_id)
  expect(new Set(ids).size, 'different projects').to.equal(ids.length)
  for (const { id } of scene.projects.all()) expect(ids, 'the projects listed').to.include(id)
}

export async function expectSharedListed(scene: CocalcScene): Promise<void> {
  const { id, title, description } = await projectNamed(scene, SHARED)
  expect(
    scene.listed.map(({ project_id }) => project_id),
    'the projects listed',
  ).to.include(id)
  expect(title, 'the title').to.match(new RegExp(`^${SHARED_TITLE} `))
  expect(description, 'the description').to.equal(SHARED_DESCRIPTION)
  await expectListed(scene, SHARED)
}

export async function start(scene: CocalcScene, who: string, name: string): Promise<void> {
  const hub = await scene.as(who)
  const { id } = await projectNamed(scene, name)
  await patiently(() => hub.projects.start(id), waking(scene.world.access))
}

export async function stop(scene: CocalcScene, who: string, name: string): Promise<void> {
  await (await scene.as(who)).projects.stop(scene.projects.recall(name).id)
}

export async function touch(scene: CocalcScene, who: string, name: string): Promise<void> {
  await (await scene.as(who)).projects.touch(scene.projects.recall(name).id)
}

export async function throwAway(scene: CocalcScene, who: string, name: string): Promise<void> {
  await stop(scene, who, name)
  await (await scene.as(who)).projects.delete(scene.projects.recall(name).id)
}

export async function expectDeleted(scene: CocalcScene, name: string): Promise<void> {
  const hub = await scene.as('Ada')
  const { id, title } = scene.projects.recall(name)
  await eventually(async () => {
    const row = await rowOf(hub, id)
    expect(row.title, 'the title').to.equal(title)
    expect(row.deleted, `whether ${name} is deleted`).to.equal(true)
  })
}

export async function ping(scene: CocalcScene, who: string, name: string): Promise<void> {
  const project = await insideOf(scene, name, who)
  await patiently(() => project.system.ping(), waking(scene.world.access))
  scene.answers++
}

export async function expectAnswering(scene: CocalcScene, name: string): Promise<void> {
  await ping(scene, 'Ada', name)
  await expectItself(scene, name)
}

/** What answers is the project that was asked. */
export async function expectItself(scene: CocalcScene, name: string): Promise<void> {
  const project = await insideOf(scene, name)
  expect((await project.system.test()).project_id, 'the project that answers').to.equal(project.projectId)
}

export async function expectLinux(scene: CocalcScene, name: string): Promise<void> {
  const { stdout, exit_code } = await (await insideOf(scene, name)).system.exec({ command: 'uname', args: ['-a'] })
  expect(exit_code, 'the exit code of uname').to.equal(0)
  expect(stdout, 'the system').to.include(scene.world.access.isLive || process.platform === 'linux' ? 'Linux' : 'Darwin')
}

export async function lookAt(scene: CocalcScene, who: string, name: string): Promise<void> {
  await ping(scene, who, name)
  const hub = await scene.as(who)
  const { id } = await projectNamed(scene, name)
  scene.state = await hub.projects.state(id)
  scene.status = await hub.projects.status(id)
}

const STATES = [
  'opened',
  'starting',
  'running',
  'stopping',
  'pending',
  'closed',
  'closing',
  'opening',
  'archived',
  'archiving',
  'unarchiving',
]

export function expectState(scene: CocalcScene): void {
  expect(STATES, 'the states a project can have').to.include(scene.state?.state)
  if (!scene.world.access.isLive) expect(scene.state?.state, 'the state').to.equal('running')
}

/** Sites tell different things; at least one of these is always there. */
export function expectStatus(scene: CocalcScene): void {
  const told = ['project', 'start_ts', 'version', 'disk_MB', 'memory'].filter((name) => scene.status[name] !== undefined)
  expect(told, 'what the status tells').to.not.deep.equal([])
  const since = scene.status.start_ts
  if (since !== undefined) expect(Number(since), 'since when it runs').to.be.within(1, Date.now() + 60_000)
}

export async function expectRunning(scene: CocalcScene, name: string, isRunning: boolean): Promise<void> {
  const hub = await scene.as('Ada')
  const { id } = scene.projects.recall(name)
  await eventually(
    async () => expect((await hub.projects.state(id)).state === 'running', `whether ${name} runs`).to.equal(isRunning),
    { for: scene.world.access.isLive ? 30_000 : 5_000 },
  )
}

export function expectAnswered(scene: CocalcScene): void {
  expect(scene.answers, 'how often it answered').to.equal(1)
}

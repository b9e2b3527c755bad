import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import type { Anything } from '../../colony/test/support/server'
import { needs } from '../../kit/test/needs'
import { ownCocalc } from './support/server'

const cocalc = ownCocalc()
const processes = async (): Promise<Anything> => (await fetch(`${cocalc.control}/processes`)).json()
const running = async (): Promise<string[]> =>
  (await processes()).projects.map(({ projectId }: { projectId: string }) => projectId)
const state = async (project_id: string) => (await cocalc.hub('projects.state', { project_id })).state

async function until(what: string, wanted: string, project: string): Promise<void> {
  for (let tries = 0; tries < 500 && (await state(project)) !== wanted; tries++) await pause(10)
  expect(await state(project), what).to.equal(wanted)
}

describe('a host that behaves like the real server', () => {
  test('ignores a stop while a project starts, and a start while it stops', async () => {
    await cocalc.callControl('/host', { startTakes: 1_500, stopTakes: 1_500, ignoresDuringTransition: true })
    const project_id = await cocalc.hub('projects.createProject')
    const starting = cocalc.hub('projects.start', { project_id })
    await until('the state meanwhile', 'starting', project_id)
    expect((await processes()).starting).to.deep.equal([project_id])
    expect(await cocalc.hub('projects.state', { project_id })).to.deep.equal({ state: 'starting' })
    expect(await cocalc.hub('projects.stop', { project_id })).to.equal(null)
    expect(await starting).to.equal(null)
    expect(await state(project_id)).to.equal('running')
    const stopping = cocalc.hub('projects.stop', { project_id })
    await until('the state meanwhile', 'stopping', project_id)
    expect(await cocalc.hub('projects.start', { project_id })).to.equal(null)
    await stopping
    expect(await state(project_id)).to.equal('opened')
  })

  test('starts a project that was deleted meanwhile', async () => {
    await cocalc.callControl('/host', { startTakes: 1_500, ignoresDuringTransition: true })
    const project_id = await cocalc.hub('projects.createProject')
    const starting = cocalc.hub('projects.start', { project_id })
    await until('the state meanwhile', 'starting', project_id)
    await cocalc.hub('projects.deleteProject', { project_id })
    await starting
    expect(await running()).to.include(project_id)
    await cocalc.hub('projects.stop', { project_id })
    expect(await running()).to.not.include(project_id)
  })

  test('leaves unlisted kernels running when their project has stopped', needs('python'), async () => {
    await cocalc.callControl('/host', { startTakes: 0, stopTakes: 0, kernelsOutlive: true })
    const project_id = await cocalc.hub('projects.createProject')
    const cell = { kernel: 'python3', input: '1 + 1' }
    expect(await cocalc.project(project_id, 'system.jupyterExecute', cell, { timeout: 60_000 })).to.have.length(1)
    for (let tries = 0; tries < 500 && (await processes()).kernels.length === 0; tries++) await pause(10)
    const { kernels } = await processes()
    expect(kernels.map((kernel: { projectId: string }) => kernel.projectId)).to.include(project_id)
    await cocalc.hub('projects.stop', { project_id })
    expect((await processes()).kernels).to.deep.include(kernels[0])
    expect(await cocalc.project(project_id, 'system.listJupyterKernels')).to.deep.equal([])
  })

  test('names what is wrong with a request', async () => {
    expect(await cocalc.callControl('/host', { startsTake: 1 }))
      .to.have.property('error')
      .that.includes('startsTake')
    expect(await cocalc.callControl('/host', { startTakes: '1' }))
      .to.have.property('error')
      .that.includes('startTakes')
  })
})

import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { needs } from '../../kit/test/needs'
import { ownCocalc } from './support/server'

let other: string
const cocalc = ownCocalc()

const listed = () => cocalc.project(other, 'system.listJupyterKernels')
const pids = async (): Promise<number[]> => (await listed()).map(({ pid }: { pid: number }) => pid)
const stop = (args: unknown) => cocalc.project(other, 'system.stopJupyterKernel', args)
const compute = () => cocalc.project(other, 'system.jupyterExecute', { kernel: 'python3', input: '1+1' }, { timeout: 60_000 })
const TWO = [{ data: { 'text/plain': '2' } }]

describe('the kernels of a project', needs('python'), () => {
  test('are listed until they are stopped or the project is', async () => {
    other = await cocalc.hub('projects.createProject')
    expect(await listed()).to.deep.equal([])
    expect(await compute()).to.deep.equal(TWO)
    const [first] = await listed()
    expect(first.pid).to.be.a('number')
    expect(first.connectionFile).to.match(/\/\.local\/share\/jupyter\/runtime\/kernel-[0-9a-f-]{36}\.json$/)
    expect(JSON.parse(readFileSync(first.connectionFile, 'utf8')).key ?? '').to.be.a('string')
    expect(await stop({ pid: first.pid })).to.deep.equal({ success: true })
    expect(await stop({ pid: first.pid })).to.deep.equal({ success: false })
    expect(await stop({})).to.deep.equal({ success: false })
    expect((await stop([])).error).to.equal("TypeError: Cannot destructure property 'pid' of 'undefined' as it is undefined.")
    expect((await listed()).map(({ pid }: { pid: number }) => pid)).to.not.include(first.pid)
    await cocalc.hub('projects.stop', { project_id: other })
    expect(await listed()).to.deep.equal([])
  })

  test('that are still starting when their project stops do not belong to its next run', async () => {
    other = await cocalc.hub('projects.createProject')
    const starting = Array.from({ length: 6 }, compute)
    while ((await listed()).length < starting.length) await pause(1)
    await cocalc.hub('projects.stop', { project_id: other })
    expect(await listed()).to.deep.equal([])
    for (const { error } of await Promise.all(starting)) expect(error).to.be.oneOf([undefined, 'Error: closed'])
    expect(await listed()).to.deep.equal([])
  })

  test('that are warm are replaced when they are stopped or end, and no more than that are started', async () => {
    other = await cocalc.hub('projects.createProject')
    const settled = async (wanted: number): Promise<number[]> => {
      for (let tries = 0; tries < 3_000 && (await pids()).length < wanted; tries++) await pause(20)
      for (const deadline = Date.now() + 700; Date.now() < deadline; await pause(50)) expect(await pids()).to.have.length(wanted)
      return pids()
    }
    await compute()
    const [, , last] = await settled(3)
    await cocalc.project(other, 'system.stopJupyterKernel', { pid: last })
    await compute()
    const all = await settled(4)
    process.kill(all.at(-1) ?? 0, 'SIGKILL')
    for (let time = 0; time < 3; time++) expect(await compute()).to.deep.equal(TWO)
  })
})

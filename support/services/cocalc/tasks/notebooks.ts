import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Output } from '../contract'
import { kernelRetry, projectRetry, retry } from '../retry'
import type { CocalcState } from '../state'
import { insideOf, projectNamed } from './projects'

export async function listOfferedKernels(state: CocalcState, who: string, project: string): Promise<void> {
  const { id } = await projectNamed(state, project)
  await state.world.access.once<boolean>('python', id)
  state.kernelSpecs = await (await state.as(who)).jupyter.kernels(id)
}

export function expectOffered(state: CocalcState, name: string, language: string): void {
  const same = state.kernelSpecs.filter((spec) => spec.name === name)
  expect(same, `the kernel ${name} among those offered`).to.have.length(1)
  expect(same[0]?.language, `the language of ${name}`).to.equal(language.toLowerCase())
  expect(same[0]?.display_name, `the name shown for ${name}`).to.include(language)
}

export function expectSomeOffered(state: CocalcState): void {
  const names = state.kernelSpecs.map(({ name }) => name)
  expect(names, 'the kernels offered').to.not.deep.equal([])
  expect(new Set(names).size, 'different kernels offered').to.equal(names.length)
}

export interface Cell {
  input: string
  history?: string[]
}

export async function runCell(state: CocalcState, who: string, api: string, project: string, cell: Cell): Promise<void> {
  const { access } = state.world
  const inside = await insideOf(state, project, who)
  await access.once<boolean>('python', inside.projectId)
  if (api === 'hub API') {
    const hub = await state.as(who)
    state.executed = await retry(() => hub.jupyter.execute(inside.projectId, cell), kernelRetry(access))
  } else {
    const output = await retry(() => inside.system.jupyterExecute(cell), kernelRetry(access))
    state.executed = { output }
  }
}

/** The cell has this outcome and no other. An execution that CoCalc has cached may be older than the scenario. */
export function expectOutcome(state: CocalcState, outcome: string, text: string): void {
  const { output = [], created } = state.executed ?? {}
  expect(output.map(textOf), 'the output of the cell').to.deep.equal([{ outcome, text }])
  if (created !== undefined) state.expectDuringRun(created, 'when the cell was run')
  if (outcome !== 'raises') return
  const { traceback = [], ename = '', evalue = '' } = output[0] ?? {}
  for (const part of [ename, evalue]) expect(traceback.join('\n'), 'the traceback').to.include(part)
}

function textOf({ data, name, text, ename, evalue }: Output): { outcome: string; text: string | undefined } {
  if (ename !== undefined) return { outcome: 'raises', text: `${ename}: ${evalue}` }
  if (name === 'stdout') return { outcome: 'prints', text: [text].flat().join('').replace(/\n$/, '') }
  if (name !== undefined) return { outcome: name, text: [text].flat().join('') }
  return { outcome: 'returns', text: data?.['text/plain'] }
}

export async function listRunningKernels(state: CocalcState, who: string, project: string): Promise<void> {
  const inside = await insideOf(state, project, who)
  state.kernels = await retry(() => inside.system.listJupyterKernels(), projectRetry(state.world.access))
}

/** Each with its own process and connection; CoCalc may keep more kernels ready than requested. */
export function expectRunningKernels(state: CocalcState, howMany: string): void {
  if (howMany === 'no') {
    expect(state.kernels, 'the running kernels').to.deep.equal([])
    return
  }
  const { kernels } = state
  expect(kernels, 'the running kernels').to.not.deep.equal([])
  expect(new Set(kernels.map(({ pid }) => pid)).size, 'different processes').to.equal(kernels.length)
  expect(new Set(kernels.map(({ connectionFile }) => connectionFile)).size, 'different connections').to.equal(kernels.length)
  for (const { connectionFile } of kernels) expect(connectionFile, 'a connection file').to.match(/kernel-[^/]+\.json$/)
}

export async function stopFirstKernel(state: CocalcState, who: string, project: string): Promise<void> {
  await listRunningKernels(state, who, project)
  const [first] = state.kernels
  expect(first, `the first running kernel of ${project}`).to.not.equal(undefined)
  const pid = first?.pid ?? 0
  const inside = await insideOf(state, project, who)
  state.stoppedKernel = { pid, success: await inside.system.stopJupyterKernel(pid) }
}

export function expectStopConfirmed(state: CocalcState): void {
  expect(state.stoppedKernel?.success, 'whether CoCalc has stopped the kernel').to.equal(true)
}

/** Only this one: the other kernels are still there. */
export async function expectStoppedKernelGone(state: CocalcState, project: string): Promise<void> {
  const pid = state.stoppedKernel?.pid
  const inside = await insideOf(state, project)
  await eventually(async () => {
    const pids = (await inside.system.listJupyterKernels()).map((kernel) => kernel.pid)
    expect(pids, 'the running kernels').to.not.include(pid)
    const others = state.kernels.map((kernel) => kernel.pid).filter((other) => other !== pid)
    expect(pids, 'the running kernels').to.include.members(others)
  })
}

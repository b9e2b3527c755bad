import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { patiently, waking, warming } from '../patience'
import type { CocalcState } from '../state'
import { insideOf, projectNamed } from './projects'

const PYTHON = 'python3'

export async function lookUpKernels(state: CocalcState, who: string, project: string): Promise<void> {
  const { id } = await projectNamed(state, project)
  await state.world.access.once<boolean>('python', id)
  state.specs = await (await state.as(who)).jupyter.kernels(id)
}

export function expectPython(state: CocalcState): void {
  expect(
    state.specs.map(({ name }) => name),
    'the kernels of the project',
  ).to.include(PYTHON)
}

export function expectSomeKernel(state: CocalcState): void {
  expect(state.specs, 'the kernels of the project').to.not.deep.equal([])
}

export async function install(state: CocalcState, project: string): Promise<void> {
  const inside = await insideOf(state, project)
  const args = ['-m', 'pip', 'install', 'ipykernel']
  state.ran = await patiently(() => inside.system.exec({ command: PYTHON, args, timeout: 120 }), waking(state.world.access))
}

export async function register(state: CocalcState, project: string): Promise<void> {
  const inside = await insideOf(state, project)
  const args = ['-m', 'ipykernel', 'install', '--user', '--name=python3', '--display-name=Python 3']
  state.ran = await patiently(() => inside.system.exec({ command: PYTHON, args, timeout: 30 }), waking(state.world.access))
}

export function expectSuccess(state: CocalcState): void {
  expect(state.ran?.exit_code, 'the exit code').to.equal(0)
  expect(state.ran?.stderr, 'what it complained of').to.be.a('string')
}

export interface Computing {
  input: string
  history?: string[]
}

export async function compute(state: CocalcState, project: string, cell: Computing): Promise<void> {
  const { id } = await projectNamed(state, project)
  const hub = await state.as('Ada')
  await state.world.access.once<boolean>('python', id)
  state.outputs = await patiently(() => hub.jupyter.execute(id, cell), warming(state.world.access))
}

export async function computeWithin(state: CocalcState, project: string, cell: Computing): Promise<void> {
  const inside = await insideOf(state, project)
  await state.world.access.once<boolean>('python', inside.projectId)
  state.outputs = await patiently(() => inside.system.jupyterExecute(cell), warming(state.world.access))
}

export function expectResult(state: CocalcState, text: string): void {
  expect(state.outputs[0]?.data?.['text/plain'], 'the first output').to.equal(text)
}

export function expectPrinted(state: CocalcState, text: string): void {
  expect(state.outputs[0]?.name, 'where it was printed').to.equal('stdout')
  expect(state.outputs[0]?.text, 'what was printed').to.include(text)
}

export function expectError(state: CocalcState, name: string): void {
  const failed = state.outputs.find(({ ename }) => ename !== undefined)
  expect(failed?.ename, 'the error of the cell').to.equal(name)
  expect(failed?.traceback, 'the traceback of the cell').to.be.an('array').that.is.not.empty
}

export async function listKernels(state: CocalcState, project: string): Promise<void> {
  const inside = await insideOf(state, project)
  state.kernels = await patiently(() => inside.system.listJupyterKernels(), waking(state.world.access))
}

/** The contract of the list says the rest: positive whole numbers, and connections where it has any. */
export function expectNumbered(state: CocalcState): void {
  const numbers = state.kernels.map(({ pid }) => pid)
  expect(new Set(numbers).size, 'different kernels').to.equal(numbers.length)
}

export function expectListedKernel(state: CocalcState): void {
  expect(state.kernels, 'the running kernels').to.not.deep.equal([])
  expectNumbered(state)
}

export async function stopFirst(state: CocalcState, project: string): Promise<void> {
  await listKernels(state, project)
  const [first] = state.kernels
  if (!first) throw new Error(`No kernel of ${project} is listed, though a cell was computed.`)
  const inside = await insideOf(state, project)
  state.stopped = { pid: first.pid, success: await inside.system.stopJupyterKernel(first.pid) }
}

export function expectStopped(state: CocalcState): void {
  expect(state.stopped?.success, 'whether the kernel was stopped').to.equal(true)
}

export function expectToldStopped(state: CocalcState): void {
  expect(state.stopped?.success, 'whether the kernel was stopped').to.be.a('boolean')
}

export async function expectGone(state: CocalcState, project: string): Promise<void> {
  const inside = await insideOf(state, project)
  await eventually(async () => {
    const numbers = (await inside.system.listJupyterKernels()).map(({ pid }) => pid)
    expect(numbers, 'the running kernels').to.not.include(state.stopped?.pid)
  })
}

import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { patiently, waking, warming } from '../patience'
import type { CocalcScene } from '../state'
import { insideOf, projectNamed } from './projects'

const PYTHON = 'python3'

export async function lookUpKernels(scene: CocalcScene, who: string, project: string): Promise<void> {
  const { id } = await projectNamed(scene, project)
  await scene.world.access.once<boolean>('python', id)
  scene.specs = await (await scene.as(who)).jupyter.kernels(id)
}

export function expectPython(scene: CocalcScene): void {
  expect(
    scene.specs.map(({ name }) => name),
    'the kernels of the project',
  ).to.include(PYTHON)
}

export function expectSomeKernel(scene: CocalcScene): void {
  expect(scene.specs, 'the kernels of the project').to.not.deep.equal([])
}

export async function install(scene: CocalcScene, project: string): Promise<void> {
  const inside = await insideOf(scene, project)
  const args = ['-m', 'pip', 'install', 'ipykernel']
  scene.ran = await patiently(() => inside.system.exec({ command: PYTHON, args, timeout: 120 }), waking(scene.world.access))
}

export async function register(scene: CocalcScene, project: string): Promise<void> {
  const inside = await insideOf(scene, project)
  const args = ['-m', 'ipykernel', 'install', '--user', '--name=python3', '--display-name=Python 3']
  scene.ran = await patiently(() => inside.system.exec({ command: PYTHON, args, timeout: 30 }), waking(scene.world.access))
}

export function expectSuccess(scene: CocalcScene): void {
  expect(scene.ran?.exit_code, 'the exit code').to.equal(0)
  expect(scene.ran?.stderr, 'what it complained of').to.be.a('string')
}

export interface Computing {
  input: string
  history?: string[]
}

export async function compute(scene: CocalcScene, project: string, cell: Computing): Promise<void> {
  const { id } = await projectNamed(scene, project)
  const hub = await scene.as('Ada')
  await scene.world.access.once<boolean>('python', id)
  scene.outputs = await patiently(() => hub.jupyter.execute(id, cell), warming(scene.world.access))
}

export async function computeWithin(scene: CocalcScene, project: string, cell: Computing): Promise<void> {
  const inside = await insideOf(scene, project)
  await scene.world.access.once<boolean>('python', inside.projectId)
  scene.outputs = await patiently(() => inside.system.jupyterExecute(cell), warming(scene.world.access))
}

export function expectResult(scene: CocalcScene, text: string): void {
  expect(scene.outputs[0]?.data?.['text/plain'], 'the first output').to.equal(text)
}

export function expectPrinted(scene: CocalcScene, text: string): void {
  expect(scene.outputs[0]?.name, 'where it was printed').to.equal('stdout')
  expect(scene.outputs[0]?.text, 'what was printed').to.include(text)
}

export function expectError(scene: CocalcScene, name: string): void {
  const failed = scene.outputs.find(({ ename }) => ename !== undefined)
  expect(failed?.ename, 'the error of the cell').to.equal(name)
  expect(failed?.traceback, 'the traceback of the cell').to.be.an('array').that.is.not.empty
}

export async function listKernels(scene: CocalcScene, project: string): Promise<void> {
  const inside = await insideOf(scene, project)
  scene.kernels = await patiently(() => inside.system.listJupyterKernels(), waking(scene.world.access))
}

/** The contract of the list says the rest: positive whole numbers, and connections where it has any. */
export function expectNumbered(scene: CocalcScene): void {
  const numbers = scene.kernels.map(({ pid }) => pid)
  expect(new Set(numbers).size, 'different kernels').to.equal(numbers.length)
}

export function expectListedKernel(scene: CocalcScene): void {
  expect(scene.kernels, 'the running kernels').to.not.deep.equal([])
  expectNumbered(scene)
}

export async function stopFirst(scene: CocalcScene, project: string): Promise<void> {
  await listKernels(scene, project)
  const [first] = scene.kernels
  if (!first) throw new Error(`No kernel of ${project} is listed, though a cell was computed.`)
  const inside = await insideOf(scene, project)
  scene.stopped = { pid: first.pid, success: await inside.system.stopJupyterKernel(first.pid) }
}

export function expectStopped(scene: CocalcScene): void {
  expect(scene.stopped?.success, 'whether the kernel was stopped').to.equal(true)
}

export function expectToldStopped(scene: CocalcScene): void {
  expect(scene.stopped?.success, 'whether the kernel was stopped').to.be.a('boolean')
}

export async function expectGone(scene: CocalcScene, project: string): Promise<void> {
  const inside = await insideOf(scene, project)
  await eventually(async () => {
    const numbers = (await inside.system.listJupyterKernels()).map(({ pid }) => pid)
    expect(numbers, 'the running kernels').to.not.include(scene.stopped?.pid)
  })
}

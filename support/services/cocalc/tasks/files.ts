import { expect } from 'chai'
import { patiently, waking } from '../patience'
import type { CocalcState } from '../state'
import { insideOf, projectNamed } from './projects'

/** A file in the shared project is the scenario's own: others use the project, too. */
function pathOf(state: CocalcState, path: string): string {
  return state.texts.has(`path of ${path}`)
    ? state.texts.recall(`path of ${path}`)
    : state.texts.remember(`path of ${path}`, `${state.world.access.unique(path, 80).replaceAll(/[^\w.-]+/g, '-')}/${path}`)
}

export async function write(state: CocalcState, project: string, path: string, text: string): Promise<void> {
  const inside = await insideOf(state, project)
  const whole = pathOf(state, path)
  const command = `mkdir -p "$(dirname "${whole}")" && printf '%s\\n' "$TEXT" > "${whole}"`
  await patiently(() => inside.system.exec({ command, bash: true, env: { TEXT: text } }), waking(state.world.access))
  state.texts.remember(path, text)
}

export async function writeSomething(state: CocalcState, project: string, path: string): Promise<void> {
  await write(state, project, path, state.world.access.unique('fern, moss and heather'))
}

export async function expectText(state: CocalcState, project: string, path: string, text: string): Promise<void> {
  const inside = await insideOf(state, project)
  const { stdout, exit_code } = await patiently(
    () => inside.system.exec({ command: 'cat', args: [pathOf(state, path)] }),
    waking(state.world.access),
  )
  expect(exit_code, 'the exit code of cat').to.equal(0)
  expect(stdout, `what ${path} reads`).to.equal(`${text}\n`)
}

export interface Copying {
  from: string
  to: string
  path: string
  as: string
}

export async function copy(state: CocalcState, who: string, { from, to, path, as }: Copying): Promise<void> {
  const hub = await state.as(who)
  await hub.projects.copyPathBetweenProjects({
    src_project_id: (await projectNamed(state, from)).id,
    src_path: pathOf(state, path),
    target_project_id: (await projectNamed(state, to)).id,
    target_path: pathOf(state, as),
  })
}

export async function expectSameText(state: CocalcState, copied: string, project: string, original: string): Promise<void> {
  await expectText(state, project, copied, state.texts.recall(original))
}

export async function tryToClimb(state: CocalcState, who: string, path: string, from: string, to: string): Promise<void> {
  const hub = await state.as(who)
  const [source, target] = [await projectNamed(state, from), await projectNamed(state, to)]
  await state.world.attempt(() =>
    hub.projects.copyPathBetweenProjects({ src_project_id: source.id, src_path: path, target_project_id: target.id }),
  )
}

export async function lookAtHistory(state: CocalcState, who: string, path: string, project: string): Promise<void> {
  const { id } = await projectNamed(state, project)
  state.history = await (await state.as(who)).sync.history(id, pathOf(state, path))
}

export function expectHistory(state: CocalcState): void {
  const patches = Array.isArray(state.history) ? state.history : (state.history as { patches: unknown }).patches
  expect(patches, 'the changes remembered').to.be.an('array')
}

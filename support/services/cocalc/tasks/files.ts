import { expect } from 'chai'
import type { Ran } from '../contract'
import { projectRetry, retry } from '../retry'
import type { CocalcState } from '../state'
import { insideOf, projectNamed } from './projects'

/** Other scenarios use the shared project as well, so every file is in the scenario's own folder, unless its path leads out of the project. */
function pathOf(state: CocalcState, path: string): string {
  if (path.startsWith('../')) return path
  if (state.paths.has(path)) return state.paths.recall(path)
  return state.paths.remember(path, `${state.world.access.unique(path, 80).replaceAll(/[^\w.-]+/g, '-')}/${path}`)
}

export async function write(state: CocalcState, who: string, text: string, path: string, project: string): Promise<void> {
  const inside = await insideOf(state, project, who)
  const whole = pathOf(state, path)
  const command = `mkdir -p "$(dirname "${whole}")" && printf '%s\\n' "$TEXT" > "${whole}"`
  const result = await retry(
    () => inside.system.exec({ command, bash: true, env: { TEXT: text } }),
    projectRetry(state.world.access),
  )
  expectPrinted(result, '', `writing ${path}`)
}

export async function expectText(state: CocalcState, path: string, project: string, text: string): Promise<void> {
  const inside = await insideOf(state, project)
  const result = await retry(
    () => inside.system.exec({ command: 'cat', args: [pathOf(state, path)] }),
    projectRetry(state.world.access),
  )
  expectPrinted(result, `${text}\n`, `the content of ${path}`)
}

function expectPrinted({ stdout, stderr, exit_code }: Ran, text: string, what: string): void {
  expect({ stdout, stderr, exit_code }, what).to.deep.equal({ stdout: text, stderr: '', exit_code: 0 })
}

export interface Copying {
  path: string
  from: string
  as: string
  to: string
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

export async function tryToCopy(state: CocalcState, who: string, copying: Copying): Promise<void> {
  await state.world.attempt(() => copy(state, who, copying))
}

export async function viewHistory(state: CocalcState, who: string, path: string, project: string): Promise<void> {
  const { id } = await projectNamed(state, project)
  const history = await (await state.as(who)).sync.history(id, pathOf(state, path))
  state.patches = Array.isArray(history) ? history : history.patches
}

export function expectNoEdits(state: CocalcState): void {
  expect(state.patches, 'the edits in the history').to.deep.equal([])
}

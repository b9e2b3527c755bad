import { expect } from 'chai'
import { patiently, waking } from '../patience'
import type { CocalcScene } from '../state'
import { insideOf, projectNamed } from './projects'

/** A file in the shared project is the scenario's own: others use the project, too. */
function pathOf(scene: CocalcScene, path: string): string {
  return scene.texts.has(`path of ${path}`)
    ? scene.texts.recall(`path of ${path}`)
    : scene.texts.remember(`path of ${path}`, `${scene.world.access.unique(path, 80).replaceAll(/[^\w.-]+/g, '-')}/${path}`)
}

export async function write(scene: CocalcScene, project: string, path: string, text: string): Promise<void> {
  const inside = await insideOf(scene, project)
  const whole = pathOf(scene, path)
  const command = `mkdir -p "$(dirname "${whole}")" && printf '%s\\n' "$TEXT" > "${whole}"`
  await patiently(() => inside.system.exec({ command, bash: true, env: { TEXT: text } }), waking(scene.world.access))
  scene.texts.remember(path, text)
}

export async function writeSomething(scene: CocalcScene, project: string, path: string): Promise<void> {
  await write(scene, project, path, scene.world.access.unique('fern, moss and heather'))
}

export async function expectText(scene: CocalcScene, project: string, path: string, text: string): Promise<void> {
  const inside = await insideOf(scene, project)
  const { stdout, exit_code } = await patiently(
    () => inside.system.exec({ command: 'cat', args: [pathOf(scene, path)] }),
    waking(scene.world.access),
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

export async function copy(scene: CocalcScene, who: string, { from, to, path, as }: Copying): Promise<void> {
  const hub = await scene.as(who)
  await hub.projects.copyPathBetweenProjects({
    src_project_id: (await projectNamed(scene, from)).id,
    src_path: pathOf(scene, path),
    target_project_id: (await projectNamed(scene, to)).id,
    target_path: pathOf(scene, as),
  })
}

export async function expectSameText(scene: CocalcScene, copied: string, project: string, original: string): Promise<void> {
  await expectText(scene, project, copied, scene.texts.recall(original))
}

export async function tryToClimb(scene: CocalcScene, who: string, path: string, from: string, to: string): Promise<void> {
  const hub = await scene.as(who)
  const [source, target] = [await projectNamed(scene, from), await projectNamed(scene, to)]
  await scene.world.attempt(() =>
    hub.projects.copyPathBetweenProjects({ src_project_id: source.id, src_path: path, target_project_id: target.id }),
  )
}

export async function lookAtHistory(scene: CocalcScene, who: string, path: string, project: string): Promise<void> {
  const { id } = await projectNamed(scene, project)
  scene.history = await (await scene.as(who)).sync.history(id, pathOf(scene, path))
}

export function expectHistory(scene: CocalcScene): void {
  const patches = Array.isArray(scene.history) ? scene.history : (scene.history as { patches: unknown }).patches
  expect(patches, 'the changes remembered').to.be.an('array')
}

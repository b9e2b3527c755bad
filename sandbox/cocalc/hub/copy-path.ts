import { cp, lstat, readdir, rm, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import type { Arguments, HubCall } from '../context'
import { mustBeMember } from '../members'
import { isInside } from '../project/paths'
import { text } from '../values'

/** Works on the files of both projects, whether they run or not. */
export async function copyPathBetweenProjects(call: HubCall, args: Arguments): Promise<void> {
  const { host } = call.cocalc
  const { src_project_id, target_project_id = src_project_id } = args
  const from = await mustBeMember(call, src_project_id, 'user must be collaborator on source project')
  const to = await mustBeMember(call, target_project_id, 'user must be collaborator on target project')
  const path = text(args.src_path)
  if (!path) throw new Error('path must be specified')
  const [home, targetHome] = [await host.home(from), await host.home(to)]
  const source = resolve(join(home, path))
  const target = resolve(join(targetHome, text(args.target_path) || path))
  if (!(await isInside(home, source))) throw new Error('source path must be contained in project home dir')
  if (!(await isInside(targetHome, target))) throw new Error('target path must be contained in target project home dir')
  await stat(source)
  if (source !== target) await copy({ source, target }, args)
}

interface Paths {
  source: string
  target: string
}

/** Newer files in the target are kept unless the options say otherwise; links are copied as links. */
async function copy({ source, target }: Paths, args: Arguments): Promise<void> {
  const isExcluded = exclusion(args.exclude)
  await cp(source, target, {
    recursive: true,
    force: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    filter: async (one, other) => {
      if (one !== source && isExcluded(relative(source, one))) return false
      return Boolean(args.overwrite_newer) || !(await isNewer(other, one))
    },
  })
  if (args.delete_missing && (await stat(source)).isDirectory()) await removeMissing({ source, target }, isExcluded)
}

/** Deletes in the target what the source lacks, except excluded paths and the source itself where it is inside the target. */
async function removeMissing({ source, target }: Paths, isExcluded: (path: string) => boolean): Promise<void> {
  const kept = new Set((await readdir(source, { recursive: true })).map((path) => join(target, path)))
  for (const path of await readdir(target, { recursive: true })) {
    const whole = join(target, path)
    const isSource = `${source}/`.startsWith(`${whole}/`) || whole.startsWith(`${source}/`)
    if (!kept.has(whole) && !isSource && !isExcluded(path)) await rm(whole, { recursive: true, force: true })
  }
}

/** Patterns with `*` and `?`: matched against every name or, with a slash in them, against the whole path. The content of an excluded folder is excluded. */
function exclusion(patterns: unknown): (path: string) => boolean {
  const given = Array.isArray(patterns) ? patterns.map(String) : []
  const tests = given.map((pattern) => {
    const escaped = pattern.replace(/^\/|\/$/g, '').replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    const whole = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
    return (path: string) => whole.test(pattern.includes('/') ? path : basename(path))
  })
  const parts = (path: string): string[] => path.split(sep).map((_name, at, names) => names.slice(0, at + 1).join(sep))
  return (path) => parts(path).some((part) => tests.some((test) => test(part)))
}

async function isNewer(target: string, source: string): Promise<boolean> {
  const [there, here] = await Promise.all([lstat(target).catch(() => undefined), lstat(source)])
  return there?.isFile() === true && there.mtimeMs > here.mtimeMs
}

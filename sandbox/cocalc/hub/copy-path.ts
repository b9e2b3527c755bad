import { cp, lstat, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Arguments, HubCall } from '../context'
import { isMember } from '../members'
import { isInside } from '../project/paths'
import { text } from '../values'

/** Works on the files of both projects, whether they run or not. */
export async function copyPathBetweenProjects(call: HubCall, args: Arguments): Promise<null> {
  const { cocalc, db, accountId } = call
  const { src_project_id: from, target_project_id: to = from } = args
  if (!(await isMember(db, accountId, from))) throw new Error('user must be collaborator on source project')
  if (!(await isMember(db, accountId, to))) throw new Error('user must be collaborator on target project')
  const path = text(args.src_path)
  if (!path) throw new Error('path must be specified')
  const [home, targetHome] = [await cocalc.host.home(String(from)), await cocalc.host.home(String(to))]
  const source = join(home, path)
  const target = join(targetHome, text(args.target_path) || path)
  if (!(await isInside(home, source))) throw new Error('source path must be contained in project home dir')
  if (!(await isInside(targetHome, target))) throw new Error('target path must be contained in target project home dir')
  await stat(source)
  if (source !== target) await copy({ source, target }, args)
  return null
}

interface Paths {
  source: string
  target: string
}

/** What is newer in the target stays unless told otherwise. */
async function copy({ source, target }: Paths, args: Arguments): Promise<void> {
  if (args.delete_missing) await rm(target, { recursive: true, force: true })
  const excluded = Array.isArray(args.exclude) ? args.exclude.map(String) : []
  await cp(source, target, {
    recursive: true,
    force: true,
    preserveTimestamps: true,
    filter: async (one, other) => {
      if (excluded.includes(relative(source, one) || dirname(one))) return false
      return Boolean(args.overwrite_newer) || !(await isNewer(other, one))
    },
  })
}

async function isNewer(target: string, source: string): Promise<boolean> {
  const [there, here] = await Promise.all([lstat(target).catch(() => undefined), lstat(source)])
  return there?.isFile() === true && there.mtimeMs > here.mtimeMs
}

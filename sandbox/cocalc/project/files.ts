import { lstat, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import type { ProjectCall, ProjectFunctions } from '../context'
import { isRecord, list } from '../values'
import { resolveIn } from './paths'

type Options = Record<string, unknown>
type FileFunction = (home: string, options: Options) => Promise<unknown>

/** What is in a folder; names that begin with a dot are left out unless requested. */
const listing: FileFunction = async (home, { path = '', hidden }) => {
  const folder = await resolveIn(home, path)
  const names = (await readdir(folder)).filter((name) => hidden || !name.startsWith('.'))
  return Promise.all(
    names.map(async (name) => {
      const { mtimeMs, size, isDirectory } = await describe(join(folder, name))
      return { name, mtime: mtimeMs / 1_000, size, ...(isDirectory ? { isdir: true } : {}) }
    }),
  )
}

async function describe(path: string) {
  const found = await stat(path).catch(() => lstat(path))
  return { mtimeMs: found.mtimeMs, size: found.size, isDirectory: found.isDirectory() }
}

const write: FileFunction = async (home, { path, content }) => {
  const whole = await resolveIn(home, path)
  await mkdir(dirname(whole), { recursive: true })
  await writeFile(whole, String(content))
  return null
}

const move: FileFunction = async (home, { paths, dest }) => {
  const folder = await resolveIn(home, dest)
  await mkdir(folder, { recursive: true })
  for (const path of list(paths)) await rename(await resolveIn(home, path), join(folder, basename(String(path))))
  return null
}

const renameFile: FileFunction = async (home, { src, dest }) => {
  const target = await resolveIn(home, dest)
  await mkdir(dirname(target), { recursive: true })
  await rename(await resolveIn(home, src), target)
  return null
}

const remove: FileFunction = async (home, { paths }) => {
  for (const path of list(paths)) await rm(await resolveIn(home, path), { recursive: true, force: true })
  return null
}

const real: FileFunction = async (home, { path }) => {
  return relative(await realpath(home), await realpath(await resolveIn(home, path)))
}

const FUNCTIONS: Readonly<Record<string, FileFunction>> = {
  listing,
  readTextFileFromProject: async (home, { path }) => readFile(await resolveIn(home, path), 'utf8'),
  writeTextFileToProject: write,
  deleteFiles: remove,
  moveFiles: move,
  renameFile,
  realpath: real,
  canonicalPaths: (home, { paths }) => Promise.all(list(paths).map((path) => real(home, { path }))),
}

/** Files of a project's HOME; paths outside it are refused. */
export const files: ProjectFunctions = Object.fromEntries(
  Object.entries(FUNCTIONS).map(([name, work]) => [
    name,
    async ({ cocalc, projectId }: ProjectCall, [first]: readonly unknown[]) =>
      work(await cocalc.host.home(projectId), isRecord(first) ? first : {}),
  ]),
)

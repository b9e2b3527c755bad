import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'

/** Whether a path stays in a folder, also through symbolic links; for a path that does not exist, its nearest existing parent decides. */
export async function isInside(folder: string, path: string): Promise<boolean> {
  if (!lies(folder, path)) return false
  return lies(await realpath(folder), await real(path))
}

function lies(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

async function real(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error
    return real(dirname(path))
  }
}

/** The absolute path of a path in a call; a relative one is below HOME. @throws where it leads out of HOME or is not a text */
export async function resolveIn(home: string, path: unknown): Promise<string> {
  if (typeof path !== 'string') throw new Error('path must be a string')
  const whole = isAbsolute(path) ? path : join(home, path)
  if (!(await isInside(home, whole))) throw new Error('path must be contained in project home dir')
  return whole
}

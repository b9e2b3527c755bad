import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'

/** Whether a path stays in a folder, also through symbolic links; what is not there yet is judged by its nearest parent that is. */
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

/** Where a path of a call points: absolute as it is, otherwise below HOME. @throws where it climbs out of HOME or is no text */
export async function resolveIn(home: string, path: unknown): Promise<string> {
  if (typeof path !== 'string') throw new Error('path must be a string')
  const whole = isAbsolute(path) ? path : join(home, path)
  if (!(await isInside(home, whole))) throw new Error('path must be contained in project home dir')
  return whole
}

import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../../../kit/test/temporary'
import { findProgram } from '../../program'

const PROGRAMS = ['sh', 'cp', 'rm', 'sleep', 'kill']

/** Surroundings in which neither servers nor Docker are found, but all that a run cannot do without: everything is emulated. */
export function nothingInstalled(): { PATH: string; DOCKER_HOST: string } {
  const folder = temporaryFolder()
  for (const name of PROGRAMS) {
    const found = findProgram(name)
    if (found) symlinkSync(found, join(folder, name))
  }
  symlinkSync(process.execPath, join(folder, 'node'))
  return { PATH: folder, DOCKER_HOST: 'tcp://127.0.0.1:1' }
}

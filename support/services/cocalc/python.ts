import type { ServiceAccess } from '../service'
import { Project } from './client/client'
import { projectRetry, retry } from './retry'

const LIST = { command: 'python3', args: ['-m', 'jupyter', 'kernelspec', 'list', '--json'], timeout: 60 }
const INSTALL = [
  { command: 'python3', args: ['-m', 'ensurepip', '--user'], timeout: 120 },
  { command: 'python3', args: ['-m', 'pip', 'install', '--user', 'ipykernel'], timeout: 300 },
  {
    command: 'python3',
    args: ['-m', 'ipykernel', 'install', '--user', '--name=python3', '--display-name=Python 3'],
    timeout: 60,
  },
]

/** A new project may have no kernel for Python. It is installed once a run. @throws where it is missing afterwards */
export async function ensurePython(access: ServiceAccess, projectId: string): Promise<boolean> {
  const project = await Project.of(access, 'Ada', projectId)
  await retry(() => project.system.ping(), projectRetry(access))
  if (await hasPython(project)) return true
  for (const step of INSTALL) await exec(project, step)
  if (await hasPython(project)) return true
  throw new Error('the project has no kernel for Python, and none could be installed')
}

async function hasPython(project: Project): Promise<boolean> {
  const { stdout = '' } = (await exec(project, LIST)) as { stdout?: string }
  return /"python3"\s*:/.test(stdout)
}

/** Listing changes nothing, and what is installed is not installed twice: such commands may be repeated. */
function exec({ bridge }: Project, command: { timeout: number }): Promise<unknown> {
  const envelope = { timeout: command.timeout * 1_000 }
  return bridge.call('system.exec', { ...command, err_on_exit: false }, envelope, { idempotent: true })
}

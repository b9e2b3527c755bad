import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

interface Program {
  /** Any of these on PATH, or at an absolute path. */
  commands: readonly string[]
  /** Debian's package. */
  package: string
}

const PROGRAMS = {
  chromium: {
    commands: [
      ...['chromium-headless-shell', 'chromium', 'google-chrome'],
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    package: 'chromium-headless-shell',
  },
  redis: { commands: ['redis-server'], package: 'redis-server' },
  python: { commands: ['python3'], package: 'python3-ipykernel' },
  rabbitmq: { commands: ['/usr/lib/rabbitmq/bin/rabbitmq-server', 'rabbitmq-server'], package: 'rabbitmq-server' },
} as const satisfies Record<string, Program>

type ProgramName = keyof typeof PROGRAMS

/**
 * Options for a test that needs a program the machine may lack: it is skipped there, naming the package. On a build machine
 * (`ACCEPTANCE_CI=1`), which installs them all, it fails instead, so that nothing is skipped unnoticed.
 */
export function needs(name: ProgramName, environment: NodeJS.ProcessEnv = process.env): { skip: string | false } {
  if (pathOf(name, environment) !== undefined) return { skip: false }
  const lacking = `${name} is not on this machine: apt-get install ${PROGRAMS[name].package}`
  if (environment.ACCEPTANCE_CI === '1') throw new Error(lacking)
  return { skip: lacking }
}

/** The program's path; undefined where it is not installed. */
export function pathOf(name: ProgramName, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (environment.PATH ?? '').split(delimiter)
  const candidates = PROGRAMS[name].commands.flatMap((command) =>
    command.startsWith('/') ? [command] : folders.map((folder) => join(folder, command)),
  )
  return candidates.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

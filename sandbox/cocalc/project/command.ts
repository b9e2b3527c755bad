import { mkdtemp, writeFile } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { cannotRead } from '../errors'
import { isRecord } from '../values'

/** A command as it will be run. */
export interface Command {
  file: string
  args: string[]
  cwd: string
  env: Record<string, string>
  /** Milliseconds. */
  timeout: number
  /** Characters kept of each stream. */
  maxOutput: number
  errOnExit: boolean
  /** Its name in messages. */
  shown: string
  /** A folder created for this command and removed when it has ended. */
  temporary?: string
}

export interface Place {
  projectId: string
  home: string
  shims: string
  /** Where scripts are written. */
  scripts: string
}

const DEFAULT_TIMEOUT = 60
/** Upper limit of the characters kept of a stream, whatever the caller allows. */
const MOST_OUTPUT = 10_000_000

/**
 * A command line without arguments that contains blanks is run by bash, and so is one that requests it; with arguments all of it is
 * quoted into one line. Anything else is run without a shell.
 */
export async function readCommand(place: Place, options: Record<string, unknown>): Promise<Command> {
  if (typeof options.command !== 'string') throw cannotRead('split')
  const args = Array.isArray(options.args) ? options.args.map(String) : []
  const inBash = options.bash === true || (args.length === 0 && /\s/.test(options.command))
  const timeout = (typeof options.timeout === 'number' ? options.timeout : DEFAULT_TIMEOUT) * 1_000
  const common = {
    cwd: folderOf(place.home, options),
    env: { ...environmentOf(place), ...(isRecord(options.env) ? textsIn(options.env) : {}) },
    timeout,
    maxOutput: Math.min(typeof options.max_output === 'number' ? options.max_output : MOST_OUTPUT, MOST_OUTPUT),
    errOnExit: options.err_on_exit !== false,
  }
  if (!inBash) return { ...common, file: options.command, args, shown: `'${options.command}' (args=${args.join(' ')})` }
  const line = args.length > 0 ? [options.command, ...args].map(quoted).join(' ') : options.command
  const temporary = await mkdtemp(join(place.scripts, 'cmd-'))
  const script = join(temporary, 'a.sh')
  const limit = options.ulimit_timeout === false ? '' : `ulimit -t ${Math.max(1, Math.ceil(timeout / 1_000))}\n`
  await writeFile(script, `${limit}${line}`, { mode: 0o700 })
  return { ...common, file: 'bash', args: [script], shown: line, temporary }
}

/** A relative path that leads out of HOME becomes one that does not exist; an absolute one is used as it is. */
function folderOf(home: string, { cwd, path }: Record<string, unknown>): string {
  if (typeof cwd === 'string' && cwd) return cwd
  if (typeof path !== 'string' || !path) return home
  if (isAbsolute(path)) return path
  const whole = join(home, path)
  return relative(home, whole).split(sep)[0] === '..' ? join(home, 'outside of HOME') : whole
}

/** A command's environment. Of the sandbox's own environment it contains only PATH and the language. */
export function environmentOf({ projectId, home, shims }: Place): Record<string, string> {
  const user = projectId.replaceAll('-', '')
  const inherited = ['LANG', 'LC_ALL', 'TZ'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  return {
    ...Object.fromEntries(inherited),
    PATH: `${shims}:${process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin'}`,
    HOME: home,
    USER: user,
    LOGNAME: user,
    SHELL: '/bin/bash',
    COCALC_PROJECT_ID: projectId,
    COCALC_USERNAME: user,
  }
}

function textsIn(record: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]))
}

function quoted(word: string): string {
  return /^[A-Za-z0-9_/:=.-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

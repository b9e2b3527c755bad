import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { BareError } from '../errors'
import type { Command } from './command'
import type { ProcessWatch } from './watch'

interface Finished {
  type: 'blocking'
  stdout: string
  stderr: string
  exit_code: number
}

/** A command under way. */
export interface Started {
  pid: number | undefined
  outcome: Promise<Finished>
  /** Its output so far. */
  said(): Said
}

type Said = Pick<Finished, 'stdout' | 'stderr'>

const LONGEST_QUOTE = 1_024

/** Runs a command in a process group of its own, which is killed as a whole after the timeout. */
export function start(command: Command, watch: ProcessWatch): Started {
  const child = launch(command)
  if (child instanceof Error) return { pid: undefined, outcome: Promise.reject(child), said: () => ({ stdout: '', stderr: '' }) }
  if (child.pid) watch.add(child.pid)
  const [stdout, stderr] = [collect(child.stdout, command.maxOutput), collect(child.stderr, command.maxOutput)]
  const said = (): Said => ({ stdout: stdout(), stderr: stderr() })
  const outcome = ended(child, command, watch, said).finally(() => tidy(command))
  return { pid: child.pid, outcome: outcome.then((result) => judged(command, result)), said }
}

function ended(child: ChildProcess, { file, args, timeout }: Command, watch: ProcessWatch, said: () => Said): Promise<Finished> {
  const { pid = 0 } = child
  let late = false
  const deadline = setTimeout(() => {
    late = true
    watch.kill(pid)
  }, timeout)
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      clearTimeout(deadline)
      resolve({ type: 'blocking', stdout: '', stderr: JSON.stringify(error), exit_code: 1 })
    })
    child.once('close', (code) => {
      clearTimeout(deadline)
      watch.ended(pid)
      if (late) reject(new BareError(`killed command '${[file, ...args].join(' ')}'`))
      else resolve({ type: 'blocking', ...said(), exit_code: code ?? 1 })
    })
  })
}

async function tidy({ temporary }: Command): Promise<void> {
  if (temporary !== undefined) await rm(temporary, { recursive: true, force: true })
}

function launch({ file, args, cwd, env }: Command): ChildProcess | Error {
  try {
    return spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { name, code = '', message } = error as NodeJS.ErrnoException
    return new BareError(`error ${name}${code ? ` [${code}]` : ''}: ${message}`)
  }
}

/** @throws for an exit code other than 0, unless the caller disabled that */
function judged({ errOnExit, shown }: Command, result: Finished): Finished {
  const { exit_code: code, stderr } = result
  if (code === 0 || !errOnExit) return result
  throw new BareError(`command '${shown}' exited with nonzero code ${code} -- stderr='${clipped(stderr)}'`)
}

function clipped(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text
}

/** Keeps this many characters of a stream, and appends a note where there were more. */
function collect(stream: NodeJS.ReadableStream | null, most: number): () => string {
  let kept = ''
  let more = false
  stream?.setEncoding('utf8')
  stream?.on('data', (chunk: string) => {
    more ||= kept.length + chunk.length > most
    if (kept.length < most) kept = (kept + chunk).slice(0, most)
  })
  return () => (more ? `${kept} (truncated at ${most} characters)` : kept)
}

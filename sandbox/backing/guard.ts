import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { delimiter } from 'node:path'

/** Ends servers and removes their folder when this process dies, however it dies. */
export interface Guard {
  /** The servers were stopped and the folder removed in good order: nothing is left to watch. */
  dismiss(): void
}

const WATCH = `
read _
signal=$1; folder=$2; shift 2
# PostgreSQL's children lead groups of their own and would outlive their parent for a while, its port in their hands.
children=; for pid; do children="$children $(pgrep -P "\${pid#-}" 2>/dev/null)"; done
for pid; do kill -"$signal" "$pid" 2>/dev/null; done
for child in $children; do kill -KILL "$child" 2>/dev/null; done
# kill -0 also succeeds for a zombie that its parent has not reaped.
lives() { kill -0 "$1" 2>/dev/null && case "$(ps -o stat= -p "\${1#-}" 2>/dev/null)" in Z*) false ;; esac; }
tries=0
for pid; do
  while [ "$tries" -lt 8 ] && lives "$pid"; do sleep .05; tries=$((tries+1)); done
  kill -KILL "$pid" 2>/dev/null
done
# Children of the killed processes may still be writing there.
tries=0
until rm -rf "$folder" || [ "$tries" -ge 20 ]; do sleep .05; tries=$((tries+1)); done
`

/**
 * A shell of its own process group waits on a pipe that only this process holds open; the pipe closes even after `kill -9`. Servers
 * that have not ended half a second after the signal are killed.
 * @param signal with which the servers end, without `SIG`; their data is not needed any more
 */
export function guard(pids: readonly number[], folder: string, signal: 'TERM' | 'QUIT' | 'KILL' = 'TERM'): Guard {
  const watcher = spawn('/bin/sh', ['-c', WATCH, 'guard', signal, folder, ...pids.map(String)], {
    detached: true,
    // It outlives this process, and perhaps the folders of PATH as well.
    env: { ...process.env, PATH: [process.env.PATH, '/usr/bin', '/bin'].filter(Boolean).join(delimiter) },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  unrefChild(watcher)
  return { dismiss: () => void watcher.kill('SIGKILL') }
}

/**
 * A program that waits to begin, so that it can be guarded first: if this process ends in between, no program is left running. Its
 * process id is the same before and after, and it leads its own process group, so that a Ctrl-C at the terminal does not reach it.
 */
export function spawnPaused(
  program: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'>,
): PausedProgram {
  // By its whole path: another account may not be let into a folder along PATH.
  const child = spawn('/bin/sh', ['-c', 'read -r _ && exec "$0" "$@"', program, ...args], {
    ...options,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin?.on('error', () => undefined)
  return { child, begin: (input = '') => void child.stdin?.end(`\n${input}`) }
}

export interface PausedProgram {
  child: ChildProcess
  /** @param input written to its stdin, which is then closed */
  begin(input?: string): void
}

/** Allows this process to end while the child and its pipes are open. */
export function unrefChild(child: ChildProcess): void {
  child.unref()
  for (const pipe of [child.stdin, child.stdout, child.stderr]) {
    if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  }
}

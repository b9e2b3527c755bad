import { type ChildProcess, spawn } from 'node:child_process'
import { unrefChild } from '../../backing/guard'

const WATCH = `
groups=
while read -r line; do
  case $line in
    +*) groups="$groups \${line#+}" ;;
    -*) kept=; for group in $groups; do [ "$group" = "\${line#-}" ] || kept="$kept $group"; done; groups=$kept ;;
  esac
done
# A kernel that was forked just now leads a group that is not known here yet: its parent is stopped, so that it forks no other.
for group in $groups; do kill -STOP "-$group" 2>/dev/null; done
children=; for group in $groups; do for pid in $(pgrep -g "$group" 2>/dev/null); do children="$children $(pgrep -P "$pid")"; done; done
for child in $children; do kill -KILL "$child" 2>/dev/null; done
for group in $groups; do kill -KILL "-$group" 2>/dev/null; done
# A killed process may still be writing there.
tries=0
until rm -rf "$1" || [ "$tries" -ge 20 ]; do sleep .05; tries=$((tries+1)); done
`

/**
 * The process groups that a sandbox has started, and its folder: a shell that reads them from a pipe ends and removes what is left
 * when this process ends in any way.
 */
export class ProcessWatch {
  private readonly groups = new Set<number>()
  private readonly shell: ChildProcess

  constructor(folder: string) {
    this.shell = spawn('sh', ['-c', WATCH, 'watch', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    this.shell.stdin?.on('error', () => undefined)
    unrefChild(this.shell)
  }

  add(group: number): void {
    this.groups.add(group)
    this.shell.stdin?.write(`+${group}\n`)
  }

  /** The group ended by itself; the system may reuse its number for another process. */
  ended(group: number): void {
    if (this.groups.delete(group)) this.shell.stdin?.write(`-${group}\n`)
  }

  /** @param name a number or a name; groups that were not added, or have ended, receive no signal */
  signal(group: number, name: unknown): void {
    if (this.groups.has(group)) send(group, typeof name === 'number' ? name : (String(name) as NodeJS.Signals))
  }

  /** Kills a group that was added and has not ended. */
  kill(group: number): void {
    if (this.groups.has(group)) send(group, 'SIGKILL')
  }

  close(): void {
    for (const group of this.groups) send(group, 'SIGKILL')
    this.groups.clear()
    this.shell.stdin?.end()
  }
}

function send(group: number, name: NodeJS.Signals | number): void {
  try {
    process.kill(-group, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

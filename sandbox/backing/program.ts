import { type ChildProcess, type SpawnOptions, spawnSync } from 'node:child_process'
import { accessSync, constants, rmSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Guard, guard, spawnPaused, unrefChild } from './guard'
import type { GuardedFolder } from './private-folder'

const LONGEST_START = 60_000

/** The first of these that can be run: absolute paths as they are, bare names along PATH. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = names.flatMap((name) => (name.startsWith('/') ? [name] : folders.map((folder) => join(folder, name))))
  return candidates.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The first version number in a program's output. */
export function versionOf(program: string, flag = '--version'): string {
  return /(\d+(?:\.\d+)+)/.exec(spawnSync(program, [flag], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? ''
}

/** Programs that belong together, in a folder of their own: started one after the other, ended together, and ended by a guard when this process is killed. */
export class Programs {
  private readonly running: ChildProcess[] = []
  readonly folder: string
  private watch: Guard

  constructor({ folder, watch }: GuardedFolder) {
    this.folder = folder
    this.watch = watch
  }

  /**
   * Starts one, and waits for its ready message.
   * @param ready what it writes when it accepts connections
   * @throws with the end of its output where it ends instead, or is not ready within a minute
   */
  start(program: string, args: readonly string[], ready: RegExp, { input = '', ...options }: Start = {}): Promise<void> {
    const { child, begin } = spawnPaused(program, args, { ...options, cwd: this.folder })
    this.running.push(child)
    this.rewatch()
    begin(input)
    return awaited(child, program, ready).finally(() => unrefChild(child))
  }

  /** Kills them, which is quick: their data is not needed any more. */
  async stop(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 })
    this.watch.dismiss()
  }

  /** The folder stays, so that they can be started again. @param signal by default they get no chance to end in good order */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await Promise.all(this.running.splice(0).map((child) => killGroup(child, signal)))
  }

  private rewatch(): void {
    const before = this.watch
    // A negative number means the whole process group.
    this.watch = guard(
      this.running.flatMap(({ pid }) => (pid ? [-pid] : [])),
      this.folder,
      'KILL',
    )
    before.dismiss()
  }
}

type Start = Pick<SpawnOptions, 'env'> & { input?: string }

function awaited(child: ChildProcess, program: string, ready: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    let isUp = false
    const fail = (why: string): void => reject(new Error(`${program} ${why}:\n${said.slice(-2_000)}`))
    const timer = setTimeout(() => fail('did not come up within a minute'), LONGEST_START).unref()
    child.once('error', ({ message }) => fail(`could not be started (${message})`))
    child.once('exit', (code) => fail(`ended with ${code} as it started`))
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        if (isUp) return
        said = (said + chunk.toString()).slice(-20_000)
        isUp = ready.test(said)
        if (!isUp) return
        clearTimeout(timer)
        resolve()
      })
  })
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve()
  const { pid } = child
  return new Promise((resolve) => {
    child.ref()
    child.once('exit', () => resolve())
    try {
      process.kill(-pid, signal)
    } catch {
      resolve()
    }
  })
}

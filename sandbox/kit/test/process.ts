import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'

export const SANDBOX = resolve(__dirname, '..', '..')
export const COMMAND = join(SANDBOX, 'bin', 'acceptance-sandbox.js')

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Running {
  child: ChildProcess
  ended: Promise<Ended>
}

/** Node in the folder of the sandboxes, able to load TypeScript by `--require ts-node/register`, with no variables of this process. */
export function startNode(args: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, args, {
    cwd: SANDBOX,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
  const ended = Promise.all([text(child.stdout), text(child.stderr), closed]).then(([stdout, stderr, code]) => {
    return { code, stdout, stderr }
  })
  return { child, ended }
}

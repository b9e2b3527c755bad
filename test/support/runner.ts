import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

export const ROOT = resolve(__dirname, '..', '..')
const CUCUMBER = join(ROOT, 'node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js')

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Running {
  child: ChildProcess
  ended: Promise<Ended>
}

/** What Node compiled before: a third of a run's start is Cucumber's own code. */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'compile')

/** Wide enough that no line of the console is broken where a test looks for it. */
const COLUMNS = '500'

/** The real runner in a folder, with only the environment that it needs: the credentials of the user who runs the tests are left out. */
export function startCucumber(folder: string, args: readonly string[], environment: Record<string, string> = {}): Running {
  return startNode(folder, [CUCUMBER, ...args], environment)
}

export function startNode(folder: string, args: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TS_NODE_PROJECT: join(ROOT, 'tsconfig.json'),
      COLUMNS,
      NODE_COMPILE_CACHE: COMPILED,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
  const ended = Promise.all([textOf(child.stdout), textOf(child.stderr), closed]).then(([stdout, stderr, code]) => {
    return { code, stdout, stderr }
  })
  return { child, ended }
}

/** Resolves once the process has printed the words. @throws with all it printed where it ends without them */
export function said({ child, ended }: Running, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (more: Buffer) => {
      text += more.toString()
      if (text.includes(words)) resolve()
    })
    ended.then(({ stdout, stderr }) => reject(new Error(stdout + stderr)), reject)
  })
}

/** Every file below a folder, by its path there. */
export function filesBelow(folder: string): Record<string, string> {
  mkdirSync(folder, { recursive: true })
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map((file) => {
      const path = join(file.parentPath, file.name)
      return [relative(folder, path), readFileSync(path, 'utf8')]
    }),
  )
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk.toString()
  return text
}

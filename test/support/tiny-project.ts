import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'

const ROOT = resolve(__dirname, '..', '..')

export interface TinyRun {
  code: number | null
  stdout: string
  stderr: string
  /** Every file below the project's `reports`, by its path there. */
  reports: Record<string, string>
}

/** A Cucumber project of a few files in a folder of its own, run by the real runner with pieces of ours plugged in. */
export class TinyProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'tiny-'))

  constructor(files: Record<string, string>) {
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'))
    this.write('package.json', '{ "type": "commonjs" }')
    for (const [path, text] of Object.entries(files)) this.write(path, text)
  }

  /** The path by which a file of the project reaches one of ours. */
  static ours(path: string): string {
    return JSON.stringify(join(ROOT, path))
  }

  write(path: string, text: string): void {
    const whole = join(this.folder, path)
    mkdirSync(dirname(whole), { recursive: true })
    writeFileSync(whole, text)
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8')
  }

  async run(args: readonly string[] = [], environment: Record<string, string> = {}): Promise<TinyRun> {
    const cucumber = join(ROOT, 'node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js')
    const child = spawn(process.execPath, [cucumber, ...args], {
      cwd: this.folder,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TS_NODE_PROJECT: join(ROOT, 'tsconfig.json'), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [stdout, stderr, code] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done)),
    ])
    return { code, stdout, stderr, reports: this.reports() }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  private reports(): Record<string, string> {
    const top = join(this.folder, 'reports')
    mkdirSync(top, { recursive: true })
    const files = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    return Object.fromEntries(
      files.map((file) => {
        const path = join(file.parentPath, file.name)
        return [relative(top, path), readFileSync(path, 'utf8')]
      }),
    )
  }
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk.toString()
  return text
}

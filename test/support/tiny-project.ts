import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Ended, filesBelow, ROOT, startCucumber } from './runner'

export interface TinyRun extends Ended {
  /** Every file below the project's `reports`, by its path there. */
  reports: Record<string, string>
}

/** A Cucumber project of a few files in its own folder, run by the real runner with the suite's plugins. */
export class TinyProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'tiny-'))

  constructor(files: Record<string, string>) {
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'))
    this.write('package.json', '{ "type": "commonjs" }')
    for (const [path, text] of Object.entries(files)) this.write(path, text)
  }

  /** Files that Cucumber imports must be JavaScript on Node 22: the text of a file that re-exports a TypeScript file. */
  static entryTo(path: string): string {
    return `require('ts-node/register')\nmodule.exports = require('${path}')\n`
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
    const ended = await startCucumber(this.folder, args, environment).ended
    return { ...ended, reports: filesBelow(join(this.folder, 'reports')) }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

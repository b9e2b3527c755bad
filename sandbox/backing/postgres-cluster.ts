import { type ChildProcess, execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { guard, spawnPaused } from './guard'
import type { PostgresBinaries } from './postgres-binaries'
import { type Account, guardedFolder } from './private-folder'

export const SUPERUSER = 'acceptance'

const run = promisify(execFile)
const CACHE = join(__dirname, '..', 'node_modules', '.cache', 'acceptance-sandbox')
// A sandbox's data is deleted when it ends, so durability would only cost time.
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'shared_buffers=64MB']

/**
 * Fills an empty folder with a new cluster: a copy of a cached one, because `initdb` takes half a second.
 * @returns the superuser's password
 */
export async function newCluster(binaries: PostgresBinaries, account: Account, data: string): Promise<string> {
  const template = join(CACHE, `postgres-${binaries.version}-${account.uid ?? process.getuid?.() ?? 'own'}`)
  try {
    if (!existsSync(template)) await makeTemplate(binaries, account, template)
  } catch (error) {
    if (!isReadOnly(error)) throw error
    const password = newPassword()
    await initialise(binaries, account, data, password)
    return password
  }
  await run('cp', ['-Rp', join(template, 'data'), data])
  return readFileSync(join(template, 'password'), 'utf8')
}

const newPassword = (): string => randomBytes(18).toString('base64url')

/** An installation that may not be written, as in a container image, keeps no cluster for the next time. */
function isReadOnly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EACCES', 'EROFS', 'EPERM'].includes(String(error.code))
}

/** Created in a temporary folder and renamed, so that two processes creating it at once both find a complete one. */
async function makeTemplate(binaries: PostgresBinaries, account: Account, template: string): Promise<void> {
  const aside = `${template}.${randomUUID()}`
  const staging = join(aside, 'data')
  const password = newPassword()
  const watch = guard([], aside)
  // Of a recursive creation, the mode would be that of `node_modules` too, which other users of this checkout have to read.
  mkdirSync(CACHE, { recursive: true })
  mkdirSync(aside, { mode: 0o700 })
  writeFileSync(join(aside, 'password'), password, { mode: 0o600 })
  try {
    await initialise(binaries, account, staging, password)
    renameSync(aside, template)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(template)) throw error
  } finally {
    watch.dismiss()
  }
}

const NO_NAME = `PostgreSQL's initdb refuses a user id without an account (here ${process.getuid?.()}, which /etc/passwd does not list). Add a line for it to /etc/passwd, allow user namespaces, or give a server: ACCEPTANCE_POSTGRES_URL.`

/**
 * Containers often run under a user id that has no account (OpenShift, Jenkins, `docker run -u`), and `initdb` alone insists on one:
 * then it runs in a user namespace in which the id is that of `nobody`. The files still belong to the real id.
 * @returns the program, and arguments before its own
 */
function named(initdb: string, { uid }: Account): [program: string, before: string[]] {
  if (uid !== undefined || hasAccount()) return [initdb, []]
  return ['unshare', ['--user', '--map-user=65534', '--map-group=65534', '--', initdb]]
}

function hasAccount(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

/** `initdb` runs as the server's account in a folder of that account, which may not enter the cache. */
async function initialise(binaries: PostgresBinaries, account: Account, into: string, password: string): Promise<void> {
  const { folder, watch } = guardedFolder('initdb', account)
  const passwordFile = join(folder, 'password')
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 })
    if (account.uid !== undefined && account.gid !== undefined) chownSync(passwordFile, account.uid, account.gid)
    const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync', '--wal-segsize=1']
    const [program, before] = named(binaries.initdb, account)
    await run(program, [...before, '-U', SUPERUSER, '--pwfile', passwordFile, ...flags, join(folder, 'data')], {
      ...account,
      cwd: folder,
    }).catch((error: unknown) => {
      throw before.length > 0 ? new Error(NO_NAME, { cause: error }) : error
    })
    await run('cp', ['-Rp', join(folder, 'data'), into])
  } finally {
    rmSync(folder, { recursive: true, force: true })
    watch.dismiss()
  }
}

/**
 * Starts the server and waits until it takes connections.
 * @param onSpawn receives the id of the server's process before the server begins
 * @throws with the last lines it wrote where it ends instead
 */
export function startServer(
  postgres: string,
  account: Account,
  { data, port }: { data: string; port: number },
  onSpawn: (pid: number) => void,
): Promise<ChildProcess> {
  const settings = [...SETTINGS, 'listen_addresses=127.0.0.1', 'unix_socket_directories='].flatMap((one) => ['-c', one])
  const { child: server, begin } = spawnPaused(postgres, ['-D', data, '-p', `${port}`, ...settings], { ...account, cwd: data })
  if (server.pid) onSpawn(server.pid)
  begin()
  server.stdout?.resume()
  return new Promise((resolve, reject) => {
    let said = ''
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code} as it started:\n${said.slice(-2_000)}`)))
    server.stderr?.on('data', (chunk: Buffer) => {
      if (said.includes('ready to accept connections')) return
      said += chunk.toString()
      if (said.includes('ready to accept connections')) resolve(server)
    })
  })
}

/** Fast shutdown: closes client connections and waits only for the server itself. */
export function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    server.ref()
    server.once('exit', () => resolve())
    server.kill('SIGINT')
  })
}

import type { ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from './free-port'
import { type Guard, guard, unrefChild } from './guard'
import { findBinaries, runnable } from './postgres-binaries'
import { newCluster, SUPERUSER, startServer, stopServer } from './postgres-cluster'
import { DatabaseMaker } from './postgres-databases'
import { guardedFolder, serverAccount } from './private-folder'
import { Register } from './register'
import { complain, removeLeftByTheDead } from './removal'
import { shareable } from './shared'

/** A real PostgreSQL that is up, as one sandbox sees it. */
export interface PostgresServer {
  /** What runs, for reports: `PostgreSQL 17.10, embedded`. */
  readonly label: string
  readonly host: string
  readonly port: number
  /** A superuser. */
  readonly user: string
  readonly password: string
  /**
   * A new database, empty or a copy of another of this server.
   * @param name what it is for; made unique by a number
   * @param template URL of the database to copy, to which no client may be connected
   * @returns its URL, credentials included
   */
  createDatabase(name: string, template?: string): Promise<string>
  /** Closes its connections first. A database that was not created here is not dropped. */
  dropDatabase(url: string): Promise<void>
  /**
   * A name for a role, which is to be created by it next.
   * @param name what it is for; made unique by a number
   */
  nameRole(name: string): string
  /** Only possible once the role owns nothing. */
  dropRole(name: string): Promise<void>
  /** Drops what was created; the last user of a server started here ends it. */
  stop(): Promise<void>
}

const NO_POSTGRES =
  'PostgreSQL cannot be had: run `npm ci` with optional dependencies, install Debian’s postgresql, or set ACCEPTANCE_POSTGRES_URL.'

/** The server all sandboxes of this process share: the one at `ACCEPTANCE_POSTGRES_URL`, else one started privately. */
export const startPostgres: () => Promise<PostgresServer> = shareable(async () => {
  const given = process.env.ACCEPTANCE_POSTGRES_URL?.trim()
  return given ? useGiven(given) : startPrivate()
})

async function useGiven(given: string): Promise<PostgresServer> {
  const url = new URL(given)
  const parts = {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
  const register = Register.begin('postgres', given)
  const maker = new DatabaseMaker(parts, decodeURIComponent(url.pathname.slice(1)) || 'postgres', register)
  const version = await maker.version()
  complain(await removeLeftByTheDead('postgres', given))
  return { ...parts, label: `PostgreSQL ${version}, given`, ...maker.functions(), stop: () => maker.dropAll() }
}

async function startPrivate(): Promise<PostgresServer> {
  const found = findBinaries()
  if (!found) throw new Error(NO_POSTGRES)
  const account = serverAccount()
  const guarded = guardedFolder('postgres', account)
  const { folder } = guarded
  let server: ChildProcess | undefined
  let watch: Guard = guarded.watch
  const watchServer = (pid: number): void => {
    const before = watch
    // A negative number means the whole process group.
    watch = guard([-pid], folder, 'QUIT')
    before.dismiss()
  }
  const stop = async (): Promise<void> => {
    if (server) await stopServer(server)
    await rm(folder, { recursive: true, force: true })
    watch.dismiss()
  }
  try {
    const binaries = runnable(found, account, folder)
    const data = join(folder, 'data')
    const password = await newCluster(binaries, account, data)
    const parts = { host: '127.0.0.1', port: await freePort(), user: SUPERUSER, password }
    server = await startServer(binaries.postgres, account, { data, port: parts.port }, watchServer)
    unrefChild(server)
    const maker = new DatabaseMaker(parts, 'postgres')
    return {
      ...parts,
      label: `PostgreSQL ${found.version}, ${found.from}`,
      ...maker.functions(),
      stop: () => maker.close().then(stop),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

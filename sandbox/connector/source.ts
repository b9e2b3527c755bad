import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PostgresServer, startPostgres } from '../backing/postgres'
import { withClient } from '../backing/postgres-client'

/** A login to the seeded source. */
interface Login {
  username: string
  password: string
}

/** The database this sandbox's app reads, with the accounts that may log in to it. */
export interface SeededSource {
  server: PostgresServer
  host: string
  port: number
  database: string
  owner: Login
  /** May read everything and create nothing. */
  reader: Login
  /** Has a password, but may no longer log in. */
  retired: Login
  stop(): Promise<void>
}

export async function seedSource(): Promise<SeededSource> {
  const server = await startPostgres()
  const url = new URL(await server.createDatabase('shop'))
  const [owner, reader, retired] = ['owner', 'reader', 'retired'].map((what) => loginOf(what, server)) as [Login, Login, Login]
  const database = decodeURIComponent(url.pathname.slice(1))
  const run = (text: string) => asSuperuser(url, text)
  await run(rolesOf(database, { owner, reader, retired }))
  await run(`SET ROLE ${owner.username};\n${readFileSync(join(__dirname, 'shop.sql'), 'utf8')}`)
  return {
    server,
    host: server.host,
    port: server.port,
    database,
    owner,
    reader,
    retired,
    stop: async () => {
      await server.dropDatabase(url.href)
      for (const { username } of [owner, reader, retired]) await server.dropRole(username)
      await server.stop()
    },
  }
}

function loginOf(what: string, server: PostgresServer): Login {
  return { username: server.nameRole(`shop_${what}`), password: `${what}-${randomBytes(12).toString('hex')}` }
}

function rolesOf(database: string, { owner, reader, retired }: Pick<SeededSource, 'owner' | 'reader' | 'retired'>): string {
  const role = ({ username, password }: Login, kind: string): string => `CREATE ROLE ${username} ${kind} PASSWORD '${password}'`
  return [
    role(owner, 'LOGIN'),
    role(reader, 'LOGIN'),
    role(retired, 'NOLOGIN'),
    `ALTER DATABASE "${database}" OWNER TO ${owner.username}`,
    `REVOKE CONNECT ON DATABASE "${database}" FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE "${database}" TO ${reader.username}, ${retired.username}`,
    `GRANT pg_read_all_data TO ${reader.username}`,
    `ALTER SCHEMA public OWNER TO ${owner.username}`,
  ].join(';\n')
}

async function asSuperuser(url: URL, text: string): Promise<void> {
  await withClient(url.href, (client) => client.query(text))
}

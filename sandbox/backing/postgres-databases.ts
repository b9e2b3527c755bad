import { randomBytes } from 'node:crypto'
import { type Client, escapeIdentifier } from 'pg'
import { newClient } from './postgres-client'
import type { Register } from './register'

export interface Login {
  host: string
  port: number
  user: string
  password: string
}

/** Makes and drops the databases of one server, one at a time: two simultaneous copies of one template fail. */
export class DatabaseMaker {
  private readonly databases = new Set<string>()
  private readonly roles = new Set<string>()
  private readonly unique = randomBytes(3).toString('hex')
  private client: Promise<Client> | undefined
  private queue: Promise<unknown> = Promise.resolve()
  private serial = 0

  constructor(
    private readonly login: Login,
    private readonly home: string,
    /** Present where the server also contains databases that are not the sandbox's. */
    private readonly register?: Register,
  ) {}

  functions() {
    return {
      createDatabase: (name: string, template?: string) => this.create(name, template),
      dropDatabase: (url: string) => this.drop(nameIn(url)),
      nameRole: (name: string) => this.nameRole(name),
      dropRole: (name: string) => this.dropRole(name),
    }
  }

  async version(): Promise<string> {
    const { rows } = await (await this.connected()).query<{ server_version: string }>('SHOW server_version')
    return /[\d.]+/.exec(rows[0]?.server_version ?? '')?.[0] ?? ''
  }

  /** A database that cannot be dropped stays in the register, and the others are dropped all the same. */
  async dropAll(): Promise<void> {
    const drops = [...[...this.databases].map((name) => this.drop(name)), ...[...this.roles].map((name) => this.dropRole(name))]
    const failed = (await Promise.allSettled(drops)).find(({ status }) => status === 'rejected')
    await this.close()
    if (failed?.status === 'rejected') throw failed.reason
  }

  async close(): Promise<void> {
    const { client } = this
    this.client = undefined
    await (await client)?.end()
  }

  private async create(name: string, template?: string): Promise<string> {
    const unique = this.uniqueName(name)
    const from = template ? ` TEMPLATE ${escapeIdentifier(nameIn(template))}` : ''
    this.register?.note({ kind: 'database', name: unique })
    this.databases.add(unique)
    await this.say(`CREATE DATABASE ${escapeIdentifier(unique)}${from}`)
    const { host, port, user, password } = this.login
    return `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${unique}`
  }

  private async drop(name: string): Promise<void> {
    if (!this.databases.has(name)) return
    await this.say(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)
    this.databases.delete(name)
    this.register?.strike({ kind: 'database', name })
  }

  private nameRole(name: string): string {
    const unique = this.uniqueName(name)
    this.register?.note({ kind: 'role', name: unique })
    this.roles.add(unique)
    return unique
  }

  private async dropRole(name: string): Promise<void> {
    if (!this.roles.has(name)) return
    await this.say(`DROP ROLE IF EXISTS ${escapeIdentifier(name)}`)
    this.roles.delete(name)
    this.register?.strike({ kind: 'role', name })
  }

  private uniqueName(name: string): string {
    const serial = ++this.serial
    return this.register ? `${this.register.nameFor(name)}_${serial}` : `${name}_${this.unique}_${serial}`
  }

  private say(sql: string): Promise<unknown> {
    const said = this.queue.then(async () => (await this.connected()).query(sql))
    this.queue = said.catch(() => undefined)
    return said
  }

  private connected(): Promise<Client> {
    this.client ??= connect(this.login, this.home)
    return this.client
  }
}

async function connect(login: Login, database: string): Promise<Client> {
  const client = newClient({ ...login, database })
  await client.connect()
  return client
}

function nameIn(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

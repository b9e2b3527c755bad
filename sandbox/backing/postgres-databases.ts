import { randomBytes } from 'node:crypto'
import { type Client, escapeIdentifier } from 'pg'
import { newClient } from './postgres-client'

export interface Login {
  host: string
  port: number
  user: string
  password: string
}

/** Makes and drops the databases of one server, one at a time: two copies of one template at once get in each other's way. */
export class DatabaseMaker {
  private readonly made = new Set<string>()
  private readonly unique = randomBytes(3).toString('hex')
  private client: Promise<Client> | undefined
  private queue: Promise<unknown> = Promise.resolve()
  private serial = 0

  constructor(
    private readonly login: Login,
    private readonly home: string,
  ) {}

  functions() {
    return {
      createDatabase: (name: string, template?: string) => this.create(name, template),
      dropDatabase: (url: string) => this.drop(nameIn(url)),
    }
  }

  async version(): Promise<string> {
    const { rows } = await (await this.connected()).query<{ server_version: string }>('SHOW server_version')
    return /[\d.]+/.exec(rows[0]?.server_version ?? '')?.[0] ?? ''
  }

  async dropAll(): Promise<void> {
    for (const name of [...this.made]) await this.drop(name)
    await this.close()
  }

  async close(): Promise<void> {
    const { client } = this
    this.client = undefined
    await (await client)?.end()
  }

  private async create(name: string, template?: string): Promise<string> {
    const unique = `${name}_${this.unique}_${++this.serial}`
    const from = template ? ` TEMPLATE ${escapeIdentifier(nameIn(template))}` : ''
    await this.say(`CREATE DATABASE ${escapeIdentifier(unique)}${from}`)
    this.made.add(unique)
    const { host, port, user, password } = this.login
    return `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${unique}`
  }

  private async drop(name: string): Promise<void> {
    await this.say(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)
    this.made.delete(name)
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

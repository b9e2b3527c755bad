import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { hasEnded, isHere, ownIdentity, type ProcessIdentity } from './process-identity'
import { BackingProblem, type ServerName } from './server'

/** Below the folder in which a run is started, beside the suite's journal. */
export const REGISTER_FOLDER = join('.acceptance', 'given')

/** Something made on a server given by URL. */
export interface Made {
  kind: 'database' | 'role' | 'queue' | 'exchange'
  name: string
}

interface Head {
  server: ServerName
  /** Host, port and, at a broker, virtual host; never credentials. */
  address: string
  token: string
  process: ProcessIdentity
}

type Line = { head: Head } | { made: Made } | { removed: Made }

const DEFAULT_PORTS: Readonly<Record<ServerName, string>> = {
  postgres: '5432',
  rabbitmq: '5672',
  mongodb: '27017',
  redis: '6379',
}

/**
 * What one sandbox makes on a server given by URL, which also contains things that are not the sandbox's. Every name is new and
 * contains the register's token; it is recorded before the thing is created and marked as removed afterwards. What a killed process
 * left is removed by the process that reads its register later; nothing else is removed.
 */
export class Register {
  private readonly open = new Map<string, Made>()

  private constructor(
    private readonly path: string,
    private readonly head: Head,
  ) {}

  static begin(server: ServerName, url: string, folder = REGISTER_FOLDER): Register {
    const token = `${Math.floor(Date.now() / 1_000)}_${randomBytes(4).toString('hex')}`
    return new Register(join(folder, `${server}_${token}.ndjson`), {
      server,
      address: addressOf(server, url),
      token,
      process: ownIdentity(),
    })
  }

  /** Registers of processes that have certainly ended. */
  static ofTheDead(folder = REGISTER_FOLDER): Register[] {
    return Register.all(folder).filter(({ head }) => hasEnded(head.process))
  }

  /** Registers that came from other machines, whose processes are known to have ended, besides those of the dead here. */
  static ofOthers(folder: string): Register[] {
    return Register.all(folder).filter(({ head }) => !isHere(head.process) || hasEnded(head.process))
  }

  private static all(folder: string): Register[] {
    if (!existsSync(folder)) return []
    return readdirSync(folder)
      .sort()
      .flatMap((file) => Register.read(join(folder, file)) ?? [])
  }

  /** @returns undefined for an incomplete register: nothing is created before its line is complete */
  private static read(path: string): Register | undefined {
    const [first, ...lines] = linesOf(path)
    if (!first || !('head' in first)) return undefined
    const register = new Register(path, first.head)
    for (const line of lines) {
      if ('made' in line && register.owns(line.made.name)) register.open.set(keyOf(line.made), line.made)
      if ('removed' in line) register.open.delete(keyOf(line.removed))
    }
    return register
  }

  get server(): ServerName {
    return this.head.server
  }

  get address(): string {
    return this.head.address
  }

  /** In milliseconds. */
  get begunAt(): number {
    return Number.parseInt(this.head.token, 10) * 1_000
  }

  isOf(server: ServerName, url: string): boolean {
    return server === this.server && addressOf(server, url) === this.address
  }

  /** A name that is unique to this register. */
  nameFor(what: string): string {
    return `acceptance_${what}_${this.head.token}`
  }

  /** What exists or may exist, dependents first. */
  get things(): Made[] {
    const order = ['database', 'queue', 'exchange', 'role']
    return [...this.open.values()].sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
  }

  /** Called before it is created. @throws where it cannot be recorded */
  note(...things: Made[]): void {
    for (const made of things) {
      if (!this.owns(made.name)) throw new Error(`"${made.name}" is no name of this register.`)
      if (this.open.size === 0 && !existsSync(this.path)) this.append({ head: this.head })
      this.append({ made })
      this.open.set(keyOf(made), made)
    }
  }

  /** Called after it was removed. */
  strike(...things: Made[]): void {
    for (const removed of things) {
      if (!this.open.delete(keyOf(removed))) continue
      if (this.open.size === 0) rmSync(this.path, { force: true })
      else if (existsSync(this.path)) this.append({ removed })
    }
  }

  private owns(name: string): boolean {
    return /^\d{10}_[0-9a-f]{8}$/.test(this.head.token) && name.startsWith('acceptance_') && name.includes(this.head.token)
  }

  private append(line: Line): void {
    try {
      mkdirSync(join(this.path, '..'), { recursive: true })
      const file = openSync(this.path, 'a', 0o600)
      writeSync(file, `${JSON.stringify(line)}\n`)
      fsyncSync(file)
      closeSync(file)
    } catch (error) {
      const why = error instanceof Error ? error.message : error
      throw new BackingProblem(
        `${this.path} cannot be written (${why}); nothing is made on a server given by URL without it. Free some space or make the folder writable.`,
      )
    }
  }
}

function linesOf(path: string): Line[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((text) => {
      try {
        return text ? [JSON.parse(text) as Line] : []
      } catch {
        return []
      }
    })
}

function keyOf({ kind, name }: Made): string {
  return `${kind} ${name}`
}

/** Two virtual hosts of a broker have nothing in common; all databases of another server are found from any of them. */
function addressOf(server: ServerName, url: string): string {
  const [, authority = '', path = ''] = /^[^:]+:\/\/(?:[^@/]*@)?([^/?#]*)\/?([^?#]*)/.exec(url) ?? []
  const address = /:\d+$/.test(authority) ? authority : `${authority}:${DEFAULT_PORTS[server]}`
  return server === 'rabbitmq' ? `${address}/${path}` : address
}

import { UsageError } from '../config/errors'
import { type Environment, read } from '../config/variables'
import type { Control, Credentials, People, ServiceDefinition } from './service'

/** Live, a name means an account whose credentials are in the environment. */
export class LivePeople implements People {
  constructor(
    private readonly service: ServiceDefinition,
    private readonly environment: Environment,
  ) {}

  async person(name: string): Promise<Credentials> {
    const fields = this.service.people[name]
    if (!fields) throw new UsageError(`${this.service.title} has no ${name} live: a scenario about ${name} must be gated.`)
    const found = Object.entries(fields).flatMap(([field, variable]) => {
      const value = read(this.environment, variable)
      return value === undefined ? [] : [[field, value] as const]
    })
    if (found.length === 0)
      throw new UsageError(`${name} is the account of ${Object.values(fields).join(', ')}, which is not set.`)
    return Object.fromEntries(found)
  }
}

/** On a sandbox every scenario gets people of its own, made when first named; all of one scenario belong to one group. */
export class SandboxPeople implements People {
  private readonly made = new Map<string, Promise<Credentials>>()

  constructor(
    private readonly control: Control,
    readonly group: string,
  ) {}

  person(name: string): Promise<Credentials> {
    return this.made.get(name) ?? this.make(name)
  }

  /** Makes a person with options of its service (little karma, a missing scope, …), before a scenario has named them. */
  make(name: string, options: Record<string, unknown> = {}): Promise<Credentials> {
    if (this.made.has(name)) throw new Error(`${name} is here already: options come before the first mention.`)
    const made = this.ask(name, options)
    this.made.set(name, made)
    return made
  }

  /** Everybody made so far. */
  async everyone(): Promise<Credentials[]> {
    return Promise.all(this.made.values())
  }

  private async ask(name: string, options: Record<string, unknown>): Promise<Credentials> {
    const { people } = await this.control.post<{ people: Record<string, Credentials> }>('/people', {
      group: this.group,
      people: [{ name, ...options }],
    })
    const credentials = people[name]
    if (!credentials) throw new Error(`The control API did not make a person called ${name}.`)
    return credentials
  }
}

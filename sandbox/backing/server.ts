/** The four servers a backend may stand on. */
export type ServerName = 'postgres' | 'rabbitmq' | 'mongodb' | 'redis'

/** A server that was found, and comes up when somebody first needs it. */
export interface BackingServer {
  readonly name: ServerName
  /** What runs, for reports: `RabbitMQ 3.10.8, local`. */
  readonly label: string
  readonly isReal: boolean
  /** By URL: it holds things of others as well, which are never touched. */
  readonly isGiven: boolean
  /** With credentials; somebody answers there once `ready` has resolved. */
  readonly url: string
  /** Starts it on the first call. @throws with what it said where it does not come up */
  ready(): Promise<void>
  stop(): Promise<void>
}

/** One way to have a server: where it will be, and how it is brought up and ended again. */
export interface Source {
  label: string
  isReal: boolean
  isGiven?: true
  url: string
  start(): Promise<void>
  stop(): Promise<void>
}

/** Looks whether this way is open on this machine; cheap, and starts nothing. */
export type Look = () => Promise<Source | undefined>

/** Something about backing servers that the person at the keyboard can put right. */
export class BackingProblem extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
    this.stack = message
  }
}

/** `ACCEPTANCE_REAL` names the servers that must not be emulated, or says `all`. */
export function mustBeReal(name: ServerName): boolean {
  const names = (process.env.ACCEPTANCE_REAL ?? '').split(',').map((word) => word.trim())
  return names.includes(name) || names.includes('all')
}

/**
 * Takes the first way that is open, in the order given; the last resort is an emulation.
 * @param toInstall what would bring a real one, for the message where one is asked for
 * @throws BackingProblem where a real one is asked for and none can be had
 */
export async function found(name: ServerName, looks: readonly Look[], emulated: Look, toInstall: string): Promise<BackingServer> {
  for (const look of looks) {
    const source = await look()
    if (source) return onDemand(name, source)
  }
  if (mustBeReal(name)) throw new BackingProblem(`ACCEPTANCE_REAL asks for a real ${name}, and there is none: ${toInstall}.`)
  const source = await emulated()
  if (!source) throw new BackingProblem(`There is no ${name}: ${toInstall}.`)
  return onDemand(name, source)
}

/** The start is remembered here and not on the object, for each of its users has a view of its own. */
function onDemand(name: ServerName, source: Source): BackingServer {
  let starting: Promise<void> | undefined
  return {
    name,
    label: source.label,
    isReal: source.isReal,
    isGiven: source.isGiven === true,
    url: source.url,
    ready: () => {
      starting ??= source.start()
      // Whoever needs it is told; nobody else is bothered by a start that failed.
      starting.catch(() => undefined)
      return starting
    },
    stop: async () => {
      await starting?.catch(() => undefined)
      await source.stop()
    },
  }
}

/** The server at a URL: never stopped, and used under names of the sandbox's own. */
export function given(title: string, variable: string): Look {
  return async () => {
    const url = process.env[variable]?.trim()
    if (!url) return undefined
    const nothing = async (): Promise<void> => undefined
    return { label: `${title}, given`, isReal: true, isGiven: true, url, start: nothing, stop: nothing }
  }
}

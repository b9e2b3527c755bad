/** The four servers that a backend may use. */
export type ServerName = 'postgres' | 'rabbitmq' | 'mongodb' | 'redis'

/** A server that was found, and is started on first use. */
export interface BackingServer {
  readonly name: ServerName
  /** What runs, for reports: `RabbitMQ 3.10.8, local`. */
  readonly label: string
  readonly isReal: boolean
  /** Given by URL: it also contains things that are not the sandbox's, which are never touched. */
  readonly isGiven: boolean
  /** With credentials; it accepts connections once `ready` has resolved. */
  readonly url: string
  /** Starts it on the first call. @throws with its output where it does not start */
  ready(): Promise<void>
  stop(): Promise<void>
}

/** One source of a server: its address, and how it is started and stopped. */
export interface Source {
  label: string
  isReal: boolean
  isGiven?: true
  url: string
  start(): Promise<void>
  stop(): Promise<void>
}

/** Checks whether this source is available on this machine; cheap, and starts nothing. */
export type Look = () => Promise<Source | undefined>

/** A required server that is not available, or a setting that prevents its use. Its message says what to do. */
export class BackingProblem extends Error {}

/** `ACCEPTANCE_REAL` lists the servers that must not be emulated, or is `all`. */
function mustBeReal(name: ServerName): boolean {
  const names = (process.env.ACCEPTANCE_REAL ?? '').split(',').map((word) => word.trim())
  return names.includes(name) || names.includes('all')
}

/**
 * Uses the first available source in the order given; the last one is an emulation.
 * @param toInstall how to get a real server, for the error message
 * @throws BackingProblem where a real server is required and none is available
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

/** The start is kept here and not on the object, because each user has its own view of the server. */
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
      // Callers that await `ready` receive the error; without them it must not be an unhandled rejection.
      starting.catch(() => undefined)
      return starting
    },
    stop: async () => {
      await starting?.catch(() => undefined)
      await source.stop()
    },
  }
}

/** The server at a URL: never stopped; databases and queues on it have names unique to the sandbox. */
export function given(title: string, variable: string): Look {
  return async () => {
    const url = process.env[variable]?.trim()
    if (!url) return undefined
    const nothing = async (): Promise<void> => undefined
    return { label: `${title}, given`, isReal: true, isGiven: true, url, start: nothing, stop: nothing }
  }
}

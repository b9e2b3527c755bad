import { docker } from './docker'
import { freePort } from './free-port'
import { guardedFolder } from './private-folder'
import { findProgram, Programs, versionOf } from './program'
import { type BackingServer, found, given, type Source } from './server'
import { shareable } from './shared'

const TO_INSTALL =
  'install mongod from mongodb.com, or start Docker and set ACCEPTANCE_BACKING=docker, or set ACCEPTANCE_MONGODB_URL'
const DATABASE = 'orbital_test'

/** The document store all sandboxes of this process share. */
export const startMongodb: () => Promise<BackingServer> = shareable(() =>
  found('mongodb', [given('MongoDB', 'ACCEPTANCE_MONGODB_URL'), local, inDocker], emulated, TO_INSTALL),
)

const urlOf = (port: number): string => `mongodb://127.0.0.1:${port}/${DATABASE}?directConnection=true`

async function local(): Promise<Source | undefined> {
  const program = findProgram('mongod')
  if (!program) return undefined
  const port = await freePort()
  let programs: Programs | undefined
  return {
    label: `MongoDB ${versionOf(program)}, local`,
    isReal: true,
    url: urlOf(port),
    start: () => {
      programs = new Programs(guardedFolder('mongodb'))
      const place = ['--dbpath', programs.folder, '--port', `${port}`, '--bind_ip', '127.0.0.1', '--nounixsocket']
      return programs.start(program, [...place, '--wiredTigerCacheSizeGB', '0.25'], /Waiting for connections/i)
    },
    stop: async () => programs?.stop(),
  }
}

function inDocker(): Promise<Source | undefined> {
  const waiting = /Waiting for connections/
  return docker({ image: 'mongo:7', title: 'MongoDB 7', port: 27_017, environment: {}, url: urlOf, ready: waiting })
}

async function emulated(): Promise<Source> {
  const { MongoServer } = await import('./mongo/server')
  const [server, port] = [new MongoServer(), await freePort()]
  return {
    label: 'MongoDB, emulated',
    isReal: false,
    url: urlOf(port),
    start: () => server.start(port),
    stop: () => server.stop(),
  }
}

/**
 * The URL with another database in it. Without `authSource`, an account is looked up in the database that the URL names, or in
 * `admin`; so the original database is set as `authSource`. With `mongodb+srv` a DNS record contains it.
 */
export function withDatabase(url: string, name: string): string {
  const [, scheme = '', authority = '', database = '', query = ''] =
    /^(mongodb(?:\+srv)?):\/\/([^/?]*)\/?([^?]*)\??(.*)$/.exec(url) ?? []
  const options = new URLSearchParams(query)
  if (scheme === 'mongodb' && authority.includes('@') && !options.has('authSource'))
    options.set('authSource', decodeURIComponent(database) || 'admin')
  return `${scheme}://${authority}/${name}${options.size > 0 ? `?${options}` : ''}`
}

import { randomBytes } from 'node:crypto'
import { docker } from './docker'
import { freePort } from './free-port'
import { guardedFolder } from './private-folder'
import { findProgram, Programs, versionOf } from './program'
import { type BackingServer, found, given, type Source } from './server'
import { shareable } from './shared'

const TO_INSTALL = 'install Debian’s redis-server, or start Docker and set ACCEPTANCE_BACKING=docker, or set ACCEPTANCE_REDIS_URL'

/** The version whose commands and responses the emulation has, and that it reports; Debian's. */
const BEHAVES_LIKE = 'redis-7.0'

/** The cache all sandboxes of this process share. */
export const startRedis: () => Promise<BackingServer> = shareable(() =>
  found('redis', [given('Redis', 'ACCEPTANCE_REDIS_URL'), localRedis, inDocker], emulatedRedis, TO_INSTALL),
)

export async function localRedis(): Promise<Source | undefined> {
  const program = findProgram('redis-server')
  if (!program) return undefined
  const [port, password] = [await freePort(), randomBytes(18).toString('base64url')]
  let programs: Programs | undefined
  return {
    label: `Redis ${versionOf(program)}, local`,
    isReal: true,
    url: `redis://:${password}@127.0.0.1:${port}`,
    start: () => {
      programs = new Programs(guardedFolder('redis'))
      const settings = [`port ${port}`, 'bind 127.0.0.1', 'save ""', 'appendonly no', `dir ${programs.folder}`]
      // The settings are passed through stdin, so that the password is not visible in the process list.
      const input = [...settings, `requirepass ${password}`, ''].join('\n')
      return programs.start(program, ['-'], /Ready to accept connections/i, { input })
    },
    stop: async () => programs?.stop(),
  }
}

function inDocker(): Promise<Source | undefined> {
  return docker({
    image: 'redis:5.0.8-alpine',
    title: 'Redis 5.0.8',
    port: 6379,
    environment: {},
    url: (port) => `redis://127.0.0.1:${port}`,
    ready: /Ready to accept connections/,
  })
}

export async function emulatedRedis(): Promise<Source> {
  const port = await freePort()
  let close = async (): Promise<void> => undefined
  return {
    label: 'Redis, emulated',
    isReal: false,
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      const { createRedisMock } = await import('js-redis-server')
      const mock = await createRedisMock({ port, compatibility: BEHAVES_LIKE })
      close = () => mock.close()
    },
    stop: () => close(),
  }
}

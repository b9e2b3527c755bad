import { randomBytes } from 'node:crypto'
import { existsSync, globSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { freePort } from './free-port'
import { guardedFolder } from './private-folder'
import { findProgram, Programs } from './program'

export interface RabbitProgram {
  server: string
  epmd: string
  version: string
}

// Debian's wrapper in sbin insists on an account of its own; the script it wraps does not.
const PLACES = ['/usr/lib/rabbitmq/bin', '/opt/homebrew/opt/rabbitmq/sbin', '/usr/local/opt/rabbitmq/sbin']

/** RabbitMQ as installed on this machine; undefined where it or Erlang is missing. */
export function findRabbit(): RabbitProgram | undefined {
  const server = findProgram(...PLACES.map((place) => join(place, 'rabbitmq-server')), 'rabbitmq-server')
  const erlang = findProgram('erl')
  const epmd = findProgram('epmd', ...globSync('/usr/lib/erlang/erts-*/bin/epmd'))
  const version = server && versionBeside(server)
  return server && erlang && epmd && version ? { server, epmd, version } : undefined
}

/** Read from the file name of its own plugin, because running the program takes seconds. */
function versionBeside(server: string): string | undefined {
  const root = dirname(dirname(server))
  const plugins = ['plugins', 'lib/rabbitmq_server-*/plugins'].flatMap((place) => globSync(join(root, place, 'rabbit-[0-9]*')))
  return /^rabbit-([\d.]+\d)/.exec(basename(plugins.sort().at(-1) ?? ''))?.[1]
}

/** A private broker: node, files and name service, all in a private folder. */
export class PrivateRabbit {
  readonly url: string
  private readonly password = randomBytes(18).toString('base64url')
  protected programs: Programs | undefined
  protected ports: { epmd: number; distribution: number } | undefined

  constructor(
    protected readonly program: RabbitProgram,
    private readonly port: number,
  ) {
    this.url = `amqp://acceptance:${this.password}@127.0.0.1:${port}`
  }

  /** After `halt`, durable queues and messages are there again. */
  async start(): Promise<void> {
    this.programs ??= new Programs(guardedFolder('rabbitmq'))
    this.ports ??= { epmd: await freePort(), distribution: await freePort() }
    const env = this.environment(this.programs.folder, this.ports)
    // In the foreground and first: the broker would start one as a daemon, which outlives it.
    await this.programs.start(this.program.epmd, ['-d', '-port', `${this.ports.epmd}`, '-address', '127.0.0.1'], /epmd/, { env })
    await this.programs.start(this.program.server, [], /Server startup complete/, { env })
  }

  /** Stops it while clients are connected, by a clean shutdown unless given otherwise; `start` restarts it. */
  halt(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    return this.programs?.kill(signal) ?? Promise.resolve()
  }

  stop(): Promise<void> {
    return this.programs?.stop() ?? Promise.resolve()
  }

  protected environment(folder: string, ports: { epmd: number; distribution: number }): NodeJS.ProcessEnv {
    const at = (name: string): string => join(folder, name)
    const config = at('rabbitmq.conf')
    if (!existsSync(config)) {
      const lines = ['default_user = acceptance', `default_pass = ${this.password}`, 'loopback_users = none']
      writeFileSync(config, `${lines.join('\n')}\n`, { mode: 0o600 })
      writeFileSync(at('enabled_plugins'), '[].\n')
    }
    return {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      HOME: folder,
      ERL_EPMD_PORT: `${ports.epmd}`,
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_NODENAME: `acceptance${this.port}@localhost`,
      RABBITMQ_NODE_PORT: `${this.port}`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_DIST_PORT: `${ports.distribution}`,
      RABBITMQ_MNESIA_BASE: at('mnesia'),
      RABBITMQ_LOG_BASE: at('log'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_GENERATED_CONFIG_DIR: at('config'),
      RABBITMQ_SCHEMA_DIR: at('schema'),
      RABBITMQ_ENABLED_PLUGINS_FILE: at('enabled_plugins'),
      RABBITMQ_CONFIG_FILE: config,
      RABBITMQ_FEATURE_FLAGS_FILE: at('feature_flags'),
      RABBITMQ_PID_FILE: at('pid'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+sbwt none +sbwtdcpu none +sbwtdio none',
    }
  }
}

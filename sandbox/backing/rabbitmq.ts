import { docker } from './docker'
import { freePort } from './free-port'
import { findRabbit, PrivateRabbit } from './rabbitmq-local'
import { type BackingServer, found, given, type Source } from './server'
import { shareable } from './shared'

const TO_INSTALL =
  'install Debian’s rabbitmq-server, or start Docker and set ACCEPTANCE_BACKING=docker, or set ACCEPTANCE_RABBITMQ_URL'

/** The broker all sandboxes of this process share. */
export const startRabbitmq: () => Promise<BackingServer> = shareable(() =>
  found('rabbitmq', [given('RabbitMQ', 'ACCEPTANCE_RABBITMQ_URL'), local, inDocker], emulated, TO_INSTALL),
)

async function local(): Promise<Source | undefined> {
  const program = findRabbit()
  if (!program) return undefined
  const rabbit = new PrivateRabbit(program, await freePort())
  return {
    label: `RabbitMQ ${program.version}, local`,
    isReal: true,
    url: rabbit.url,
    start: () => rabbit.start(),
    stop: () => rabbit.stop(),
  }
}

function inDocker(): Promise<Source | undefined> {
  return docker({
    image: 'rabbitmq:3.13-alpine',
    title: 'RabbitMQ 3.13',
    port: 5672,
    environment: {},
    url: (port) => `amqp://guest:guest@127.0.0.1:${port}`,
    ready: /Server startup complete/,
  })
}

async function emulated(): Promise<Source> {
  const { Broker } = await import('./amqp/broker')
  const [broker, port] = [new Broker({ user: 'guest', password: 'guest' }), await freePort()]
  return {
    label: 'RabbitMQ, emulated',
    isReal: false,
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    start: () => broker.start(port),
    stop: () => broker.stop(),
  }
}

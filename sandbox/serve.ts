import { parseArgs } from 'node:util'
import { nearest } from './kit/nearest'
import type { RunningSandbox, SandboxOptions } from './kit/sandbox'
import { sandboxes } from './sandboxes'

const NAMES = Object.keys(sandboxes)
const FIRST_PORT = 4101
const CONTROL_OFFSET = 100
/** A service's further ports, such as Symphony's HTTPS port, lie at most this far above its first. */
const WIDEST = 300
const HIGHEST_BASE = 65_535 - WIDEST

const HELP = `Usage: acceptance-sandbox [service…] [options]

Serves local sandboxes until it is interrupted, and prints the variables that a client needs to use them.
Without a service it serves all: ${NAMES.join(', ')}.

Options:
  --port-base <port>   port of the first service, ${FIRST_PORT} unless given; the others follow in the order above.
                       The control API of each service listens ${CONTROL_OFFSET} ports higher.
  --limits             enforce the rate limits that the services document
  --dialect <name>     connector only: 3.52.0 (responses of that SDK release, the default), 3.28.3, or doc (of its documentation)
  --help               show this text

Example:
  acceptance-sandbox slack --port-base 5101`

class UsageError extends Error {}

async function main(args: readonly string[]): Promise<void> {
  const { help, names, base, options } = parse(args)
  if (help) return console.log(HELP)
  const outcomes = await Promise.allSettled(names.map((name) => start(name, base, options)))
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) {
    await stopAll(started)
    throw failed.reason
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void stopAll(started).then(() => process.exit(0)))
  for (const sandbox of started) describe(sandbox)
  console.log('\nCtrl-C stops them.')
}

function parse(args: readonly string[]) {
  const { values, positionals } = readArguments(args)
  const unknown = positionals.find((name) => !NAMES.includes(name))
  if (unknown !== undefined) {
    const suggestion = nearest(unknown, NAMES)
    throw new UsageError(
      `There is no sandbox "${unknown}".${suggestion ? ` Did you mean "${suggestion}"?` : ''} The sandboxes are: ${NAMES.join(', ')}.`,
    )
  }
  const base = Number(values['port-base'])
  if (!Number.isInteger(base) || base < 1 || base > HIGHEST_BASE)
    throw new UsageError(`--port-base must be a port number from 1 to ${HIGHEST_BASE}.`)
  const { dialect, limits } = values
  if (dialect !== '3.52.0' && dialect !== '3.28.3' && dialect !== 'doc')
    throw new UsageError('--dialect must be 3.52.0, 3.28.3 or doc.')
  const names = positionals.length > 0 ? [...new Set(positionals)] : NAMES
  return { help: values.help, names, base, options: { limits, dialect } satisfies SandboxOptions }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'port-base': { type: 'string', default: String(FIRST_PORT) },
        limits: { type: 'boolean', default: false },
        dialect: { type: 'string', default: '3.52.0' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    // Node adds advice on positional arguments that does not apply here.
    const [reason] = error instanceof Error ? error.message.split('. ') : [String(error)]
    throw new UsageError(`${reason}.`)
  }
}

async function start(name: string, base: number, options: SandboxOptions): Promise<RunningSandbox> {
  const port = base + NAMES.indexOf(name)
  try {
    const startSandbox = await sandboxes[name]?.()
    if (!startSandbox) throw new UsageError(`There is no sandbox "${name}".`)
    return await startSandbox({ ...options, port, controlPort: port + CONTROL_OFFSET })
  } catch (error) {
    if (!isAddressInUse(error)) throw error
    throw new Error(
      `Port ${error.port ?? port} is in use, so the sandbox of ${name} cannot start. ` +
        `Stop the program that uses the port, or choose other ports with --port-base, e.g. --port-base ${Math.min(base + 1_000, HIGHEST_BASE)}.`,
      { cause: error },
    )
  }
}

function isAddressInUse(error: unknown): error is NodeJS.ErrnoException & { port?: number } {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
}

async function stopAll(started: readonly RunningSandbox[]): Promise<void> {
  await Promise.allSettled(started.map((sandbox) => sandbox.stop()))
}

function describe({ service, address, control, variables, backing }: RunningSandbox): void {
  console.log(`\n# ${service}: ${address} (control API ${control})${backing.length > 0 ? `, on ${backing.join('; ')}` : ''}`)
  for (const [name, value] of Object.entries(variables)) console.log(`export ${name}=${quoted(value)}`)
}

function quoted(value: string): string {
  return /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof UsageError) console.error('acceptance-sandbox --help shows how it is used.')
  process.exit(error instanceof UsageError ? 2 : 1)
})

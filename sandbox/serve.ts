import { parseArgs } from 'node:util'
import type { RunningSandbox, SandboxOptions } from './kit/sandbox'
import { sandboxes } from './sandboxes'

const CONTROL_OFFSET = 100
/** Further ports of a service, such as Symphony's TLS, stand up to so many above its first. */
const WIDEST = 300
const HIGHEST_BASE = 65_535 - WIDEST

/** `npm run sandbox [-- name…] [--port-base 4101] [--limits] [--dialect doc]`: serves sandboxes on fixed ports until interrupted. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'port-base': { type: 'string', default: '4101' },
      limits: { type: 'boolean', default: false },
      dialect: { type: 'string', default: 'sdk' },
    },
  })
  const names = positionals.length > 0 ? [...new Set(positionals)] : Object.keys(sandboxes)
  const { dialect, limits } = values
  if (dialect !== 'sdk' && dialect !== 'doc') throw new Error('--dialect must be sdk or doc.')
  const started = await Promise.all(names.map((name) => start(name, Number(values['port-base']), { limits, dialect })))
  for (const sandbox of started) describe(sandbox)
  console.log('\nCtrl-C stops them.')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void Promise.allSettled(started.map((sandbox) => sandbox.stop())).then(() => process.exit(0)))
  }
}

async function start(name: string, base: number, options: SandboxOptions): Promise<RunningSandbox> {
  const load = sandboxes[name]
  if (!load) throw new Error(`No sandbox is called "${name}"; there are ${Object.keys(sandboxes).join(', ')}.`)
  if (!Number.isInteger(base) || base < 1 || base > HIGHEST_BASE)
    throw new Error(`--port-base must be a port number, ${HIGHEST_BASE} at the most.`)
  const port = base + Object.keys(sandboxes).indexOf(name)
  return (await load())({ ...options, port, controlPort: port + CONTROL_OFFSET })
}

function describe({ service, address, control, variables, backing }: RunningSandbox): void {
  console.log(`\n# ${service}: ${address} (control ${control})${backing.length > 0 ? `, on ${backing.join('; ')}` : ''}`)
  for (const [name, value] of Object.entries(variables)) console.log(`export ${name}=${quoted(value)}`)
}

function quoted(value: string): string {
  return /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})

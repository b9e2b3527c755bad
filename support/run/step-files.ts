import { existsSync, readdirSync } from 'node:fs'

const VALUES_FOLLOW = new Set(['-t', '--tags', '--name', '-n'])

/**
 * The step files that a run needs. Every definition slows down the start and the matching of steps, so those of other services are
 * left out. `steps/<service>/` contains a service's own, `steps/chat/` those of the chat platforms,
 * `steps/common.steps.ts` those of all services.
 * @param argv Cucumber's command line
 */
export function supportCode(argv: readonly string[]): string[] {
  const chosen = chosenServices(argv, servicesWithFeatures())
  const chat = chosen.some((service) => existsSync(`support/services/${service}/platform.ts`))
  const rooms = [...(chat ? ['chat'] : []), ...chosen]
  return [
    'support/{world,hooks,parameter-types}.ts',
    ...(chat ? ['support/chat/parameter-types.ts'] : []),
    ...chosen.map((service) => `support/services/${service}/parameter-types.ts`).filter((path) => existsSync(path)),
    'steps/common.steps.ts',
    ...rooms.map((room) => `steps/${room}/**/*.ts`),
    ...chosen.map((service) => `features/${service}/**/hooks.ts`),
  ]
}

/** The services whose features the command line names; all of them where it names none, or where the paths cannot be resolved. */
export function chosenServices(argv: readonly string[], all: readonly string[]): string[] {
  const named = argv.filter((argument, at) => isPath(argument) && !VALUES_FOLLOW.has(argv[at - 1] ?? ''))
  const services = named.map((path) => /(?:^|[\\/])features[\\/]([^\\/]+)/.exec(path)?.[1] ?? '')
  return services.length > 0 && services.every((service) => all.includes(service)) ? [...new Set(services)] : [...all]
}

/** A folder, a feature with or without a line, or `@` and a file that lists some. */
function isPath(argument: string): boolean {
  return !argument.startsWith('-') && /^@|[\\/]|\.feature|^features$/.test(argument)
}

function servicesWithFeatures(): string[] {
  return readdirSync('features', { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
}

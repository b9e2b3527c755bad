import { existsSync, readdirSync } from 'node:fs'

const VALUES_FOLLOW = new Set(['-t', '--tags', '--name', '-n'])

/**
 * The code a run needs: every step is matched against every definition there is, and each costs as the run starts, so those of
 * services that are not chosen are left out. `steps/<service>/` holds a service's own, `steps/chat/` what the chat platforms share,
 * `steps/common.steps.ts` what all services share.
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

/** The services whose features the command line names; all of them where it names none, or names some in a way not seen through. */
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

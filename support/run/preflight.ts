import type { Pickle } from '@cucumber/messages'
import { liveAddress } from '../config/address'
import { errorText, UsageError } from '../config/errors'
import { type Environment, read, validationErrors } from '../config/variables'
import { requiredServices } from '../reports/requirements'
import { serviceNamed, services } from '../services'
import type { Account, ServiceDefinition } from '../services/service'
import { homeless, scenariosByService } from './plan'
import type { ResolvedService } from './resolved'
import type { Run } from './run'
import type { StartedSandbox } from './sandbox-starter'
import { ordinarySecrets, settings, slips } from './settings'
import { unknownTags } from './tags'
import { decideTargets, type Target, targetVariable, testAccountVariable } from './targets'

/**
 * Decides where each service with chosen scenarios runs.
 * @throws UsageError listing everything wrong with tags, folders and variables at once
 */
export function decide(
  pickles: readonly Pickle[],
  tags: Iterable<string>,
  environment: Environment,
  profile?: 'live' | 'sandbox',
): Target[] {
  const chosen = scenariosByService(pickles)
  const used = services.filter(({ name }) => chosen.has(name))
  const { targets, errors } = decideTargets(used, environment, profile)
  const found = slips(environment, used)
  for (const warning of [...found.warnings, ...ordinarySecrets(environment)])
    process.stderr.write(`Note: ${warning.replace(/\.?$/, '.')}\n`)
  refuse([
    ...unknownTags(tags).map((tag) => `${tag} is no tag of support/run/tags.ts`),
    ...homeless(pickles).map((uri) => `${uri} is not in a service's folder below features/`),
    ...found.errors,
    ...validationErrors(settings, environment),
    ...errors,
    ...contradictions(used, environment, profile),
  ])
  return targets
}

/** Settings that select a service live or its sandbox. */
function contradictions(used: readonly ServiceDefinition[], environment: Environment, profile?: string): string[] {
  const required = requiredServices(
    environment,
    used.map(({ name }) => name),
  )
  return used.flatMap(({ name }) => {
    const own = targetVariable(name)
    const general = read(environment, own) ? own : 'ACCEPTANCE_TARGET'
    const choice = read(environment, general) ?? profile
    if (choice !== 'sandbox' || !required.includes(name)) return []
    const asks = read(environment, general) ? `${general}=sandbox` : '--profile sandbox'
    return [`ACCEPTANCE_REQUIRE asks for ${name} live and ${asks} for its sandbox: drop one of them`]
  })
}

/** The service that scenarios will use: the sandbox that was started, or the live address. */
export function resolve({ service, kind, missing }: Target, environment: Environment, sandbox?: StartedSandbox): ResolvedService {
  const definition = serviceNamed(service)
  const address = sandbox?.address ?? (kind === 'live' && definition ? liveAddress(definition, environment) : undefined)
  return {
    kind,
    missing,
    address: address?.replace(/\/+$/, ''),
    controlAddress: sandbox?.control,
    variables: sandbox?.variables ?? {},
    lacks: sandbox?.lacks ?? [],
    real: sandbox?.real ?? [],
  }
}

/**
 * Live, a wrong key, an unreachable host or an account that was not meant for tests is reported once, before the first scenario, for
 * all services together.
 * @returns the account of the credentials of each live service
 */
export async function checkLive(run: Run, targets: readonly Target[]): Promise<Map<string, Account>> {
  const accounts = new Map<string, Account>()
  const live = targets.filter(({ kind }) => kind === 'live')
  const errors = await Promise.all(
    live.map(async ({ service }) => {
      try {
        const account = await checkOne(run, service)
        if (account) accounts.set(service, account)
        return []
      } catch (error) {
        return [errorText(error)]
      }
    }),
  )
  refuse(errors.flat())
  return accounts
}

async function checkOne(run: Run, service: string): Promise<Account | undefined> {
  const runtime = await run.runtime(service)
  const access = await run.ownAccess(service)
  await runtime.check?.(access)
  const account = await runtime.account?.(access)
  const variable = testAccountVariable(service)
  const meant = read(run.environment, variable)
  if (account && meant !== undefined && !isMeant(account, meant))
    throw new UsageError(
      `${variable} is ${meant}, but the credentials of ${run.definition(service).title} belong to ${account.name} (${account.id}): set those of ${meant}, or correct ${variable}.`,
    )
  return account
}

/** Compared by id or name, regardless of case; a leading `@` in the setting is ignored. */
function isMeant({ id, name }: Account, meant: string): boolean {
  const plain = (text: string): string => text.replace(/^@/, '').toLowerCase()
  return [id, name].some((known) => plain(known) === plain(meant))
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0)
    throw new UsageError(['The run cannot start:', ...[...new Set(faults)].map((fault) => `  - ${fault}`)].join('\n'))
}

import type { CheckResult, ConnectorApp, HandlerContext, PreflightOutput, Tier, WarmupOutput } from '../service/app'
import type { PreflightInput } from '../service/contracts'
import type { Body } from '../service/credentials'
import { handlerFor } from '../service/dispatch'
import { masked } from '../service/errors'

/** Seconds that a client waits for a cold source at most. */
const CEILING = 600
const TIMEOUT = 10_000

/** The state of the source's compute; an app without a probe is always ready, and its credentials are not read. */
export async function probed(app: ConnectorApp, input: PreflightInput, context: HandlerContext): Promise<WarmupOutput> {
  const probe = handlerFor(app, input.entrypoint, 'warmup')
  if (!probe) return { state: 'ready' }
  return inTime(probe(input, context), app.warmupTimeout ?? TIMEOUT)
}

/** A probe that times out means that the source is still warming up. */
async function inTime(probe: Promise<WarmupOutput>, limit: number): Promise<WarmupOutput> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<WarmupOutput>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'warming' }), limit)
  })
  try {
    return await Promise.race([probe, late])
  } finally {
    clearTimeout(timer)
  }
}

export function warmupData({ state, sourceState = '', queuedQueries, nextPollSeconds }: WarmupOutput): Body {
  return {
    state,
    source_state: masked(sourceState),
    ...(queuedQueries === undefined ? {} : { queued_queries: queuedQueries }),
    ...(nextPollSeconds === undefined ? {} : { next_poll_seconds: nextPollSeconds }),
    ceiling_seconds: CEILING,
  }
}

interface Checked {
  output: PreflightOutput
  /** The result of the probe in the summary; null: it was not run. Absent: the summary does not contain it. */
  warmup?: Body | null
}

type Check = () => Promise<PreflightOutput>

/**
 * A preflight with tiers: checks that need the source's compute wait until it is ready. `not_ready` goes before `pending`.
 * @throws where the handler returned a check of a tier that was not asked for
 */
export async function tiered(
  app: ConnectorApp,
  input: PreflightInput,
  { context, check }: { context: HandlerContext; check: Check },
): Promise<Checked> {
  const { tiers } = input
  if (!tiers || !handlerFor(app, input.entrypoint, 'warmup')) {
    const output = await check()
    return { output: tiers ? within(output, tiers) : output }
  }
  if (!tiers.includes('warmup')) {
    const output = within(await check(), tiers)
    return output.status === 'not_ready' ? { output } : { output: { ...output, status: 'pending' }, warmup: null }
  }
  const found = await probed(app, input, context)
  if (found.state === 'ready') return { output: within(await check(), tiers) }
  const rows: Pick<PreflightOutput, 'checks' | 'status'> = tiers.includes('preflight')
    ? onlyPreflight(await check())
    : { checks: [], status: 'ready' }
  const warmup = warmupData(found)
  if (found.state === 'unavailable')
    return { output: { ...rows, status: 'not_ready', message: 'The compute of the source is unavailable' }, warmup }
  return { output: { ...rows, status: rows.status === 'not_ready' ? 'not_ready' : 'pending' }, warmup }
}

const tierOf = ({ tier = 'preflight' }: CheckResult): Tier => tier

function onlyPreflight(output: PreflightOutput): PreflightOutput {
  return { ...output, checks: (output.checks ?? []).filter((check) => tierOf(check) === 'preflight') }
}

function within(output: PreflightOutput, tiers: readonly Tier[]): PreflightOutput {
  const outside = (output.checks ?? []).filter((check) => !tiers.includes(tierOf(check))).map(({ name }) => name)
  if (outside.length > 0)
    throw new OutsideTiers(`The preflight returned checks outside the tiers asked for: ${outside.join(', ')}`)
  return output
}

/** An error of the app's author, named in the verdict. */
export class OutsideTiers extends Error {}

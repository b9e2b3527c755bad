import { sandboxes } from '../../sandbox/sandboxes'
import { errorText } from '../../support/config/errors'
import { Redactor } from '../../support/config/redaction'
import { emptyFacts } from '../../support/reports/facts'
import { newRunId } from '../../support/run/names'
import { resolve } from '../../support/run/preflight'
import { RESOLVED } from '../../support/run/resolved'
import { type Run, startRun } from '../../support/run/run'
import type { StartedSandbox } from '../../support/run/sandbox-starter'
import { readJournal } from '../../support/undo/journal-reader'
import { leftoversText } from '../../support/undo/leftovers'
import { leftoverOf } from '../../support/undo/undo'
import { Fronts } from './fronts'
import { forget, type Stage } from './session'
import type { Listener } from './trial'
import type { Wire } from './wire'

/** A sandbox of its own behind proxies, and a run of the suite that knows the proxies only. */
export async function openStage(service: string, tags: readonly string[], wire: Wire, handler: Listener): Promise<Stage> {
  const sandbox = await startSandbox(service, tags)
  const fronts = new Fronts(wire, handler)
  try {
    const run = beginRun(await behind(fronts, sandbox))
    return {
      begin: (scenario) => handler.begin(scenario),
      cleanUp: () => handler.cleanUp(),
      close: () => close(run, fronts, sandbox),
    }
  } catch (error) {
    await fronts.close()
    await sandbox.stop()
    throw error
  }
}

/** A sandbox nobody uses: as long as it is up, so are the database and broker that all sandboxes of a process share. */
export async function keepServersUp(service: string, tags: readonly string[]): Promise<void> {
  await startSandbox(service, tags)
}

async function startSandbox(service: string, tags: readonly string[]): Promise<StartedSandbox> {
  const load = sandboxes[service]
  if (!load) throw new Error(`There is no sandbox called ${service}.`)
  return (await load())({ tags, seed: 'mutate' })
}

/** The sandbox as it looks from before the proxies. */
async function behind(fronts: Fronts, sandbox: StartedSandbox): Promise<StartedSandbox> {
  const address = await fronts.open(sandbox.address, 'service')
  const control = await fronts.open(sandbox.control, 'control')
  const variables: Record<string, string> = {}
  for (const [name, value] of Object.entries(sandbox.variables)) {
    if (fronts.wire.brokers?.includes(name)) variables[name] = await fronts.openBroker(value)
    else variables[name] = /^http:\/\/(?:127\.0\.0\.1|localhost):/.test(value) ? await fronts.open(value, 'service') : value
  }
  return { ...sandbox, address, control, variables }
}

function beginRun(sandbox: StartedSandbox): Run {
  const { service } = sandbox
  const resolved = {
    runId: newRunId(),
    parallel: false,
    atTerminal: false,
    services: { [service]: resolve({ service, kind: 'sandbox', missing: [] }, process.env, sandbox) },
  }
  process.env[RESOLVED] = JSON.stringify(resolved)
  const run = startRun(resolved, process.env, new Redactor(), emptyFacts(resolved.runId))
  run.journal.begin({ run: resolved.runId, pid: process.pid, at: Date.now(), targets: {} })
  return run
}

async function close(run: Run, fronts: Fronts, sandbox: StartedSandbox): Promise<string[]> {
  const wrong: string[] = []
  for (const access of await run.ownAccesses()) {
    await access.undo.undoAll().catch((error: unknown) => wrong.push(errorText(error)))
  }
  const { open } = readJournal(run.journal.path)
  if (open.length > 0) wrong.push(leftoversText(open.map((entry) => leftoverOf(entry, entry.why ?? 'its end was not seen'))))
  await run.close()
  await fronts.close()
  await sandbox.stop()
  forget(run.journal.path)
  return wrong
}

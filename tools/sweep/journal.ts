import { existsSync, rmSync } from 'node:fs'
import { liveAddress } from '../../support/config/address'
import { errorText } from '../../support/config/errors'
import { Redactor } from '../../support/config/redaction'
import type { Environment } from '../../support/config/variables'
import type { Resolved } from '../../support/run/resolved'
import { Run } from '../../support/run/run'
import { inWords, missingOf } from '../../support/run/targets'
import { services } from '../../support/services'
import type { Entry } from '../../support/undo/journal'
import { type JournalRecord, readJournal } from '../../support/undo/journal-reader'
import { finish, NOT_FOUND, NOT_THERE } from '../../support/undo/undo'
import { claimed } from './claim'

export interface SweepOptions {
  dryRun: boolean
  environment: Environment
  say(text: string): void
}

/** A creation that is not found after so many milliseconds did not happen; before, the service may still be executing it. */
const NEVER_MADE_AFTER = 10 * 60_000

/**
 * Finishes one killed run's journal and deletes it if nothing stays open. Waits for another sweep of the same journal.
 * @returns how many entries remain
 */
export function sweepJournal(path: string, options: SweepOptions): Promise<number> {
  if (options.dryRun) return sweepClaimed(path, options)
  return claimed(path, () => sweepClaimed(path, options))
}

async function sweepClaimed(path: string, options: SweepOptions): Promise<number> {
  if (!existsSync(path)) {
    options.say('  finished by another sweep')
    return 0
  }
  const record = readJournal(path)
  const run = runFor(record, path, options.environment)
  let left = 0
  for (const entry of record.open.reverse()) {
    const outcome = await outcomeOf(entry, run, record, options)
    options.say(`  ${entry.service} ${entry.kind} ${entry.id ?? '(id unknown)'} "${entry.name}": ${outcome.says}`)
    if (!outcome.closed) left++
  }
  // Things that the sweep itself had to create, such as a proof that it uses the right database.
  for (const access of await run.ownAccesses()) left += options.dryRun ? 0 : (await access.undo.undoAll()).length
  await run.close()
  if (left === 0 && !options.dryRun) rmSync(path, { force: true })
  return left
}

interface Outcome {
  closed: boolean
  says: string
}

async function outcomeOf(entry: Entry, run: Run, record: JournalRecord, { dryRun, environment }: SweepOptions): Promise<Outcome> {
  const close = (how: string, why: string): Outcome => {
    if (!dryRun) run.journal.ended(entry, how, why)
    return { closed: true, says: `${how}: ${why}` }
  }
  if (record.targets[entry.service]?.kind === 'sandbox') return close('gone', 'its sandbox ended with the run')
  const hindrance = hindranceOf(entry, record, environment)
  if (hindrance) return { closed: false, says: hindrance }
  if (dryRun) return { closed: false, says: `would be ${entry.ends}` }
  const notThere = (): number => readJournal(run.journal.path).ended[NOT_THERE] ?? 0
  const notThereBefore = notThere()
  const leftover = await finish(entry, run.journal, async () => run.undoOf(entry, await run.ownAccess(entry.service)))
  if (!leftover) return { closed: true, says: notThere() > notThereBefore ? NOT_THERE : entry.ends }
  const age = Date.now() - entry.at
  const kind = (await run.runtime(entry.service)).undo[entry.kind]
  const deadline = kind?.ends === 'kept' ? undefined : kind?.deadline
  if (deadline !== undefined && age > deadline)
    return close('expired', `the service allows it only for ${deadline / 60_000} minutes (${leftover.why})`)
  if (leftover.why === NOT_FOUND && age > NEVER_MADE_AFTER) return close('never made', 'nothing of that name exists')
  return { closed: false, says: leftover.why }
}

/** Why an entry cannot be finished in this environment. */
function hindranceOf(entry: Entry, record: JournalRecord, environment: Environment): string | undefined {
  const service = services.find(({ name }) => name === entry.service)
  if (!service) return 'the suite no longer has this service'
  const missing = missingOf(service, environment)
  if (missing.length > 0) return `set ${inWords(missing)}`
  const there = record.targets[entry.service]?.address
  const here = liveAddress(service, environment)
  return there === here ? undefined : `it was created at ${there}: set ${service.address.variable} to this address`
}

/** A run that continues the killed one: its run id, its journal, and the live services of the current environment. */
function runFor(record: JournalRecord, path: string, environment: Environment): Run {
  const resolved: Resolved = {
    runId: record.runId,
    parallel: false,
    atTerminal: false,
    services: Object.fromEntries(
      services.map((service) => [
        service.name,
        { kind: 'live', missing: [], address: liveAddress(service, environment), variables: {}, lacks: [], real: [] },
      ]),
    ),
  }
  try {
    return new Run(resolved, environment, new Redactor(), undefined, path)
  } catch (error) {
    throw new Error(`The journal of run ${record.runId} cannot be continued: ${errorText(error)}`, { cause: error })
  }
}

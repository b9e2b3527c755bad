import { basename } from 'node:path'
import { UsageError } from '../../support/config/errors'
import type { Kind, Mutation } from './mutation'
import { type Plan, type Planned, planOf } from './plan'
import { Pool } from './pool'
import { contractNames, tableNames } from './promised'
import { merged, type OperationRecord, type Recording } from './recording'
import { blamesBadly, type Judged } from './score'
import type { Recorded } from './trial'
import type { Wire } from './wire'
import type { Judgement, Task } from './worker'

export interface CampaignOptions {
  service: string
  /** The feature files or folder, as Cucumber's command line has them. */
  features: readonly string[]
  wire: Wire
  only?: readonly Kind[] | undefined
  jobs: number
  seed: number
  /** Milliseconds for all mutations together. */
  budget: number
  isThorough: boolean
  /** Uses the service of the environment instead of sandboxes. */
  isLive: boolean
  say(text: string): void
}

export interface Result {
  service: string
  scenarios: number
  judged: Judged[]
  /** Planned, but not tried within the budget. */
  left: number
  /** Planned, but they changed no traffic. */
  invalid: number
  plan: Plan
  seconds: number
}

/** Longest wait of `eventually`, unless the service says otherwise. */
const EVENTUALLY = 1_500
/** A late event is delivered after all waits have timed out. */
const LATER = 500
const LONGEST_SCENARIO = 20_000

/** Records the traffic of a service's scenarios, applies one mutation after the other, and records which scenarios fail. */
export class Campaign {
  private readonly titles = new Map<string, string>()
  private readonly durations = new Map<string, number>()
  /** How often each scenario has detected a mutation of an operation. */
  private readonly noticed = new Map<string, number>()

  constructor(private readonly options: CampaignOptions) {}

  async run(): Promise<Result> {
    const { service, features, jobs, say } = this.options
    const pool = new Pool({ service, features, jobs, environment: this.environment })
    try {
      const started = Date.now()
      await this.list(pool)
      say(`${service}: ${this.titles.size} scenarios`)
      const recording = await this.record(pool)
      const plan = await this.plan(recording)
      say(
        `${service}: ${Object.keys(recording).length} operations, ${plan.planned.length} mutations, recorded in ${secondsSince(started)} s`,
      )
      return {
        ...(await this.tryAll(pool, plan, recording)),
        service,
        scenarios: this.titles.size,
        plan,
        seconds: secondsSince(started),
      }
    } finally {
      await pool.close()
    }
  }

  private get eventually(): number {
    return this.options.wire.eventually ?? EVENTUALLY
  }

  private get environment(): NodeJS.ProcessEnv {
    const target = this.options.isLive ? 'live' : 'sandbox'
    return { ...process.env, ACCEPTANCE_TARGET: target, ACCEPTANCE_EVENTUALLY_TIMEOUT: String(this.eventually) }
  }

  private async list(pool: Pool): Promise<void> {
    const tasks: Task[] = [{ do: 'list' }]
    await pool.work<{ list: [string, string][] }>(
      () => take(tasks, LONGEST_SCENARIO * 3),
      (_task, ended) => {
        for (const [scenario, title] of 'answer' in ended ? ended.answer.list : []) this.titles.set(scenario, title)
      },
    )
    if (this.titles.size === 0) throw new UsageError(`${this.options.service} has no such scenarios.`)
  }

  /** @throws UsageError where a scenario fails without a mutation */
  private async record(pool: Pool): Promise<Recording> {
    const tasks: Task[] = [...this.titles.keys()].map((scenario) => ({ do: 'record', scenarios: [scenario] }))
    const recordings = new Map<string, Recording>()
    const red: string[] = []
    await pool.work<Recorded>(
      () => take(tasks, LONGEST_SCENARIO * 3),
      (task, ended) => {
        const [scenario = ''] = 'scenarios' in task ? task.scenarios : []
        if (!('answer' in ended)) return red.push(`${scenario} took too long`)
        const [outcome] = ended.answer.outcomes
        for (const { step, message } of outcome?.failures ?? []) red.push(`${scenario}, ${step}: ${message}`)
        this.durations.set(scenario, outcome?.milliseconds ?? 0)
        if (outcome?.passed.length === 1) recordings.set(scenario, ended.answer.recording)
        return undefined
      },
    )
    if (red.length > 0) throw new UsageError(`Scenarios are red although nothing is wrong:\n${red.join('\n')}`)
    // In the scenarios' order, whichever worker has finished first.
    const inOrder = [...this.titles.keys()].map((scenario) => recordings.get(scenario) ?? {})
    return merged(inOrder)
  }

  private async plan(recording: Recording): Promise<Plan> {
    const { service, wire, only, seed, isThorough } = this.options
    const inTables = wire.promisesInTables ? tableNames(service) : []
    const promisedNames = new Set([...(await contractNames(service)), ...inTables, ...(wire.promisedNames ?? [])])
    return planOf(recording, { wire, promisedNames, only, seed, isThorough })
  }

  private async tryAll(pool: Pool, plan: Plan, recording: Recording): Promise<Pick<Result, 'judged' | 'left' | 'invalid'>> {
    const { budget, say } = this.options
    const waiting = [...plan.planned]
    const byTask = new Map<Task, Planned>()
    const judged: Judged[] = []
    const deadline = Date.now() + budget
    let invalid = 0
    const next = (): { task: Task; timeout: number } | undefined => {
      const planned = Date.now() < deadline ? waiting.shift() : undefined
      if (!planned) return undefined
      const scenarios = this.inOrder(planned)
      const samples = recording[planned.mutation.operation]?.samples ?? []
      const task: Task = { do: 'try', mutation: planned.mutation, scenarios, samples, late: this.eventually + LATER }
      byTask.set(task, planned)
      return { task, timeout: LONGEST_SCENARIO + scenarios.reduce((sum, one) => sum + 3 * (this.durations.get(one) ?? 0), 0) }
    }
    await pool.work<Judgement>(next, (task, ended) => {
      const planned = byTask.get(task)
      const one = planned && this.judge(planned.mutation, recording[planned.mutation.operation], ended)
      if (one) judged.push(one)
      else invalid++
      if ((judged.length + invalid) % 50 === 0) say(`  ${judged.length + invalid} of ${plan.planned.length} tried`)
    })
    return { judged, left: waiting.length, invalid }
  }

  /** Scenarios that have detected mutations of the operation before first, then the fastest. */
  private inOrder({ mutation, scenarios }: Planned): string[] {
    const score = (scenario: string): number => this.noticed.get(`${mutation.operation} ${scenario}`) ?? 0
    const time = (scenario: string): number => this.durations.get(scenario) ?? 0
    return [...scenarios].sort((one, other) => score(other) - score(one) || time(one) - time(other))
  }

  /** @returns undefined where no traffic was changed */
  private judge(
    mutation: Mutation,
    record: OperationRecord | undefined,
    ended: { answer: Judgement } | { hung: true },
  ): Judged | undefined {
    const flow = flowOf(record, this.titles)
    if (!('answer' in ended)) return { mutation, verdict: 'hung', flow, seenBy: [] }
    const { applied, failures, passed, unhandled } = ended.answer
    if (applied === 0) return undefined
    const [failure] = failures
    if (!failure) {
      if (unhandled.length === 0) return { mutation, verdict: 'survived', flow, seenBy: passed.map((one) => this.titled(one)) }
      return {
        mutation,
        verdict: 'badly',
        flow,
        seenBy: [],
        failure: { scenario: '', step: '', type: 'unhandled', message: unhandled.join('; ') },
      }
    }
    const key = `${mutation.operation} ${failure.scenario}`
    this.noticed.set(key, (this.noticed.get(key) ?? 0) + 1)
    const verdict = failures.some(blamesBadly) ? 'badly' : 'killed'
    return { mutation, verdict, flow, seenBy: [], failure: { ...failure, scenario: this.titled(failure.scenario) } }
  }

  private titled(scenario: string): string {
    return `${scenario} ${this.titles.get(scenario) ?? ''}`.trim()
  }
}

/** The flow with the largest share of scenarios that use the operation. */
function flowOf(record: OperationRecord | undefined, titles: ReadonlyMap<string, string>): string {
  const fileOf = (scenario: string): string => scenario.replace(/:\d+$/, '')
  const sizes = new Map<string, number>()
  for (const scenario of titles.keys()) sizes.set(fileOf(scenario), (sizes.get(fileOf(scenario)) ?? 0) + 1)
  const touching = new Map<string, number>()
  for (const scenario of record?.scenarios ?? []) touching.set(fileOf(scenario), (touching.get(fileOf(scenario)) ?? 0) + 1)
  const isNamed = (file: string): number => (record?.operation.includes(basename(file, '.feature')) ? 1 : 0)
  const shares = [...touching].map(([file, touched]) => {
    return { file, share: isNamed(file) + touched / (sizes.get(file) ?? 1), touched }
  })
  shares.sort((one, other) => other.share - one.share || other.touched - one.touched || one.file.localeCompare(other.file))
  return shares[0]?.file ?? ''
}

function take(tasks: Task[], timeout: number): { task: Task; timeout: number } | undefined {
  const task = tasks.shift()
  return task && { task, timeout }
}

function secondsSince(started: number): number {
  return Math.round((Date.now() - started) / 1_000)
}

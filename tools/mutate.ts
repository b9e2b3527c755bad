import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from '../support/config/errors'
import { services } from '../support/services'
import { Campaign, type Result } from './mutate/campaign'
import type { Kind } from './mutate/mutation'
import { isKind } from './mutate/plan'
import { jsonOf, LEAST, sectionOf, updateDocument, write } from './mutate/report'
import { count, percent } from './mutate/score'
import type { Wire } from './mutate/wire'
import { countOf, runTool } from './run-tool'

const DOCUMENT = join('docs', 'mutation.md')
const REPORTS = join('reports', 'mutation')
const MINUTE = 60_000

const OPTIONS = {
  only: { type: 'string' },
  jobs: { type: 'string', default: String(availableParallelism()) },
  seed: { type: 'string', default: '1' },
  budget: { type: 'string', default: '20' },
  thorough: { type: 'boolean', default: false },
  record: { type: 'boolean', default: false },
  live: { type: 'boolean', default: false },
} as const

/**
 * `npm run mutate -- <service>[/<flow>] [--only a,b] [--jobs N] [--seed N] [--budget minutes] [--thorough]
 * [--record] [--live]`: changes what scenarios send and receive, one thing at a time; a change that no scenario detects is a defect of the suite. Fails where a
 * service is under 95 %. `--record` writes the result into `docs/mutation.md`; `--live` uses the service
 * whose address and credentials are set, instead of sandboxes.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS })
  if (positionals.length === 0) throw new UsageError(`Name services, or one flow of one such as colony/posts; ${known()}.`)
  let isEnough = true
  for (const name of positionals) {
    const [service = '', flow] = name.split('/')
    const result = await new Campaign({
      service,
      features: [featuresOf(service, flow)],
      wire: await wireOf(service),
      only: kinds(values.only),
      jobs: countOf('--jobs', values.jobs),
      seed: countOf('--seed', values.seed),
      budget: countOf('--budget', values.budget) * MINUTE,
      isThorough: values.thorough,
      isLive: values.live,
      say: (text) => console.error(text),
    }).run()
    isEnough = publish(result, values.record) && isEnough
  }
  return isEnough ? 0 : 1
}

function publish(result: Result, isRecorded: boolean): boolean {
  const { service, judged } = result
  const section = sectionOf(result)
  write(join(REPORTS, `${service}.json`), jsonOf(result))
  write(join(REPORTS, `${service}.md`), section)
  if (isRecorded) updateDocument(DOCUMENT, service, section)
  console.log(section)
  return percent(count(judged)) >= LEAST
}

async function wireOf(service: string): Promise<Wire> {
  if (!existsSync(join(__dirname, 'mutate', `${service}.ts`))) throw new UsageError(`"${service}" cannot be mutated; ${known()}.`)
  return ((await import(`./mutate/${service}`)) as { wire: Wire }).wire
}

function featuresOf(service: string, flow: string | undefined): string {
  const path = join('features', service, flow === undefined ? '' : `${flow}.feature`)
  if (!existsSync(path)) throw new UsageError(`${service} has no flow called ${flow}.`)
  return path
}

function kinds(text: string | undefined): Kind[] | undefined {
  const letters = text?.split(/[,|]/)
  const wrong = letters?.find((letter) => !isKind(letter))
  if (wrong !== undefined) throw new UsageError(`--only takes kinds a to e, such as a,b; "${wrong}" is none.`)
  return letters as Kind[] | undefined
}

function known(): string {
  return `there are ${services.map(({ name }) => name).join(', ')}`
}

runTool(main)

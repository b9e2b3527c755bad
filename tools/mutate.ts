import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../support/config/errors'
import { services } from '../support/services'
import { Campaign, type Result } from './mutate/campaign'
import type { Kind } from './mutate/mutation'
import { isKind } from './mutate/plan'
import { jsonOf, LEAST, sectionOf, updateDocument, write } from './mutate/report'
import { count, percent } from './mutate/score'
import type { Wire } from './mutate/wire'
import { command, countOf, knownNames, runCommand } from './run-tool'

const DOCUMENT = join('docs', 'mutation.md')
const REPORTS = join('reports', 'mutation')
const MINUTE = 60_000
const NAMES = services.map(({ name }) => name)

interface Options {
  only?: string
  jobs: string
  seed: string
  budget: string
  thorough: boolean
  record: boolean
  live: boolean
}

async function main(names: readonly string[], options: Options): Promise<number> {
  let isEnough = true
  for (const name of names) {
    const [service = '', flow] = name.split('/')
    knownNames('service', [service], NAMES)
    const result = await new Campaign({
      service,
      features: [featuresOf(service, flow)],
      wire: ((await import(`./mutate/${service}`)) as { wire: Wire }).wire,
      only: kinds(options.only),
      jobs: countOf('--jobs', options.jobs),
      seed: countOf('--seed', options.seed),
      budget: countOf('--budget', options.budget) * MINUTE,
      isThorough: options.thorough,
      isLive: options.live,
      say: (text) => console.error(text),
    }).run()
    isEnough = publish(result, options.record) && isEnough
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

const program = command(
  'mutate',
  'Changes what scenarios send and receive, one thing at a time; a change that no scenario detects is a defect of the suite.',
)
  .argument('<service...>', `any of ${NAMES.join(', ')}, or one flow of one, such as colony/posts`)
  .option('--only <kinds>', 'kinds of changes, such as a,b; docs/mutation.md says what each is')
  .option('--jobs <count>', 'processes at once', String(availableParallelism()))
  .option('--seed <count>', 'chooses which changes are tried first', '1')
  .option('--budget <minutes>', 'changes not tried within it are counted, not tried', '20')
  .option('--thorough', 'every change of every field, not one of each kind', false)
  .option('--record', 'write the result to docs/mutation.md', false)
  .option('--live', 'use the service whose address and credentials are set, instead of its sandbox', false)
  .addHelpText('after', `\nExit code 1: fewer than ${LEAST} % of the changes of a service were detected.`)

runCommand<Options>(program, main)

import { resolve } from 'node:path'
import { Writable } from 'node:stream'
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api'
import type { Envelope, GherkinDocument } from '@cucumber/messages'
import { supportCode } from '../../support/run/step-files'

/** One step definition, and how many scenarios use it. */
export interface Definition {
  uri: string
  line: number
  pattern: string
  usedBy: Set<string>
}

/** A step that no definition matches, or several do. */
interface Unmatched {
  uri: string
  line: number
  text: string
  matches: string[]
}

export interface Usage {
  definitions: Definition[]
  unmatched: Unmatched[]
}

/** Which scenarios use which definitions, from the messages of a dry run of all features. Nothing is started. */
export async function usageOf(folder = '.'): Promise<Usage> {
  const environment = { cwd: resolve(folder) }
  const { runConfiguration } = await loadConfiguration({ provided: [] }, environment)
  const messages: Envelope[] = []
  await runCucumber(
    {
      ...runConfiguration,
      plugins: { specifiers: [], options: runConfiguration.plugins?.options ?? {} },
      formats: { ...runConfiguration.formats, stdout: 'summary', files: {} },
      runtime: { ...runConfiguration.runtime, dryRun: true },
      // Whatever this process's command line names, the figures are those of the whole suite.
      support: { ...runConfiguration.support, requirePaths: supportCode([]) },
    },
    { ...environment, stdout: nowhere(), stderr: process.stderr },
    (envelope) => void messages.push(envelope),
  )
  return collect(messages)
}

/** Discards the summary of the dry run. */
function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

function collect(messages: readonly Envelope[]): Usage {
  const definitions = new Map<string, Definition>()
  const lines = new Map<string, number>()
  const pickles = new Map(messages.flatMap(({ pickle }) => (pickle ? [[pickle.id, pickle] as const] : [])))
  const unmatched: Unmatched[] = []
  for (const { stepDefinition, gherkinDocument, testCase } of messages) {
    if (stepDefinition) {
      const { id, pattern, sourceReference } = stepDefinition
      const { uri = '', location } = sourceReference
      definitions.set(id, { uri, line: location?.line ?? 0, pattern: pattern.source, usedBy: new Set() })
    }
    if (gherkinDocument) numberLines(gherkinDocument, lines)
    const pickle = testCase && pickles.get(testCase.pickleId)
    if (!testCase || !pickle) continue
    const scenario = `${pickle.uri}:${lines.get(pickle.astNodeIds[0] ?? '')}`
    for (const { pickleStepId, stepDefinitionIds = [] } of testCase.testSteps) {
      const step = pickle.steps.find(({ id }) => id === pickleStepId)
      if (!step) continue
      for (const id of stepDefinitionIds) definitions.get(id)?.usedBy.add(scenario)
      if (stepDefinitionIds.length === 1) continue
      const matches = stepDefinitionIds.map((id) => definitions.get(id)?.pattern ?? id)
      unmatched.push({ uri: pickle.uri, line: lines.get(step.astNodeIds[0] ?? '') ?? 0, text: step.text, matches })
    }
  }
  return { definitions: [...definitions.values()], unmatched }
}

/** The line of every scenario and step, by its id. */
function numberLines({ feature }: GherkinDocument, lines: Map<string, number>): void {
  const children = (feature?.children ?? []).flatMap((child) => [child, ...(child.rule?.children ?? [])])
  for (const { background, scenario } of children) {
    for (const node of [background, scenario, ...(background?.steps ?? []), ...(scenario?.steps ?? [])])
      if (node) lines.set(node.id, node.location.line)
  }
}

import type { Envelope, GherkinDocument, Pickle, TestCase } from '@cucumber/messages'

/**
 * Every process reads all features and assigns an id to each node, scenario and step definition. Of several processes the first
 * one's id is used; messages of the others are changed to refer to it.
 */
export class MessageIds {
  private readonly firstIds = new Map<string, string>()
  /** By the content of a thing, whichever process read it. */
  private readonly known = new Map<string, Envelope>()

  /** @returns undefined if another process has sent the same */
  take(envelope: Envelope): Envelope | undefined {
    const { source, gherkinDocument, pickle, stepDefinition, hook, parameterType } = envelope
    if (source) return this.once(`source ${source.uri} ${source.data}`, envelope)
    if (gherkinDocument) return this.once(`document ${shapeOf(gherkinDocument)}`, envelope)
    if (pickle) return this.takePickle(pickle)
    if (stepDefinition) return this.once(`definition ${shapeOf(stepDefinition)}`, envelope)
    if (hook) return this.once(`hook ${shapeOf(hook)}`, envelope)
    if (parameterType) return this.once(`parameter type ${parameterType.name}`, envelope)
    return this.pointed(envelope)
  }

  private takePickle(pickle: Pickle): Envelope | undefined {
    const own = {
      ...pickle,
      astNodeIds: pickle.astNodeIds.map(this.of),
      steps: pickle.steps.map((step) => ({ ...step, astNodeIds: step.astNodeIds.map(this.of) })),
      tags: pickle.tags.map((tag) => ({ ...tag, astNodeId: this.of(tag.astNodeId) })),
    }
    return this.once(`pickle ${pickle.uri} ${own.astNodeIds.join(' ')}`, { pickle: own })
  }

  private once(what: string, envelope: Envelope): Envelope | undefined {
    const known = this.known.get(what)
    if (!known) {
      this.known.set(what, envelope)
      return envelope
    }
    const ids = idsIn(known)
    for (const [at, id] of idsIn(envelope).entries()) this.firstIds.set(id, ids[at] ?? id)
    return undefined
  }

  private pointed(envelope: Envelope): Envelope {
    const { testCase, testRunHookStarted, suggestion } = envelope
    if (testCase) return { testCase: this.pointedCase(testCase) }
    if (testRunHookStarted) return { testRunHookStarted: { ...testRunHookStarted, hookId: this.of(testRunHookStarted.hookId) } }
    if (suggestion) return { suggestion: { ...suggestion, pickleStepId: this.of(suggestion.pickleStepId) } }
    return envelope
  }

  private pointedCase(testCase: TestCase): TestCase {
    return {
      ...testCase,
      pickleId: this.of(testCase.pickleId),
      testSteps: testCase.testSteps.map((step) => ({
        ...step,
        ...(step.hookId === undefined ? {} : { hookId: this.of(step.hookId) }),
        ...(step.pickleStepId === undefined ? {} : { pickleStepId: this.of(step.pickleStepId) }),
        ...(step.stepDefinitionIds ? { stepDefinitionIds: step.stepDefinitionIds.map(this.of) } : {}),
      })),
    }
  }

  private readonly of = (id: string): string => this.firstIds.get(id) ?? id
}

/** All fields except ids. */
function shapeOf(thing: object): string {
  return JSON.stringify(thing, (key, value) => (key === 'id' ? undefined : value))
}

function idsIn(thing: Envelope | GherkinDocument): string[] {
  const ids: string[] = []
  JSON.stringify(thing, (key, value) => {
    if (key === 'id') ids.push(String(value))
    return value
  })
  return ids
}

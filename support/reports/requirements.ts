import type { Envelope } from '@cucumber/messages'
import { type Environment, read } from '../config/variables'

/** The services that `ACCEPTANCE_REQUIRE` names; `all` names all. */
export function requiredServices(environment: Environment, all: readonly string[]): readonly string[] {
  const required = (read(environment, 'ACCEPTANCE_REQUIRE') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  return required.includes('all') ? all : required
}

/**
 * `ACCEPTANCE_REQUIRE=colony,slack` (or `all`): each named service must have run live and at least one `@smoke` scenario of it
 * must have passed, so that a build without a secret cannot pass.
 */
export class Requirements {
  private readonly smokeServices = new Map<string, string>()
  private readonly pickleOfCase = new Map<string, string>()
  private readonly running = new Map<string, { service: string; passed: boolean }>()
  private readonly passed = new Set<string>()

  constructor(private readonly serviceOf: (uri: string) => string) {}

  see({ pickle, testCase, testCaseStarted, testStepFinished, testCaseFinished }: Envelope): void {
    if (pickle?.tags.some(({ name }) => name === '@smoke')) this.smokeServices.set(pickle.id, this.serviceOf(pickle.uri))
    if (testCase) this.pickleOfCase.set(testCase.id, testCase.pickleId)
    if (testCaseStarted) this.started(testCaseStarted)
    const current = testStepFinished && this.running.get(testStepFinished.testCaseStartedId)
    if (current && testStepFinished.testStepResult.status !== 'PASSED') current.passed = false
    if (testCaseFinished) this.finished(testCaseFinished)
  }

  /** What is missing, one sentence each. @param live the services that ran live */
  unmet(environment: Environment, all: readonly string[], live: readonly string[]): string[] {
    return requiredServices(environment, all).flatMap((name) => {
      if (!live.includes(name)) return [`ACCEPTANCE_REQUIRE names ${name}, which did not run live`]
      return this.passed.has(name) ? [] : [`ACCEPTANCE_REQUIRE names ${name}, but no @smoke scenario of it passed`]
    })
  }

  private started({ id, testCaseId }: { id: string; testCaseId: string }): void {
    const service = this.smokeServices.get(this.pickleOfCase.get(testCaseId) ?? '')
    if (service) this.running.set(id, { service, passed: true })
  }

  private finished({ testCaseStartedId, willBeRetried }: { testCaseStartedId: string; willBeRetried: boolean }): void {
    const outcome = this.running.get(testCaseStartedId)
    if (outcome?.passed && !willBeRetried) this.passed.add(outcome.service)
    this.running.delete(testCaseStartedId)
  }
}

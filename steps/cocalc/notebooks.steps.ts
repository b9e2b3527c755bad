import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { KERNEL_STEP_TIMEOUT, PROJECT_STEP_TIMEOUT } from '../../support/services/cocalc/retry'
import { CocalcState } from '../../support/services/cocalc/state'
import * as notebooks from '../../support/services/cocalc/tasks/notebooks'
import type { AcceptanceWorld } from '../../support/world'

const MAY_START = { timeout: PROJECT_STEP_TIMEOUT }
const MAY_START_KERNEL = { timeout: KERNEL_STEP_TIMEOUT }

When(
  '{person} lists the kernels that {project} offers',
  MAY_START_KERNEL,
  function (this: AcceptanceWorld, who: PersonName, project: string) {
    return notebooks.listOfferedKernels(this.state(CocalcState), who, project)
  },
)

Then('the kernel {string} for {word} is listed exactly once', function (this: AcceptanceWorld, name: string, language: string) {
  return notebooks.expectOffered(this.state(CocalcState), name, language)
})

When(
  '{person} runs/(has )run {string} through the {jupyterApi} of {project}',
  MAY_START_KERNEL,
  function (this: AcceptanceWorld, who: PersonName, input: string, api: string, project: string) {
    return notebooks.runCell(this.state(CocalcState), who, api, project, { input })
  },
)

When(
  '{person} runs {string} after {string} through the {jupyterApi} of {project}',
  MAY_START_KERNEL,
  function (this: AcceptanceWorld, who: PersonName, input: string, before: string, api: string, project: string) {
    return notebooks.runCell(this.state(CocalcState), who, api, project, { input, history: [before] })
  },
)

Then('the cell {cellOutcome} {string}', function (this: AcceptanceWorld, outcome: string, text: string) {
  return notebooks.expectOutcome(this.state(CocalcState), outcome, text)
})

When(
  '{person} lists the running kernels of {project}',
  MAY_START,
  function (this: AcceptanceWorld, who: PersonName, project: string) {
    return notebooks.listRunningKernels(this.state(CocalcState), who, project)
  },
)

Then('{howMany} {kernelKind} kernel is listed', function (this: AcceptanceWorld, howMany: string, kind: string) {
  const state = this.state(CocalcState)
  return kind === 'offered' ? notebooks.expectSomeOffered(state) : notebooks.expectRunningKernels(state, howMany)
})

When(
  '{person} stops the first running kernel of {project}',
  MAY_START,
  function (this: AcceptanceWorld, who: PersonName, project: string) {
    return notebooks.stopFirstKernel(this.state(CocalcState), who, project)
  },
)

Then('CoCalc confirms that the kernel was stopped', function (this: AcceptanceWorld) {
  return notebooks.expectStopConfirmed(this.state(CocalcState))
})

Then('{project} no longer lists the stopped kernel', MAY_START, function (this: AcceptanceWorld, project: string) {
  return notebooks.expectStoppedKernelGone(this.state(CocalcState), project)
})

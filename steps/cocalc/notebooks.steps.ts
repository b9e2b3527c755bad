import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { LONGEST_CELL, LONGEST_WAKING } from '../../support/services/cocalc/patience'
import { CocalcState } from '../../support/services/cocalc/state'
import * as notebooks from '../../support/services/cocalc/tasks/notebooks'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} looks up the kernels of {project}',
  { timeout: LONGEST_CELL },
  function (this: AcceptanceWorld, who: PersonName, project: string) {
    return notebooks.lookUpKernels(this.state(CocalcState), who, project)
  },
)

Then('Python is among the kernels', function (this: AcceptanceWorld) {
  return notebooks.expectPython(this.state(CocalcState))
})

Then('there is at least one kernel', function (this: AcceptanceWorld) {
  return notebooks.expectSomeKernel(this.state(CocalcState))
})

When(
  '{person} installs the Python kernel in {project}',
  { timeout: LONGEST_CELL },
  function (this: AcceptanceWorld, _who: PersonName, project: string) {
    return notebooks.install(this.state(CocalcState), project)
  },
)

When(
  '{person} registers the Python kernel in {project}',
  { timeout: LONGEST_CELL },
  function (this: AcceptanceWorld, _who: PersonName, project: string) {
    return notebooks.register(this.state(CocalcState), project)
  },
)

Then('the command has succeeded', function (this: AcceptanceWorld) {
  return notebooks.expectSuccess(this.state(CocalcState))
})

When(
  '{person} computes {string} in {project}',
  { timeout: LONGEST_CELL },
  function (this: AcceptanceWorld, _who: PersonName, input: string, project: string) {
    return notebooks.compute(this.state(CocalcState), project, { input })
  },
)

When(
  '{person} computes {string} after {string} in {project}',
  { timeout: LONGEST_CELL },
  function (this: AcceptanceWorld, _who: PersonName, input: string, before: string, project: string) {
    return notebooks.compute(this.state(CocalcState), project, { input, history: [before] })
  },
)

When(
  '{person} computes {string} within {project}',
  { timeout: LONGEST_CELL },
  function (this: AcceptanceWorld, _who: PersonName, input: string, project: string) {
    return notebooks.computeWithin(this.state(CocalcState), project, { input })
  },
)

When(
  '{person} computes {string} after {string} within {project}',
  { timeout: LONGEST_CELL },
  function (this: AcceptanceWorld, _who: PersonName, input: string, before: string, project: string) {
    return notebooks.computeWithin(this.state(CocalcState), project, { input, history: [before] })
  },
)

Given('a cell was computed in {string}', { timeout: LONGEST_CELL }, function (this: AcceptanceWorld, title: string) {
  return notebooks.computeWithin(this.state(CocalcState), title, { input: '1+1' })
})

Then('the result is {string}', function (this: AcceptanceWorld, text: string) {
  return notebooks.expectResult(this.state(CocalcState), text)
})

Then('{string} is printed', function (this: AcceptanceWorld, text: string) {
  return notebooks.expectPrinted(this.state(CocalcState), text)
})

Then('the cell has failed with a {string}', function (this: AcceptanceWorld, name: string) {
  return notebooks.expectError(this.state(CocalcState), name)
})

When(
  '{person} lists the running kernels of {project}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, _who: PersonName, project: string) {
    return notebooks.listKernels(this.state(CocalcState), project)
  },
)

Then('every kernel in the list has a number', function (this: AcceptanceWorld) {
  return notebooks.expectNumbered(this.state(CocalcState))
})

Then('there is a kernel in the list, with number and connection', function (this: AcceptanceWorld) {
  return notebooks.expectListedKernel(this.state(CocalcState))
})

When(
  '{person} stops the first running kernel of {project}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, _who: PersonName, project: string) {
    return notebooks.stopFirst(this.state(CocalcState), project)
  },
)

Then('it was stopped', function (this: AcceptanceWorld) {
  return notebooks.expectStopped(this.state(CocalcState))
})

Then('it is told whether it was stopped', function (this: AcceptanceWorld) {
  return notebooks.expectToldStopped(this.state(CocalcState))
})

Then('it is gone from the list of {project}', function (this: AcceptanceWorld, project: string) {
  return notebooks.expectGone(this.state(CocalcState), project)
})

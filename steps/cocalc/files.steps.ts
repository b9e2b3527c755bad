import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { LONGEST_WAKING } from '../../support/services/cocalc/patience'
import { CocalcState } from '../../support/services/cocalc/state'
import * as files from '../../support/services/cocalc/tasks/files'
import type { AcceptanceWorld } from '../../support/world'

Given(
  '{project} has the file {string}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, project: string, path: string) {
    return files.writeSomething(this.state(CocalcState), project, path)
  },
)

When(
  '{person} writes {string} into {string} of {project}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, _who: PersonName, text: string, path: string, project: string) {
    return files.write(this.state(CocalcState), project, path, text)
  },
)

Then(
  '{string} of {project} reads {string}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, path: string, project: string, text: string) {
    return files.expectText(this.state(CocalcState), project, path, text)
  },
)

When(
  '{person} copies {string} from {project} to {project} as {string}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, who: PersonName, path: string, from: string, to: string, as: string) {
    return files.copy(this.state(CocalcState), who, { from, to, path, as })
  },
)

Then(
  '{string} in {project} reads as {string} did',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, copied: string, project: string, original: string) {
    return files.expectSameText(this.state(CocalcState), copied, project, original)
  },
)

When(
  '{person} tries to copy {string} from {project} to {project}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, who: PersonName, path: string, from: string, to: string) {
    return files.tryToClimb(this.state(CocalcState), who, path, from, to)
  },
)

When(
  '{person} looks at the history of {string} in {project}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, who: PersonName, path: string, project: string) {
    return files.lookAtHistory(this.state(CocalcState), who, path, project)
  },
)

Then('there is a history, be it empty', function (this: AcceptanceWorld) {
  return files.expectHistory(this.state(CocalcState))
})

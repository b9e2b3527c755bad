import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { LONGEST_WAKING } from '../../support/services/cocalc/patience'
import { CocalcScene } from '../../support/services/cocalc/state'
import * as files from '../../support/services/cocalc/tasks/files'
import type { AcceptanceWorld } from '../../support/world'

Given(
  '{project} has the file {string}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, project: string, path: string) {
    return files.writeSomething(this.scene(CocalcScene), project, path)
  },
)

When(
  '{person} writes {string} into {string} of {project}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, _who: PersonName, text: string, path: string, project: string) {
    return files.write(this.scene(CocalcScene), project, path, text)
  },
)

Then(
  '{string} of {project} reads {string}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, path: string, project: string, text: string) {
    return files.expectText(this.scene(CocalcScene), project, path, text)
  },
)

When(
  '{person} copies {string} from {project} to {project} as {string}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, who: PersonName, path: string, from: string, to: string, as: string) {
    return files.copy(this.scene(CocalcScene), who, { from, to, path, as })
  },
)

Then(
  '{string} in {project} reads as {string} did',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, copied: string, project: string, original: string) {
    return files.expectSameText(this.scene(CocalcScene), copied, project, original)
  },
)

When(
  '{person} tries to copy {string} from {project} to {project}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, who: PersonName, path: string, from: string, to: string) {
    return files.tryToClimb(this.scene(CocalcScene), who, path, from, to)
  },
)

When(
  '{person} looks at the history of {string} in {project}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, who: PersonName, path: string, project: string) {
    return files.lookAtHistory(this.scene(CocalcScene), who, path, project)
  },
)

Then('there is a history, be it empty', function (this: AcceptanceWorld) {
  return files.expectHistory(this.scene(CocalcScene))
})

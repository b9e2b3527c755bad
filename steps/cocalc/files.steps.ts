import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { CommandOutcome, LimitedCommand } from '../../support/services/cocalc/parameter-types'
import { PROJECT_STEP_TIMEOUT } from '../../support/services/cocalc/retry'
import { CocalcState } from '../../support/services/cocalc/state'
import * as commands from '../../support/services/cocalc/tasks/commands'
import * as files from '../../support/services/cocalc/tasks/files'
import type { AcceptanceWorld } from '../../support/world'

const MAY_START = { timeout: PROJECT_STEP_TIMEOUT }

When(
  '{person} writes/(has )written {string} to {string} in {project}',
  MAY_START,
  function (this: AcceptanceWorld, who: PersonName, text: string, path: string, project: string) {
    return files.write(this.state(CocalcState), who, text, path, project)
  },
)

Then(
  '{string} in {project} contains {string}',
  MAY_START,
  function (this: AcceptanceWorld, path: string, project: string, text: string) {
    return files.expectText(this.state(CocalcState), path, project, text)
  },
)

When(
  '{person} copies {string} from {project} to {string} in {project}',
  MAY_START,
  function (this: AcceptanceWorld, who: PersonName, path: string, from: string, as: string, to: string) {
    return files.copy(this.state(CocalcState), who, { from, to, path, as })
  },
)

When(
  '{person} tries to copy {string} from {project} to {string} in {project}',
  MAY_START,
  function (this: AcceptanceWorld, who: PersonName, path: string, from: string, as: string, to: string) {
    return files.tryToCopy(this.state(CocalcState), who, { from, to, path, as })
  },
)

When(
  '{person} views the history of {string} in {project}',
  MAY_START,
  function (this: AcceptanceWorld, who: PersonName, path: string, project: string) {
    return files.viewHistory(this.state(CocalcState), who, path, project)
  },
)

Then('the history contains no edits', function (this: AcceptanceWorld) {
  return files.expectNoEdits(this.state(CocalcState))
})

When(
  '{person} runs the command {string} in {project}',
  MAY_START,
  function (this: AcceptanceWorld, who: PersonName, command: string, project: string) {
    return commands.run(this.state(CocalcState), who, command, project)
  },
)

When(
  '{person} tries to run {limitedCommand} in {project}',
  MAY_START,
  function (this: AcceptanceWorld, who: PersonName, command: LimitedCommand, project: string) {
    return commands.tryToRun(this.state(CocalcState), who, command, project)
  },
)

Then('the command {commandOutcome}', function (this: AcceptanceWorld, outcome: CommandOutcome) {
  commands.expectOutcome(this.state(CocalcState), outcome)
})

import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { LONGEST_WAKING } from '../../support/services/cocalc/patience'
import { CocalcState } from '../../support/services/cocalc/state'
import * as commands from '../../support/services/cocalc/tasks/commands'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} asks {project} for the date',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, _who: PersonName, project: string) {
    return commands.askDate(this.state(CocalcState), project)
  },
)

Then('the date is that of this moment, with its offset', function (this: AcceptanceWorld) {
  return commands.expectDate(this.state(CocalcState))
})

When(
  '{person} tries a command in {project} that says {string} and fails',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, _who: PersonName, project: string, text: string) {
    return commands.tryFailing(this.state(CocalcState), project, text)
  },
)

Then('it is told that the command failed and said {string}', function (this: AcceptanceWorld, text: string) {
  return commands.expectFailed(this.state(CocalcState), text)
})

When(
  '{person} tries a command in {project} that takes longer than it may',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, _who: PersonName, project: string) {
    return commands.tryTooLong(this.state(CocalcState), project)
  },
)

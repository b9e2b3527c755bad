import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { ListedThings } from '../../support/services/cocalc/groups'
import { PROJECT_STEP_TIMEOUT } from '../../support/services/cocalc/retry'
import { CocalcState } from '../../support/services/cocalc/state'
import * as organizations from '../../support/services/cocalc/tasks/organizations'
import * as projects from '../../support/services/cocalc/tasks/projects'
import type { AcceptanceWorld } from '../../support/world'

const MAY_START = { timeout: PROJECT_STEP_TIMEOUT }

When('{person} creates/(has )created the project {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return projects.create(this.state(CocalcState), who, title)
})

When(
  '{person} {projectAction} {project}',
  MAY_START,
  function (this: AcceptanceWorld, who: PersonName, action: string, project: string) {
    return projects.act(this.state(CocalcState), who, action, project)
  },
)

When('{person} lists {listName}', MAY_START, function (this: AcceptanceWorld, who: PersonName, name: string) {
  const state = this.state(CocalcState)
  return name === 'all organizations' ? organizations.listAll(state, who) : projects.list(state, who, name === 'all her projects')
})

Then('{listed} is/are listed exactly once', MAY_START, function (this: AcceptanceWorld, { kind, titles }: ListedThings) {
  const state = this.state(CocalcState)
  return kind === 'organizations' ? organizations.expectListed(state, titles) : projects.expectListed(state, titles)
})

Then('{project} is {runState}', MAY_START, function (this: AcceptanceWorld, project: string, expected: string) {
  const state = this.state(CocalcState)
  return expected === 'listed as deleted'
    ? projects.expectDeleted(state, project)
    : projects.expectState(state, project, expected)
})

Then('{project} runs commands on Linux', MAY_START, function (this: AcceptanceWorld, project: string) {
  return projects.expectLinux(this.state(CocalcState), project)
})

When(
  '{person} views the state and status of {project}',
  MAY_START,
  function (this: AcceptanceWorld, who: PersonName, project: string) {
    return projects.view(this.state(CocalcState), who, project)
  },
)

Then('they report that the project is running, and its start time', function (this: AcceptanceWorld) {
  return projects.expectRunningSince(this.state(CocalcState))
})

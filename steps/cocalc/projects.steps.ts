import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { LONGEST_WAKING } from '../../support/services/cocalc/patience'
import { CocalcState } from '../../support/services/cocalc/state'
import * as projects from '../../support/services/cocalc/tasks/projects'
import type { AcceptanceWorld } from '../../support/world'

Given('{person} has the project {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return projects.create(this.state(CocalcState), who, title)
})

When('{person} creates the project {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return projects.create(this.state(CocalcState), who, title)
})

Given(
  '{person} has started the project {string}',
  { timeout: LONGEST_WAKING },
  async function (this: AcceptanceWorld, who: PersonName, title: string) {
    const state = this.state(CocalcState)
    await projects.create(state, who, title)
    await projects.start(state, who, title)
  },
)

When('{person} starts {string}', { timeout: LONGEST_WAKING }, function (this: AcceptanceWorld, who: PersonName, title: string) {
  return projects.start(this.state(CocalcState), who, title)
})

When('{person} stops {string}', { timeout: LONGEST_WAKING }, function (this: AcceptanceWorld, who: PersonName, title: string) {
  return projects.stop(this.state(CocalcState), who, title)
})

When('{person} touches {string}', { timeout: LONGEST_WAKING }, function (this: AcceptanceWorld, who: PersonName, title: string) {
  return projects.touch(this.state(CocalcState), who, title)
})

When(
  '{person} stops and deletes {string}',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, who: PersonName, title: string) {
    return projects.throwAway(this.state(CocalcState), who, title)
  },
)

When('{person} lists the latest projects', function (this: AcceptanceWorld, who: PersonName) {
  return projects.list(this.state(CocalcState), who, false)
})

When('{person} lists all projects', { timeout: LONGEST_WAKING }, function (this: AcceptanceWorld, who: PersonName) {
  return projects.list(this.state(CocalcState), who, true)
})

When('{person} pings {project}', { timeout: LONGEST_WAKING }, function (this: AcceptanceWorld, who: PersonName, project: string) {
  return projects.ping(this.state(CocalcState), who, project)
})

When(
  '{person} asks {project} which one it is',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, who: PersonName, project: string) {
    return projects.ping(this.state(CocalcState), who, project)
  },
)

When(
  '{person} looks at how {project} is doing',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld, who: PersonName, project: string) {
    return projects.lookAt(this.state(CocalcState), who, project)
  },
)

Then('{string} is listed once, with its title and description', function (this: AcceptanceWorld, title: string) {
  return projects.expectListed(this.state(CocalcState), title)
})

Then('{string} is still listed, as deleted', function (this: AcceptanceWorld, title: string) {
  return projects.expectDeleted(this.state(CocalcState), title)
})

Then('each project in the list can be told from the others', function (this: AcceptanceWorld) {
  return projects.expectDistinct(this.state(CocalcState))
})

Then(
  'the shared project is listed with its title and description',
  { timeout: LONGEST_WAKING },
  function (this: AcceptanceWorld) {
    return projects.expectSharedListed(this.state(CocalcState))
  },
)

Then('{string} answers', { timeout: LONGEST_WAKING }, function (this: AcceptanceWorld, title: string) {
  return projects.expectAnswering(this.state(CocalcState), title)
})

Then('the shared project has answered', function (this: AcceptanceWorld) {
  return projects.expectAnswered(this.state(CocalcState))
})

Then('it is the shared project', function (this: AcceptanceWorld) {
  return projects.expectItself(this.state(CocalcState), projects.SHARED)
})

Then('{string} runs on Linux', { timeout: LONGEST_WAKING }, function (this: AcceptanceWorld, title: string) {
  return projects.expectLinux(this.state(CocalcState), title)
})

Then('its state is told', function (this: AcceptanceWorld) {
  return projects.expectState(this.state(CocalcState))
})

Then('it is said since when it runs', function (this: AcceptanceWorld) {
  return projects.expectStatus(this.state(CocalcState))
})

Then('{string} runs', function (this: AcceptanceWorld, title: string) {
  return projects.expectRunning(this.state(CocalcState), title, true)
})

Then('{string} does not run', function (this: AcceptanceWorld, title: string) {
  return projects.expectRunning(this.state(CocalcState), title, false)
})

import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { OrbitalState } from '../../support/services/orbital/state'
import * as events from '../../support/services/orbital/tasks/events'
import * as kept from '../../support/services/orbital/tasks/kept'
import * as location from '../../support/services/orbital/tasks/location'
import type { AcceptanceWorld } from '../../support/world'

Given('other services are listening', function (this: AcceptanceWorld) {
  return events.listen(this.state(OrbitalState))
})

When('{person} reports/reported where she is', function (this: AcceptanceWorld, who: PersonName) {
  return location.reportPosition(this.state(OrbitalState), who)
})

When(
  '{person} reports/reported where she was {int} minutes ago',
  function (this: AcceptanceWorld, who: PersonName, minutes: number) {
    return location.reportPosition(this.state(OrbitalState), who, { minutesAgo: minutes })
  },
)

When('{person} reports/reported {int} positions at once', function (this: AcceptanceWorld, who: PersonName, count: number) {
  return location.reportAtOnce(this.state(OrbitalState), who, count)
})

When('{person} reports to the backend that all others use', function (this: AcceptanceWorld, who: PersonName) {
  return location.reportToSharedBackend(this.state(OrbitalState), who)
})

When('{person} tries to report where she is', function (this: AcceptanceWorld, who: PersonName) {
  return location.tryToReport(this.state(OrbitalState), who)
})

When('{person} tries to report {badReport}', function (this: AcceptanceWorld, who: PersonName, what: string) {
  return location.tryToReport(this.state(OrbitalState), who, what)
})

Then('the report is taken without further words', function (this: AcceptanceWorld) {
  location.expectPlainAcceptance(this.state(OrbitalState))
})

Then('{person} is shown there', function (this: AcceptanceWorld, who: PersonName) {
  return location.expectShownAt(this.state(OrbitalState), who)
})

Then('{person} is still shown where she was first', function (this: AcceptanceWorld, who: PersonName) {
  return location.expectShownAt(this.state(OrbitalState), who, 'first')
})

Then('{person} is noted there', function (this: AcceptanceWorld, who: PersonName) {
  return kept.expectRowAt(this.state(OrbitalState), who)
})

Then('{person} is still noted where she was first', function (this: AcceptanceWorld, who: PersonName) {
  return kept.expectRowAt(this.state(OrbitalState), who, 'first')
})

Then('the position of {person} is at hand for 5 minutes', function (this: AcceptanceWorld, who: PersonName) {
  return location.expectCached(this.state(OrbitalState), who)
})

Then('the position of {person} is at hand for {int} seconds', function (this: AcceptanceWorld, who: PersonName, seconds: number) {
  return location.expectCached(this.state(OrbitalState), who, seconds)
})

Given('the position of {person} is no longer at hand', function (this: AcceptanceWorld, who: PersonName) {
  return location.forgetCached(this.state(OrbitalState), who)
})

Then('every report of {person} is in the history once', function (this: AcceptanceWorld, who: PersonName) {
  return kept.expectDocuments(this.state(OrbitalState), who)
})

Then('nothing is noted of {person}', function (this: AcceptanceWorld, who: PersonName) {
  return kept.expectNothingNoted(this.state(OrbitalState), who)
})

Then('nothing is kept of {person}', function (this: AcceptanceWorld, who: PersonName) {
  return kept.expectNothingKept(this.state(OrbitalState), who)
})

Then('other services learn every position of {person} once', function (this: AcceptanceWorld, who: PersonName) {
  return events.expectPositionsTold(this.state(OrbitalState), who)
})

Then('other services learn nothing of {person}', function (this: AcceptanceWorld, who: PersonName) {
  return events.expectNothingTold(this.state(OrbitalState), who)
})

When('{person} looks at the past positions', function (this: AcceptanceWorld, who: PersonName) {
  return location.askHistory(this.state(OrbitalState), who)
})

When('{person} looks at the last {int} positions', function (this: AcceptanceWorld, who: PersonName, limit: number) {
  return location.askHistory(this.state(OrbitalState), who, limit)
})

When('{person} tries to look at the last {int} positions', function (this: AcceptanceWorld, who: PersonName, limit: number) {
  return location.tryToAskHistory(this.state(OrbitalState), who, limit)
})

Then(
  'the {int} newest positions of {person} are shown, newest first',
  function (this: AcceptanceWorld, count: number, who: PersonName) {
    location.expectHistory(this.state(OrbitalState), who, count)
  },
)

import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { OrbitalScene } from '../../support/services/orbital/state'
import * as events from '../../support/services/orbital/tasks/events'
import * as kept from '../../support/services/orbital/tasks/kept'
import * as location from '../../support/services/orbital/tasks/location'
import type { AcceptanceWorld } from '../../support/world'

Given('other services are listening', function (this: AcceptanceWorld) {
  return events.listen(this.scene(OrbitalScene))
})

When('{person} reports/reported where she is', function (this: AcceptanceWorld, who: PersonName) {
  return location.reportPosition(this.scene(OrbitalScene), who)
})

When(
  '{person} reports/reported where she was {int} minutes ago',
  function (this: AcceptanceWorld, who: PersonName, minutes: number) {
    return location.reportPosition(this.scene(OrbitalScene), who, { minutesAgo: minutes })
  },
)

When('{person} reports/reported {int} positions at once', function (this: AcceptanceWorld, who: PersonName, count: number) {
  return location.reportAtOnce(this.scene(OrbitalScene), who, count)
})

When('{person} reports to the backend that all others use', function (this: AcceptanceWorld, who: PersonName) {
  return location.reportToSharedBackend(this.scene(OrbitalScene), who)
})

When('{person} tries to report where she is', function (this: AcceptanceWorld, who: PersonName) {
  return location.tryToReport(this.scene(OrbitalScene), who)
})

When('{person} tries to report {badReport}', function (this: AcceptanceWorld, who: PersonName, what: string) {
  return location.tryToReport(this.scene(OrbitalScene), who, what)
})

Then('the report is taken without further words', function (this: AcceptanceWorld) {
  location.expectPlainAcceptance(this.scene(OrbitalScene))
})

Then('{person} is shown there', function (this: AcceptanceWorld, who: PersonName) {
  return location.expectShownAt(this.scene(OrbitalScene), who)
})

Then('{person} is still shown where she was first', function (this: AcceptanceWorld, who: PersonName) {
  return location.expectShownAt(this.scene(OrbitalScene), who, 'first')
})

Then('{person} is noted there', function (this: AcceptanceWorld, who: PersonName) {
  return kept.expectRowAt(this.scene(OrbitalScene), who)
})

Then('{person} is still noted where she was first', function (this: AcceptanceWorld, who: PersonName) {
  return kept.expectRowAt(this.scene(OrbitalScene), who, 'first')
})

Then('the position of {person} is at hand for 5 minutes', function (this: AcceptanceWorld, who: PersonName) {
  return location.expectCached(this.scene(OrbitalScene), who)
})

Then('the position of {person} is at hand for {int} seconds', function (this: AcceptanceWorld, who: PersonName, seconds: number) {
  return location.expectCached(this.scene(OrbitalScene), who, seconds)
})

Given('the position of {person} is no longer at hand', function (this: AcceptanceWorld, who: PersonName) {
  return location.forgetCached(this.scene(OrbitalScene), who)
})

Then('every report of {person} is in the history once', function (this: AcceptanceWorld, who: PersonName) {
  return kept.expectDocuments(this.scene(OrbitalScene), who)
})

Then('nothing is noted of {person}', function (this: AcceptanceWorld, who: PersonName) {
  return kept.expectNothingNoted(this.scene(OrbitalScene), who)
})

Then('nothing is kept of {person}', function (this: AcceptanceWorld, who: PersonName) {
  return kept.expectNothingKept(this.scene(OrbitalScene), who)
})

Then('other services learn every position of {person} once', function (this: AcceptanceWorld, who: PersonName) {
  return events.expectPositionsTold(this.scene(OrbitalScene), who)
})

Then('other services learn nothing of {person}', function (this: AcceptanceWorld, who: PersonName) {
  return events.expectNothingTold(this.scene(OrbitalScene), who)
})

When('{person} looks at the past positions', function (this: AcceptanceWorld, who: PersonName) {
  return location.askHistory(this.scene(OrbitalScene), who)
})

When('{person} looks at the last {int} positions', function (this: AcceptanceWorld, who: PersonName, limit: number) {
  return location.askHistory(this.scene(OrbitalScene), who, limit)
})

When('{person} tries to look at the last {int} positions', function (this: AcceptanceWorld, who: PersonName, limit: number) {
  return location.tryToAskHistory(this.scene(OrbitalScene), who, limit)
})

Then(
  'the {int} newest positions of {person} are shown, newest first',
  function (this: AcceptanceWorld, count: number, who: PersonName) {
    location.expectHistory(this.scene(OrbitalScene), who, count)
  },
)

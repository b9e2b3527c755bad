import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { Reports } from '../../support/services/orbital/parameter-types'
import { OrbitalState } from '../../support/services/orbital/state'
import * as events from '../../support/services/orbital/tasks/events'
import * as location from '../../support/services/orbital/tasks/location'
import * as stored from '../../support/services/orbital/tasks/stored'
import type { AcceptanceWorld } from '../../support/world'

Given('other services are subscribed to events', function (this: AcceptanceWorld) {
  return events.subscribe(this.state(OrbitalState))
})

When('{person} reports/reported {reports}', function (this: AcceptanceWorld, who: PersonName, reports: Reports) {
  return location.report(this.state(OrbitalState), who, reports)
})

When('{person} tries/tried to report {attemptedReport}', function (this: AcceptanceWorld, who: PersonName, flaw?: string) {
  return location.tryToReport(this.state(OrbitalState), who, flaw)
})

Then('the report is accepted', function (this: AcceptanceWorld) {
  location.expectAccepted(this.state(OrbitalState))
})

Then('the backend asks to try again later', function (this: AcceptanceWorld) {
  location.expectUnavailable(this.state(OrbitalState))
})

Then(
  "{person}'s newest position is {shownOrStored}",
  function (this: AcceptanceWorld, who: PersonName, where: 'shown' | 'stored') {
    const state = this.state(OrbitalState)
    return where === 'shown' ? location.expectShown(state, who) : stored.expectRow(state, who)
  },
)

Then("{person}'s newest position is cached for {duration}", function (this: AcceptanceWorld, who: PersonName, seconds: number) {
  return stored.expectCached(this.state(OrbitalState), who, seconds)
})

Given("{person}'s cached position expires", function (this: AcceptanceWorld, who: PersonName) {
  return stored.removeCached(this.state(OrbitalState), who)
})

Then('every position {person} reported is in the history exactly once', function (this: AcceptanceWorld, who: PersonName) {
  return stored.expectDocuments(this.state(OrbitalState), who)
})

Then('nothing is stored for {person}', function (this: AcceptanceWorld, who: PersonName) {
  return stored.expectNothing(this.state(OrbitalState), who)
})

Then(
  'other services are notified exactly once of every position {person} reported',
  function (this: AcceptanceWorld, who: PersonName) {
    return events.expectPositions(this.state(OrbitalState), who)
  },
)

Then('no event about {person} is published', function (this: AcceptanceWorld, who: PersonName) {
  return events.expectNone(this.state(OrbitalState), who)
})

When('{person} views {historyPart}', function (this: AcceptanceWorld, who: PersonName, limit: number | null) {
  return location.readHistory(this.state(OrbitalState), who, limit ?? undefined)
})

When('{person} tries to view {historyPart}', function (this: AcceptanceWorld, who: PersonName, limit: number | null) {
  return location.tryToReadHistory(this.state(OrbitalState), who, limit ?? undefined)
})

Then(
  'the {int} newest positions of {person} are listed, newest first',
  function (this: AcceptanceWorld, count: number, who: PersonName) {
    location.expectHistory(this.state(OrbitalState), who, count)
  },
)

import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { PATIENT } from '../../support/services/connector/patience'
import { ConnectorState } from '../../support/services/connector/state'
import * as records from '../../support/services/connector/tasks/records'
import * as runs from '../../support/services/connector/tasks/runs'
import type { AcceptanceWorld } from '../../support/world'

When('{person} starts a run', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return runs.startRun(this.state(ConnectorState), 'run').then(() => undefined)
})

When('{person} starts a run of {string}', PATIENT, function (this: AcceptanceWorld, _who: PersonName, schema: string) {
  return runs.startRunOf(this.state(ConnectorState), schema)
})

When(
  '{person} starts {string} and {string} at once',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, a: string, b: string) {
    return runs.startTogether(this.state(ConnectorState), [a, b])
  },
)

When('{person} runs an extraction', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return runs.runAndWait(this.state(ConnectorState), 'extraction')
})

When('{person} tries to start a run', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return runs.tryToStart(this.state(ConnectorState))
})

When('{person} tries to start the same run again', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return runs.startAgain(this.state(ConnectorState))
})

When('{person} tries to start a run at {string}', PATIENT, function (this: AcceptanceWorld, _who: PersonName, endpoint: string) {
  return runs.tryToStartAt(this.state(ConnectorState), endpoint)
})

Then('no run is started', PATIENT, function (this: AcceptanceWorld) {
  return runs.expectNotStarted(this.state(ConnectorState))
})

When('{person} stops the run', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return runs.stopRun(this.state(ConnectorState))
})

When('{person} tries to stop the run', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return runs.tryToStopEnded(this.state(ConnectorState))
})

When('{person} tries to follow a run that never was', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return runs.tryToFollowNobodys(this.state(ConnectorState))
})

When('the engine lets the run end as {word}', PATIENT, function (this: AcceptanceWorld, status: string) {
  return runs.endByEngine(this.state(ConnectorState), status)
})

Then('the run is under way', PATIENT, function (this: AcceptanceWorld) {
  return runs.expectRunning(this.state(ConnectorState))
})

Then('the run ends as {word}', PATIENT, function (this: AcceptanceWorld, status: string) {
  return runs.expectEnd(this.state(ConnectorState), status)
})

Then('its result tells of the failure', PATIENT, function (this: AcceptanceWorld) {
  return runs.expectFailureTold(this.state(ConnectorState))
})

Then(
  'the run found {int} schemas, {int} tables and {int} columns',
  PATIENT,
  function (this: AcceptanceWorld, schemas: number, tables: number, columns: number) {
    return records.expectCounts(this.state(ConnectorState), { databases: 1, schemas, tables, columns })
  },
)

Then('the run found nothing in the database', PATIENT, function (this: AcceptanceWorld) {
  return records.expectCounts(this.state(ConnectorState), { schemas: 0, tables: 0, columns: 0 })
})

Then('its records are those of {string}', PATIENT, function (this: AcceptanceWorld, file: string) {
  return records.expectBaseline(this.state(ConnectorState), file)
})

Then('every record has its parent', PATIENT, function (this: AcceptanceWorld) {
  return records.expectFamilies(this.state(ConnectorState))
})

Then('the records of {string} are its own', PATIENT, function (this: AcceptanceWorld, name: string) {
  return records.expectUnmixed(this.state(ConnectorState), name, name)
})

Then('the run wrote the queries of {int} view(s)', PATIENT, function (this: AcceptanceWorld, count: number) {
  return records.expectQueries(this.state(ConnectorState), count)
})

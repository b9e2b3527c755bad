import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { STEP_TIMEOUT } from '../../support/services/connector/settings'
import { ConnectorState } from '../../support/services/connector/state'
import * as records from '../../support/services/connector/tasks/records'
import * as runs from '../../support/services/connector/tasks/runs'
import type { AcceptanceWorld } from '../../support/world'

When('{person} (has )start(s)(ed) a run', STEP_TIMEOUT, async function (this: AcceptanceWorld, _who: PersonName) {
  await runs.startRun(this.state(ConnectorState), 'run')
})

When(
  '{person} starts runs of {schemas} at the same time',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, _who: PersonName, schemas: string[]) {
    return runs.startTogether(this.state(ConnectorState), schemas)
  },
)

When('{person} runs an extraction', STEP_TIMEOUT, function (this: AcceptanceWorld, _who: PersonName) {
  return runs.runAndWait(this.state(ConnectorState), 'extraction')
})

When(
  '{person} tries to start {runRequest}',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, _who: PersonName, request: 'a run' | 'the same run again') {
    return runs.tryToStart(this.state(ConnectorState), request)
  },
)

Then('no run is started', function (this: AcceptanceWorld) {
  return runs.expectNotStarted(this.state(ConnectorState))
})

When('{person} (tries to )stop(s) the run', STEP_TIMEOUT, function (this: AcceptanceWorld, _who: PersonName) {
  return runs.tryToStop(this.state(ConnectorState))
})

When(
  '{person} tries to read the status of a run that does not exist',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, _who: PersonName) {
    return runs.tryToReadMissingStatus(this.state(ConnectorState))
  },
)

When('the engine ends the run as {word}', STEP_TIMEOUT, function (this: AcceptanceWorld, status: string) {
  return runs.endByEngine(this.state(ConnectorState), status)
})

Then('the run is in progress', STEP_TIMEOUT, function (this: AcceptanceWorld) {
  return runs.expectRunning(this.state(ConnectorState))
})

Then('the run ends/ended as {word}', STEP_TIMEOUT, function (this: AcceptanceWorld, status: string) {
  return runs.expectEnd(this.state(ConnectorState), status)
})

Then('its result reports the failure', STEP_TIMEOUT, function (this: AcceptanceWorld) {
  return runs.expectFailureReported(this.state(ConnectorState))
})

Then(
  'the run found {int} schema(s), {int} table(s) and {int} column(s)',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, schemas: number, tables: number, columns: number) {
    return records.expectCounts(this.state(ConnectorState), { schemas, tables, columns })
  },
)

Then('the records match the baseline', STEP_TIMEOUT, function (this: AcceptanceWorld) {
  return records.expectBaseline(this.state(ConnectorState))
})

Then('every record has its parent, its run and its connection', STEP_TIMEOUT, function (this: AcceptanceWorld) {
  return records.expectFamilies(this.state(ConnectorState))
})

Then(
  'the runs of {schemas} have only the records of their own schema',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, schemas: string[]) {
    return records.expectUnmixed(this.state(ConnectorState), schemas)
  },
)

Then('the run wrote the queries of {int} view(s)', STEP_TIMEOUT, function (this: AcceptanceWorld, count: number) {
  return records.expectQueries(this.state(ConnectorState), count)
})

import { Given } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { STEP_TIMEOUT } from '../../support/services/connector/settings'
import { ConnectorState } from '../../support/services/connector/state'
import * as filters from '../../support/services/connector/tasks/filters'
import * as records from '../../support/services/connector/tasks/records'
import * as source from '../../support/services/connector/tasks/source'
import type { AcceptanceWorld } from '../../support/world'

Given('{loginChange}', function (this: AcceptanceWorld, words: string) {
  return source.changeLogin(this.state(ConnectorState), words)
})

Given('{person} includes only {inclusion}', function (this: AcceptanceWorld, _who: PersonName, inclusion: filters.Inclusion) {
  filters.include(this.state(ConnectorState), inclusion)
})

Given('{person} excludes {exclusion}', function (this: AcceptanceWorld, _who: PersonName, exclusion: filters.Exclusion) {
  filters.exclude(this.state(ConnectorState), exclusion)
})

Given('the input of the run has {inputFlaw}', function (this: AcceptanceWorld, flaw: string) {
  source.spoilInput(this.state(ConnectorState), flaw)
})

Given(
  'the source has a schema {string} with a table and a view of it',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, name: string) {
    return source.makeOwnSchema(this.state(ConnectorState), name)
  },
)

Given('the table of {string} is locked', STEP_TIMEOUT, function (this: AcceptanceWorld, name: string) {
  return source.lock(this.state(ConnectorState), name)
})

Given('runs start at {string}', function (this: AcceptanceWorld, endpoint: string) {
  this.state(ConnectorState).endpoint = endpoint
})

Given('runs use the queries entrypoint', function (this: AcceptanceWorld) {
  records.useQueriesEntrypoint(this.state(ConnectorState))
})

/** The hook reads the reason from the sentence before any step runs: see hooks.steps.ts. */
Given('the scenario is skipped because {string}', function (this: AcceptanceWorld, reason: string) {
  throw new Error(`The scenario should have been skipped before its first step: ${reason}`)
})

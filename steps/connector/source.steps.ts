import { type DataTable, Given } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { FLAWS } from '../../support/services/connector/flaws'
import { ConnectorState } from '../../support/services/connector/state'
import * as filters from '../../support/services/connector/tasks/filters'
import * as source from '../../support/services/connector/tasks/source'
import type { AcceptanceWorld } from '../../support/world'

Given('{flaw}', function (this: AcceptanceWorld, flaw: string) {
  return FLAWS[flaw]?.(this.state(ConnectorState))
})

Given('the connector logs in as a read-only user', function (this: AcceptanceWorld) {
  return source.logInReadOnly(this.state(ConnectorState))
})

Given('{person} includes {schemas} only', function (this: AcceptanceWorld, _who: PersonName, schemas: string[]) {
  return filters.include(this.state(ConnectorState), schemas)
})

Given('{person} includes {schemas} only, as text', function (this: AcceptanceWorld, _who: PersonName, schemas: string[]) {
  return filters.includeAsText(this.state(ConnectorState), schemas)
})

Given('{person} excludes {schemas}', function (this: AcceptanceWorld, _who: PersonName, schemas: string[]) {
  return filters.exclude(this.state(ConnectorState), schemas)
})

Given('{person} includes the database {string}', function (this: AcceptanceWorld, _who: PersonName, database: string) {
  return filters.includeDatabase(this.state(ConnectorState), database)
})

Given('{person} includes a schema {string} that is not there', function (this: AcceptanceWorld, _who: PersonName, name: string) {
  return filters.includeMissingSchema(this.state(ConnectorState), name)
})

Given('{person} leaves out tables like {string}', function (this: AcceptanceWorld, _who: PersonName, pattern: string) {
  return filters.leaveOutTables(this.state(ConnectorState), pattern)
})

Given('{person} gives a run', function (this: AcceptanceWorld, _who: PersonName, table: DataTable) {
  return source.give(this.state(ConnectorState), table.raw())
})

Given('the connection is called {string}', function (this: AcceptanceWorld, name: string) {
  return source.nameConnection(this.state(ConnectorState), name)
})

Given('the source has a schema {string} with a table and a view of it', function (this: AcceptanceWorld, name: string) {
  return source.makeOwnSchema(this.state(ConnectorState), name)
})

Given('the table of {string} is being rebuilt', function (this: AcceptanceWorld, name: string) {
  return source.rebuild(this.state(ConnectorState), name)
})

Given('runs start at {string}', function (this: AcceptanceWorld, endpoint: string) {
  return source.startAt(this.state(ConnectorState), endpoint)
})

Given('the app may take {int} seconds to answer', function (this: AcceptanceWorld, seconds: number) {
  return source.allowSeconds(this.state(ConnectorState), seconds)
})

import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { PATIENT } from '../../support/services/connector/patience'
import { ConnectorState } from '../../support/services/connector/state'
import * as config from '../../support/services/connector/tasks/config'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} saves the configuration {string}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, name: string, table: DataTable) {
    return config.save(this.state(ConnectorState), name, table.rowsHash())
  },
)

Given(
  '{person} has saved the configuration {string}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, name: string, table: DataTable) {
    return config.save(this.state(ConnectorState), name, table.rowsHash())
  },
)

Given(
  '{person} has saved the configuration {string} for {word}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, name: string, type: string, table: DataTable) {
    return config.save(this.state(ConnectorState), name, table.rowsHash(), type)
  },
)

When(
  '{person} saves nothing as the configuration {string}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, name: string) {
    return config.save(this.state(ConnectorState), name, null)
  },
)

When(
  '{person} saves the list {string} as the configuration {string}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, list: string, name: string) {
    return config.save(this.state(ConnectorState), name, list.split(', '))
  },
)

When(
  '{person} tries to read the configuration {string}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, name: string) {
    return config.tryToRead(this.state(ConnectorState), name)
  },
)

When(
  '{person} tries to save a configuration as {string}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, id: string) {
    return config.tryToSaveUnder(this.state(ConnectorState), id)
  },
)

When(
  '{person} tries to read a configuration as {string}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, id: string) {
    return config.tryToReadUnder(this.state(ConnectorState), id)
  },
)

Then(
  '{person} reads the configuration {string}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, name: string, table: DataTable) {
    return config.expectStored(this.state(ConnectorState), name, table.rowsHash())
  },
)

Then(
  '{person} reads the configuration {string} for {word}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, name: string, type: string, table: DataTable) {
    return config.expectStored(this.state(ConnectorState), name, table.rowsHash(), type)
  },
)

Then(
  '{person} reads the list {string} as the configuration {string}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, list: string, name: string) {
    return config.expectStored(this.state(ConnectorState), name, list.split(', '))
  },
)

Then("the connector's settings show the host and no secret", PATIENT, function (this: AcceptanceWorld) {
  return config.expectOnlyOpenPart(this.state(ConnectorState))
})

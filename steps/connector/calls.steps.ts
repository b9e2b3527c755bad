import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { Api } from '../../support/services/connector/client'
import { STEP_TIMEOUT } from '../../support/services/connector/settings'
import { ConnectorState } from '../../support/services/connector/state'
import * as calls from '../../support/services/connector/tasks/calls'
import type { AcceptanceWorld } from '../../support/world'

When('{person} calls {api}', STEP_TIMEOUT, function (this: AcceptanceWorld, _who: PersonName, api: Api) {
  return calls.call(this.state(ConnectorState), api)
})

When(
  '{person} (has )call(s)(ed) {api} with',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, _who: PersonName, api: Api, table: DataTable) {
    return calls.call(this.state(ConnectorState), api, table.raw())
  },
)

Then('the response has', function (this: AcceptanceWorld, table: DataTable) {
  return calls.expectResponse(this.state(ConnectorState), table.raw())
})

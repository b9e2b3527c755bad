import { When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as colonies from '../../support/services/colony/tasks/colonies'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} {joins} the colony {string}',
  function (this: AcceptanceWorld, who: PersonName, act: 'join' | 'leave', name: string) {
    return colonies.change(this.state(ColonyState), who, act, name)
  },
)

When(
  '{person} tries to {join} the colony {string}',
  function (this: AcceptanceWorld, who: PersonName, act: 'join' | 'leave', name: string) {
    return colonies.tryTo(this.state(ColonyState), who, act, name)
  },
)

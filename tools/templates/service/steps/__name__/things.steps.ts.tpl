import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { __Name__State } from '../../support/services/__name__/state'
import * as things from '../../support/services/__name__/tasks/things'
import type { AcceptanceWorld } from '../../support/world'

When('{person} make(s)/(has )made the __name__ thing {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return things.make(this.state(__Name__State), who, title)
})

When('{person} tries to remove the __name__ thing {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return things.tryToRemove(this.state(__Name__State), who, title)
})

Then('{person} can read the __name__ thing {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return things.expectReadable(this.state(__Name__State), who, title)
})

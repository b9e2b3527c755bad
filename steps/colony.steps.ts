import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../support/parameter-types'
import { ColonyScene } from '../support/services/colony/scene'
import { expectReadable, publish } from '../support/services/colony/tasks'
import type { AcceptanceWorld } from '../support/world'

When('{person} posts {string}', async function (this: AcceptanceWorld, who: PersonName, title: string) {
  await publish(this.scene(ColonyScene), who, title)
})

Then('{person} can read {string}', async function (this: AcceptanceWorld, who: PersonName, title: string) {
  await expectReadable(this.scene(ColonyScene), who, title)
})

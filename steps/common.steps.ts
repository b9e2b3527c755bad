import { Then } from '@cucumber/cucumber'
import { expectRefusal } from '../support/assertions/refusal'
import type { AcceptanceWorld } from '../support/world'

Then('it is refused because {reason}', function (this: AcceptanceWorld, words: string) {
  expectRefusal(this, words)
})

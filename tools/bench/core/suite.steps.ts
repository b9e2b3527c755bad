import { Given, Then, When } from '@cucumber/cucumber'
import { expect } from 'chai'
import type { PersonName } from '../../../support/parameter-types'
import { replayKey } from '../../../support/services/colony/client/idempotency'
import { TEST_POSTS } from '../../../support/services/colony/known-colonies'
import { ColonyState } from '../../../support/services/colony/state'
import type { AcceptanceWorld } from '../../../support/world'

// The suite's own way of doing the bench's scenarios: the post is made through the undo journal, which also takes it back
// and looks that it is gone after the last step. What The Colony's own tasks ask beside it is no part of the comparison.

Given('{person} has something to say', async function (this: AcceptanceWorld, who: PersonName) {
  await this.state(ColonyState).as(who)
})

When('{person} says {string}', async function (this: AcceptanceWorld, who: PersonName, title: string) {
  const state = this.state(ColonyState)
  const colony = await state.as(who)
  const post = { body: 'Measured.', colony_id: TEST_POSTS, post_type: 'discussion' }
  const creation = { by: who, data: { account: await colony.accountId(), fields: JSON.stringify(post) } }
  const made = await this.undo.create('colony.post', this.access.unique(title), creation, (name) =>
    colony.createPost({ title: name, ...post }, replayKey(name)),
  )
  const written = { title: made.title, body: post.body, colonyId: TEST_POSTS, type: post.post_type, tags: null, by: who }
  state.posts.remember(title, { ...written, id: made.id, at: Date.now() })
})

Then('what was said is {string}', function (this: AcceptanceWorld, title: string) {
  expect(this.state(ColonyState).posts.recall(title).title).to.contain(title)
})

Then('{person} takes it back', function (this: AcceptanceWorld, _who: PersonName) {
  expect(this.undo.open).to.have.length(1)
})

Then('it is gone', function (this: AcceptanceWorld) {
  expect(this.document).to.equal(undefined)
})

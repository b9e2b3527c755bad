import { Given, Then, When } from '@cucumber/cucumber'
import { expect } from 'chai'
import type { PersonName } from '../../../support/parameter-types'
import { replayKey } from '../../../support/services/colony/client/idempotency'
import { TEST_POSTS } from '../../../support/services/colony/known-colonies'
import { ColonyState } from '../../../support/services/colony/state'
import type { AcceptanceWorld } from '../../../support/world'

// The same scenarios with the suite: the post is created through the undo journal, which also deletes it and verifies this after
// the last step. Further checks of The Colony's own tasks are not part of the comparison.

Given('{person} has an account', async function (this: AcceptanceWorld, who: PersonName) {
  await this.state(ColonyState).as(who)
})

When('{person} publishes the bench post {string}', async function (this: AcceptanceWorld, who: PersonName, title: string) {
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

Then('the title of the bench post is {string}', function (this: AcceptanceWorld, title: string) {
  expect(this.state(ColonyState).posts.recall(title).title).to.equal(this.undo.open[0]?.name)
})

Then('{person} deletes the bench post', function (this: AcceptanceWorld, _who: PersonName) {
  expect(this.undo.open.length).to.equal(1)
})

Then('the bench post is deleted', function (this: AcceptanceWorld) {
  expect(this.document).to.equal(undefined)
})

import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import { ChatScene } from '../../support/chat/state'
import * as mentions from '../../support/chat/tasks/mentions'
import type { PersonName } from '../../support/parameter-types'
import { LONGEST_WAIT_FOR_SOMEBODY } from '../../support/run/human'
import type { AcceptanceWorld } from '../../support/world'

When('Ada mentions {people} in {string}', function (this: AcceptanceWorld, people: PersonName[], text: string) {
  return mentions.mention(this.scene(ChatScene), 'Ada', text, { people })
})

When('Ada mentions the channel in {string}', function (this: AcceptanceWorld, text: string) {
  return mentions.mention(this.scene(ChatScene), 'Ada', text, { channel: true })
})

When('Ada mentions {person} and the channel in {string}', function (this: AcceptanceWorld, whom: PersonName, text: string) {
  return mentions.mention(this.scene(ChatScene), 'Ada', text, { people: [whom], channel: true })
})

When('Ada mentions everybody in {string}', function (this: AcceptanceWorld, text: string) {
  return mentions.mentionEverybody(this.scene(ChatScene), text)
})

Then('{string} mentions {person}', function (this: AcceptanceWorld, text: string, whom: PersonName) {
  return mentions.expectMentions(this.scene(ChatScene), text, whom)
})

Then('{string} mentions nobody', function (this: AcceptanceWorld, text: string) {
  return mentions.expectMentionsNobody(this.scene(ChatScene), text)
})

Then('{string} mentions the channel', function (this: AcceptanceWorld, text: string) {
  return mentions.expectMentionsChannel(this.scene(ChatScene), text)
})

Then('{string} mentions everybody', function (this: AcceptanceWorld, text: string) {
  return mentions.expectMentionsEverybody(this.scene(ChatScene), text)
})

Given('{person} listens to the channel', function (this: AcceptanceWorld, who: PersonName) {
  return mentions.listen(this.scene(ChatScene), who)
})

When('{person} calls on Ada with {string}', function (this: AcceptanceWorld, by: PersonName, text: string) {
  return mentions.mentionTheBot(this.scene(ChatScene), by, text)
})

When('{person} says {string} in the channel', function (this: AcceptanceWorld, by: PersonName, text: string) {
  return mentions.speakUp(this.scene(ChatScene), by, text)
})

Then(
  '{person} hears {string}',
  { timeout: LONGEST_WAIT_FOR_SOMEBODY },
  function (this: AcceptanceWorld, who: PersonName, text: string) {
    return mentions.expectHeard(this.scene(ChatScene), who, text)
  },
)

Then('{person} hears each of these once:', function (this: AcceptanceWorld, who: PersonName, texts: DataTable) {
  return mentions.expectHeardOnce(this.scene(ChatScene), who, texts.raw().flat())
})

Then('{string} was meant for Ada', function (this: AcceptanceWorld, text: string) {
  return mentions.expectHeardMention(this.scene(ChatScene), text)
})

Then('Ada can quote {string} in {string}', function (this: AcceptanceWorld, heard: string, text: string) {
  return mentions.quoteBack(this.scene(ChatScene), heard, text)
})

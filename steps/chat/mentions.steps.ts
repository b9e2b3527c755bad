import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import { ChatState } from '../../support/chat/state'
import * as mentions from '../../support/chat/tasks/mentions'
import type { PersonName } from '../../support/parameter-types'
import { LONGEST_WAIT_FOR_SOMEBODY } from '../../support/run/human'
import type { AcceptanceWorld } from '../../support/world'

When('Ada mentions {people} in {string}', function (this: AcceptanceWorld, people: PersonName[], text: string) {
  return mentions.mention(this.state(ChatState), 'Ada', text, { people })
})

When('Ada mentions the channel in {string}', function (this: AcceptanceWorld, text: string) {
  return mentions.mention(this.state(ChatState), 'Ada', text, { channel: true })
})

When('Ada mentions {person} and the channel in {string}', function (this: AcceptanceWorld, whom: PersonName, text: string) {
  return mentions.mention(this.state(ChatState), 'Ada', text, { people: [whom], channel: true })
})

When('Ada mentions everybody in {string}', function (this: AcceptanceWorld, text: string) {
  return mentions.mentionEverybody(this.state(ChatState), text)
})

Then('{string} mentions {person}', function (this: AcceptanceWorld, text: string, whom: PersonName) {
  return mentions.expectMentions(this.state(ChatState), text, whom)
})

Then('{string} mentions nobody', function (this: AcceptanceWorld, text: string) {
  return mentions.expectMentionsNobody(this.state(ChatState), text)
})

Then('{string} mentions the channel', function (this: AcceptanceWorld, text: string) {
  return mentions.expectMentionsChannel(this.state(ChatState), text)
})

Then('{string} mentions everybody', function (this: AcceptanceWorld, text: string) {
  return mentions.expectMentionsEverybody(this.state(ChatState), text)
})

Given('{person} listens to the channel', function (this: AcceptanceWorld, who: PersonName) {
  return mentions.listen(this.state(ChatState), who)
})

When('{person} calls on Ada with {string}', function (this: AcceptanceWorld, by: PersonName, text: string) {
  return mentions.mentionTheBot(this.state(ChatState), by, text)
})

When('{person} says {string} in the channel', function (this: AcceptanceWorld, by: PersonName, text: string) {
  return mentions.speakUp(this.state(ChatState), by, text)
})

Then(
  '{person} hears {string}',
  { timeout: LONGEST_WAIT_FOR_SOMEBODY },
  function (this: AcceptanceWorld, who: PersonName, text: string) {
    return mentions.expectHeard(this.state(ChatState), who, text)
  },
)

Then('{person} hears each of these once:', function (this: AcceptanceWorld, who: PersonName, texts: DataTable) {
  return mentions.expectHeardOnce(this.state(ChatState), who, texts.raw().flat())
})

Then('{string} was meant for Ada', function (this: AcceptanceWorld, text: string) {
  return mentions.expectHeardMention(this.state(ChatState), text)
})

Then('Ada can quote {string} in {string}', function (this: AcceptanceWorld, heard: string, text: string) {
  return mentions.quoteBack(this.state(ChatState), heard, text)
})

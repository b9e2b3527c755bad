import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import { LONGEST_WAIT_FOR_PERSON } from '../../support/chat/human'
import type { Mentions } from '../../support/chat/parameter-types'
import { ChatState } from '../../support/chat/state'
import * as mentions from '../../support/chat/tasks/mentions'
import type { PersonName } from '../../support/parameter-types'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} mentions/mentioned {mentioned} in {string}',
  function (this: AcceptanceWorld, who: PersonName, mentioned: Mentions, text: string) {
    return mentions.mention(this.state(ChatState), who, mentioned, text)
  },
)

Then('{string} mentions {mentioned}', function (this: AcceptanceWorld, text: string, mentioned: Mentions) {
  return mentions.expectMentions(this.state(ChatState), text, mentioned)
})

Given('Ada is listening to the channel', function (this: AcceptanceWorld) {
  return mentions.listen(this.state(ChatState))
})

Then(
  'Ada receives/received {string} from {person}',
  { timeout: LONGEST_WAIT_FOR_PERSON },
  function (this: AcceptanceWorld, text: string, from: PersonName) {
    return mentions.expectReceived(this.state(ChatState), text, from)
  },
)

Then('Ada receives exactly these messages:', function (this: AcceptanceWorld, texts: DataTable) {
  return mentions.expectReceivedOnce(this.state(ChatState), texts.raw().flat())
})

When('Ada quotes {string} in {string}', function (this: AcceptanceWorld, received: string, text: string) {
  return mentions.quote(this.state(ChatState), received, text)
})

Then('{string} quotes {string}', function (this: AcceptanceWorld, text: string, quoted: string) {
  return mentions.expectQuotes(this.state(ChatState), text, quoted)
})

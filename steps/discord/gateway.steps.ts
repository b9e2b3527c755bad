import { Given, Then, When } from '@cucumber/cucumber'
import { ChatState } from '../../support/chat/state'
import type { PersonName } from '../../support/parameter-types'
import type { DiscordTarget, Interruption, SignIn } from '../../support/services/discord/parameter-types'
import * as gateway from '../../support/services/discord/tasks/gateway'
import * as guild from '../../support/services/discord/tasks/guild'
import type { AcceptanceWorld } from '../../support/world'

When('Ada connects to the gateway', function (this: AcceptanceWorld) {
  return gateway.connect(this.state(ChatState))
})

Then('the gateway session belongs to {person}', function (this: AcceptanceWorld, who: PersonName) {
  return gateway.expectSessionOf(this.state(ChatState), who)
})

When('Ada opens and closes {int} gateway sessions', function (this: AcceptanceWorld, times: number) {
  return gateway.openAndClose(this.state(ChatState), times)
})

Then('every gateway session belonged to {person} and is closed', function (this: AcceptanceWorld, who: PersonName) {
  return gateway.expectAllClosed(this.state(ChatState), who)
})

When('Ada tries to {signIn}', function (this: AcceptanceWorld, how: SignIn) {
  return gateway.tryToSignIn(this.state(ChatState), how)
})

Given('Ada lacks {grant}', function (this: AcceptanceWorld, permission: string | undefined) {
  return gateway.revoke(this.state(ChatState), permission)
})

Given('{person} accepts no direct messages', function (this: AcceptanceWorld, who: PersonName) {
  return gateway.refuseDirects(this.state(ChatState), who)
})

Given('Discord {interruption} of Ada', function (this: AcceptanceWorld, how: Interruption) {
  return gateway.interrupt(this.state(ChatState), how)
})

Then("Ada's gateway session was resumed", function (this: AcceptanceWorld) {
  return gateway.expectResumed(this.state(ChatState))
})

When('Ada lists her guilds', function (this: AcceptanceWorld) {
  return guild.listGuilds(this.state(ChatState))
})

Then('the guild of the tests is listed once, with its name', function (this: AcceptanceWorld) {
  return guild.expectGuildListed(this.state(ChatState))
})

Then('the channel is a text channel of the guild', function (this: AcceptanceWorld) {
  return guild.expectTextChannel(this.state(ChatState))
})

Then(
  'the profile of {person} has a username, a discriminator and no bot flag',
  function (this: AcceptanceWorld, who: PersonName) {
    return guild.expectProfile(this.state(ChatState), who)
  },
)

When('Ada tries to look up {discordTarget}', function (this: AcceptanceWorld, target: DiscordTarget) {
  return guild.tryToLookUp(this.state(ChatState), target)
})

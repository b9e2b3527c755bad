import { Given, Then, When } from '@cucumber/cucumber'
import type { Presence } from '../../support/chat/adapter'
import { ChatState } from '../../support/chat/state'
import type { PersonName } from '../../support/parameter-types'
import * as discord from '../../support/services/discord/tasks/gateway'
import * as guild from '../../support/services/discord/tasks/guild'
import type { AcceptanceWorld } from '../../support/world'

When('Ada connects to the gateway', function (this: AcceptanceWorld) {
  return discord.connect(this.state(ChatState))
})

Then('the gateway knows {person} as connected', function (this: AcceptanceWorld, who: PersonName) {
  return discord.expectConnectedAs(this.state(ChatState), who)
})

Then('Ada can come and go {int} times', function (this: AcceptanceWorld, times: number) {
  return discord.comeAndGo(this.state(ChatState), times)
})

When('Ada tries to come in with a token that never was', function (this: AcceptanceWorld) {
  return discord.tryWrongToken(this.state(ChatState))
})

When('Ada tries to connect to the gateway with a token that never was', function (this: AcceptanceWorld) {
  return discord.tryWrongTokenAtGateway(this.state(ChatState))
})

Given('no privileged intent is switched on for Ada', function (this: AcceptanceWorld) {
  return discord.loseIntents(this.state(ChatState))
})

When('Ada tries to connect to the gateway to see who is there', function (this: AcceptanceWorld) {
  return discord.tryToObserve(this.state(ChatState))
})

Given('Ada may not {permitted}', function (this: AcceptanceWorld, what: string) {
  return discord.forbid(this.state(ChatState), what)
})

Given('{person} takes no private messages', function (this: AcceptanceWorld, who: PersonName) {
  return discord.closeDirects(this.state(ChatState), who)
})

When('Discord asks Ada to connect again', function (this: AcceptanceWorld) {
  return discord.breakConnection(this.state(ChatState), 'reconnect')
})

When('the connection of Ada breaks', function (this: AcceptanceWorld) {
  return discord.breakConnection(this.state(ChatState), 'close')
})

Then('the session of Ada goes on', function (this: AcceptanceWorld) {
  return discord.expectResumed(this.state(ChatState))
})

When('{person} becomes {presence}', function (this: AcceptanceWorld, who: PersonName, presence: Presence) {
  return discord.showPresence(this.state(ChatState), who, presence)
})

Then('the guild is among those Ada belongs to', function (this: AcceptanceWorld) {
  return guild.expectGuildListed(this.state(ChatState))
})

Then('Ada finds the guild by its name', function (this: AcceptanceWorld) {
  return guild.expectGuildByName(this.state(ChatState))
})

Then('it is a text channel of the guild', function (this: AcceptanceWorld) {
  return guild.expectTextChannel(this.state(ChatState))
})

Then('all that is known of {person} can be read', function (this: AcceptanceWorld, who: PersonName) {
  return guild.expectUserFields(this.state(ChatState), who)
})

When('Ada tries to look up a guild that never was', function (this: AcceptanceWorld) {
  return guild.tryUnknownGuild(this.state(ChatState))
})

When('Ada tries to look up a channel behind closed doors', function (this: AcceptanceWorld) {
  return guild.tryHiddenChannel(this.state(ChatState))
})

When('Ada tries to react with an emoji that never was to {string}', function (this: AcceptanceWorld, text: string) {
  return guild.tryUnknownEmoji(this.state(ChatState), text)
})

When('Ada tries to write to an account that never was', function (this: AcceptanceWorld) {
  return guild.tryToWriteToNobody(this.state(ChatState))
})

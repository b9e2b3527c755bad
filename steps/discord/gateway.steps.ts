import { Given, Then, When } from '@cucumber/cucumber'
import type { Presence } from '../../support/chat/adapter'
import { ChatScene } from '../../support/chat/state'
import type { PersonName } from '../../support/parameter-types'
import * as discord from '../../support/services/discord/tasks/gateway'
import * as guild from '../../support/services/discord/tasks/guild'
import type { AcceptanceWorld } from '../../support/world'

When('Ada connects to the gateway', function (this: AcceptanceWorld) {
  return discord.connect(this.scene(ChatScene))
})

Then('the gateway knows {person} as connected', function (this: AcceptanceWorld, who: PersonName) {
  return discord.expectConnectedAs(this.scene(ChatScene), who)
})

Then('Ada can come and go {int} times', function (this: AcceptanceWorld, times: number) {
  return discord.comeAndGo(this.scene(ChatScene), times)
})

When('Ada tries to come in with a token that never was', function (this: AcceptanceWorld) {
  return discord.tryWrongToken(this.scene(ChatScene))
})

When('Ada tries to connect to the gateway with a token that never was', function (this: AcceptanceWorld) {
  return discord.tryWrongTokenAtGateway(this.scene(ChatScene))
})

Given('no privileged intent is switched on for Ada', function (this: AcceptanceWorld) {
  return discord.loseIntents(this.scene(ChatScene))
})

When('Ada tries to connect to the gateway to see who is there', function (this: AcceptanceWorld) {
  return discord.tryToObserve(this.scene(ChatScene))
})

Given('Ada may not {permitted}', function (this: AcceptanceWorld, what: string) {
  return discord.forbid(this.scene(ChatScene), what)
})

Given('{person} takes no private messages', function (this: AcceptanceWorld, who: PersonName) {
  return discord.closeDirects(this.scene(ChatScene), who)
})

When('Discord asks Ada to connect again', function (this: AcceptanceWorld) {
  return discord.breakConnection(this.scene(ChatScene), 'reconnect')
})

When('the connection of Ada breaks', function (this: AcceptanceWorld) {
  return discord.breakConnection(this.scene(ChatScene), 'close')
})

Then('the session of Ada goes on', function (this: AcceptanceWorld) {
  return discord.expectResumed(this.scene(ChatScene))
})

When('{person} becomes {presence}', function (this: AcceptanceWorld, who: PersonName, presence: Presence) {
  return discord.showPresence(this.scene(ChatScene), who, presence)
})

Then('the guild is among those Ada belongs to', function (this: AcceptanceWorld) {
  return guild.expectGuildListed(this.scene(ChatScene))
})

Then('Ada finds the guild by its name', function (this: AcceptanceWorld) {
  return guild.expectGuildByName(this.scene(ChatScene))
})

Then('it is a text channel of the guild', function (this: AcceptanceWorld) {
  return guild.expectTextChannel(this.scene(ChatScene))
})

Then('all that is known of {person} can be read', function (this: AcceptanceWorld, who: PersonName) {
  return guild.expectUserFields(this.scene(ChatScene), who)
})

When('Ada tries to look up a guild that never was', function (this: AcceptanceWorld) {
  return guild.tryUnknownGuild(this.scene(ChatScene))
})

When('Ada tries to look up a channel behind closed doors', function (this: AcceptanceWorld) {
  return guild.tryHiddenChannel(this.scene(ChatScene))
})

When('Ada tries to react with an emoji that never was to {string}', function (this: AcceptanceWorld, text: string) {
  return guild.tryUnknownEmoji(this.scene(ChatScene), text)
})

When('Ada tries to write to an account that never was', function (this: AcceptanceWorld) {
  return guild.tryToWriteToNobody(this.scene(ChatScene))
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { liveAddress } from '../../../../support/config/address'
import type { Failure } from '../../../../support/http/errors'
import { rateLimitSkip } from '../../../../support/http/used-up'
import { decideTargets } from '../../../../support/run/targets'
import { INTENTS, LISTENING } from '../../../../support/services/discord/intents'
import { discord } from '../../../../support/services/discord/service'

const failure = (what: Partial<Failure>): Failure => ({
  service: 'discord',
  method: 'POST',
  path: '/channels/1/messages',
  status: 403,
  body: '',
  curl: '',
  ...what,
})
const excused = (what: Partial<Failure>) => discord.skipReasonOf?.(failure(what))

describe('the configuration of Discord', () => {
  const whole = {
    DISCORD_BOT_TOKEN: 'a.b.c',
    DISCORD_TEST_CHANNEL_ID: '123456789012345678',
    DISCORD_TEST_USER_ID: '987654321098765432',
  }

  // DIS-001
  test('without token, channel or user it does not run live, and reports the missing variables', () => {
    const { targets } = decideTargets([discord], {}, 'live')
    expect(targets).to.deep.equal([{ service: 'discord', kind: 'none', missing: Object.keys(whole) }])
    expect(decideTargets([discord], whole, undefined).targets[0]).to.include({ kind: 'live' })
    for (const name of Object.keys(whole)) {
      const { errors, targets } = decideTargets([discord], { ...whole, [name]: '' }, undefined)
      expect(targets[0]).to.deep.include({ kind: 'none', missing: [name] })
      expect(errors.join()).to.include(name)
    }
    expect(decideTargets([discord], {}, undefined).targets[0]).to.include({ kind: 'sandbox' })
  })

  // DIS-001
  test('the bot asks for guilds, their messages, reactions and direct messages, and no privileged intent', () => {
    expect([INTENTS.GUILDS, INTENTS.GUILD_MESSAGES, INTENTS.GUILD_MESSAGE_REACTIONS, INTENTS.DIRECT_MESSAGES]).to.deep.equal([
      1, 512, 1024, 4096,
    ])
    expect(LISTENING).to.equal(1 + 512 + 1024 + 4096)
  })

  test('an address may be given with the version or without', () => {
    for (const given of ['https://discord.com/api', 'https://discord.com/api/', 'https://discord.com/api/v10'])
      expect(liveAddress(discord, { DISCORD_API_URL: given })).to.equal('https://discord.com/api')
  })

  test('ids are snowflakes, and the token has no prefix', () => {
    const { errors } = decideTargets(
      [discord],
      { ...whole, DISCORD_BOT_TOKEN: 'Bot a.b.c', DISCORD_TEST_USER_ID: '@ben' },
      undefined,
    )
    expect(errors).to.have.lengthOf(2)
    expect(errors.join('\n')).to.include('DISCORD_BOT_TOKEN').and.include('DISCORD_TEST_USER_ID').and.not.include('a.b.c')
  })
})

describe('live failures that skip the scenario', () => {
  // DIS-111
  test('a missing permission is named by the call that needs it', () => {
    const reaction = { method: 'PUT', path: '/channels/1/messages/2/reactions/%F0%9F%91%8D/@me', code: '50013' }
    expect(excused({ code: '50013' })).to.deep.equal({
      reason: 'the bot lacks a permission for POST /channels/1/messages',
      toSet: 'the permissions Send Messages, Send Messages in Threads and Attach Files in the test channel',
    })
    expect(excused(reaction)?.toSet).to.include('Add Reactions')
    expect(excused({ path: '/channels/1/messages/2/threads', code: '50013' })?.toSet).to.include('Create Public Threads')
    expect(excused({ method: 'GET', path: '/channels/1/messages?limit=5', code: '50001' })?.toSet).to.include('View Channels')
    expect(excused({ code: '160002', status: 403 })?.toSet).to.include('Read Message History')
  })

  // DIS-111
  test('missing access is named with what cannot be seen, and a rate limit with its end', () => {
    expect(excused({ method: 'GET', path: '/channels/123456789012345678', code: '50001' })).to.deep.equal({
      reason: 'the bot cannot see /channels/…',
      toSet: 'the permission View Channels in the test channel',
    })
    const limited = rateLimitSkip(failure({ status: 429, path: '/channels/123456789012345678/messages', retryAfter: 90 }))
    expect(limited?.reason).to.equal("the account's budget for POST /channels/…/messages is used up")
    const [, end = ''] = /^try again after (\d{4}-\d\d-\d\dT\d\d:\d\dZ)$/.exec(limited?.toSet ?? '') ?? []
    expect(Date.parse(end) - Date.now()).to.be.within(89_000, 150_000)
    expect(rateLimitSkip(failure({ status: 429 }))?.toSet).to.equal('try again later')
    expect(rateLimitSkip(failure({ status: 403 }))).to.equal(undefined)
  })

  test('a missing intent is named', () => {
    expect(excused({ method: 'IDENTIFY', path: '/gateway', code: '4014' })?.toSet).to.include('Presence Intent')
    expect(excused({ method: 'GET', path: '/guilds/1/members?limit=1000', code: '50001' })?.toSet).to.include(
      'Server Members Intent',
    )
  })

  test('a user who accepts no direct messages is not a defect of Discord', () => {
    expect(excused({ code: '50007' })?.reason).to.include('direct messages')
    expect(excused({ status: 404, code: '10013', path: '/users/@me/channels' })?.toSet).to.equal('DISCORD_TEST_USER_ID')
  })

  test('anything else is a failure', () => {
    expect(excused({ status: 404, code: '10008' })).to.equal(undefined)
    expect(excused({ status: 400, code: '50035' })).to.equal(undefined)
    expect(excused({ status: 404, code: '10013', method: 'GET', path: '/users/1' })).to.equal(undefined)
  })
})

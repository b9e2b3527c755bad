import { describe, test } from 'node:test'
import { expect } from 'chai'
import { eventually } from '../../kit/test/eventually'
import { ownSlack } from './support/server'
import { listen, newPeople, says } from './support/socket-client'

const slack = ownSlack()

describe('events', () => {
  // SLK-100, SLK-101, SLK-031
  test('a message is sent as a message event, and as a mention if it mentions the bot', async () => {
    const who = await newPeople(slack)
    const ear = await listen(slack, who)
    const { ts } = await says(slack, who, `<@${who.Ada.userId}> hi`)
    await eventually(() => expect(ear.received).to.have.length(3))
    const [, envelope] = ear.received
    expect(envelope).to.include({ type: 'events_api', accepts_response_payload: false, retry_attempt: 0, retry_reason: '' })
    expect(envelope.payload).to.include({
      type: 'event_callback',
      team_id: who.Ada.teamId,
      api_app_id: who.Ada.appId,
      is_ext_shared_channel: false,
    })
    expect(envelope.payload.event_id).to.match(/^Ev/)
    expect(envelope.payload.authorizations).to.deep.equal([
      { enterprise_id: null, team_id: who.Ada.teamId, user_id: who.Ada.userId, is_bot: true, is_enterprise_install: false },
    ])
    const [message] = ear.events('message')
    expect(message).to.include({
      channel: who.Ada.channelId,
      channel_type: 'channel',
      user: who.Ben.userId,
      ts,
      event_ts: ts,
      team: who.Ada.teamId,
    })
    const [mention] = ear.events('app_mention')
    expect(mention).to.include({ channel: who.Ada.channelId, user: who.Ben.userId, ts, text: `<@${who.Ada.userId}> hi` })
    expect(mention).to.not.have.property('channel_type')
  })

  test('changes, deletions, reactions, members, direct conversations and profiles', async () => {
    const who = await newPeople(slack)
    const as = who.Ada.botToken ?? ''
    const ben = who.Ben.userToken ?? ''
    const channel = who.Ada.channelId
    const ear = await listen(slack, who)
    const { ts } = await slack.ok('chat.postMessage', { channel, text: 'x' }, { as })
    await slack.ok('chat.update', { channel, ts, text: 'y' }, { as })
    await slack.ok('reactions.add', { channel, timestamp: ts, name: 'wave' }, { as: ben })
    await slack.ok('reactions.remove', { channel, timestamp: ts, name: 'wave' }, { as: ben })
    await slack.ok('chat.delete', { channel, ts }, { as })
    await slack.ok('conversations.open', { users: who.Ada.userId }, { as: ben })
    await slack.ok('users.profile.set', { profile: { status_text: 'x', status_emoji: ':wave:' } }, { as: ben })
    await eventually(() => expect(ear.events('user_status_changed')).to.have.length(1))
    expect(ear.events('message').map(({ subtype }) => subtype)).to.deep.equal([undefined, 'message_changed', 'message_deleted'])
    expect(ear.events('message')[0].bot_id).to.equal(who.Ada.botId)
    expect(ear.events('message')[1]).to.deep.include({ hidden: true, channel }).and.have.nested.property('message.text', 'y')
    expect(ear.events('message')[2].deleted_ts).to.equal(ts)
    for (const type of ['reaction_added', 'reaction_removed'])
      expect(ear.events(type)[0]).to.deep.include({
        user: who.Ben.userId,
        reaction: 'wave',
        item_user: who.Ada.userId,
        item: { type: 'message', channel, ts },
      })
    expect(ear.events('im_created')).to.have.length(1)
    expect(ear.events('user_change')[0].user.id).to.equal(who.Ben.userId)
  })

  test('only for conversations of the bot, and only with its scopes', async () => {
    const who = await newPeople(slack, ['channels:history', 'app_mentions:read'])
    const ear = await listen(slack, who)
    await says(slack, who, `<@${who.Ada.userId}> hi`)
    await slack.ok(
      'reactions.add',
      { channel: who.Ada.channelId, timestamp: (await says(slack, who, 'x')).ts, name: 'wave' },
      { as: who.Ben.userToken ?? '' },
    )
    await eventually(() => expect(ear.events('reaction_added')).to.have.length(1))
    expect([...ear.events('message'), ...ear.events('app_mention')]).to.deep.equal([])
  })
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { decideTargets } from '../../../../support/run/targets'
import { slack } from '../../../../support/services/slack/service'

const SET = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_TEST_CHANNEL_NAME: 'acceptance', SLACK_TEST_USER_NAME: 'john.doe' }

describe('requirements of Slack for a live run', () => {
  // SLK-001
  test('a token, a channel and a person; missing ones are reported', () => {
    expect(decideTargets([slack], SET, undefined).targets[0]?.kind).to.equal('live')
    for (const name of Object.keys(SET)) {
      const { errors, targets } = decideTargets([slack], { ...SET, [name]: '' }, undefined)
      expect(targets[0]?.missing).to.deep.equal([name])
      expect(errors.join()).to.include(name)
    }
    expect(decideTargets([slack], {}, 'live').targets[0]?.kind).to.equal('none')
  })

  test('a value of the wrong kind is reported by name, and not shown', () => {
    const wrong = {
      SLACK_BOT_TOKEN: 'xoxp-secret',
      SLACK_TEST_CHANNEL_NAME: '#acceptance',
      SLACK_TEST_USER_NAME: '@john',
      SLACK_APP_TOKEN: 'xoxb-secret',
    }
    const faults = decideTargets([slack], wrong, undefined).errors.join('\n')
    for (const name of Object.keys(wrong)) expect(faults).to.include(name)
    expect(faults).to.not.include('secret')
  })
})

describe('live failures that concern the account', () => {
  const failure = { service: 'slack', method: 'POST', path: '/', status: 200, body: '', curl: '' }

  test('a missing scope is reported with the needed and the provided scopes', () => {
    const excuse = slack.skipReasonOf?.({ ...failure, code: 'missing_scope', says: 'needs files:write, has chat:write' })
    expect(excuse?.reason).to.include('needs files:write, has chat:write')
    expect(excuse?.toSet).to.match(/^files:write /)
  })

  test('a bot that was not invited is reported as such; anything else is a failure', () => {
    expect(slack.skipReasonOf?.({ ...failure, code: 'not_in_channel' })?.toSet).to.include('/invite')
    expect(slack.skipReasonOf?.({ ...failure, code: 'channel_not_found' })).to.equal(undefined)
  })
})

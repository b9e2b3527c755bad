import { describe, test } from 'node:test'
import { expect } from 'chai'
import { skipReasonOf } from '../../../../support/services/symphony/failures'

const excused = (status: number, method = 'GET', path = '/v2/sessioninfo') =>
  skipReasonOf({ service: 'symphony', method, path, status, body: '', curl: '' })

describe('live refusals that skip the scenario', () => {
  test('a missing entitlement is named, and who gives it', () => {
    for (const [method, path, needs, giver] of [
      ['POST', '/v3/room/create', 'create private rooms', 'administrator'],
      ['POST', '/v2/user/presence', 'ADMIN_PRESENCE_UPDATE', 'administrator'],
      ['POST', '/v4/stream/S/message/M/update', 'update messages', 'administrator'],
      ['POST', '/v4/stream/S/message/create', 'membership', 'owner of the room'],
      ['GET', '/v4/stream/S/message?since=0', 'membership', 'owner of the room'],
      ['POST', '/v1/admin/messagesuppression/M/suppress', 'suppress', 'administrator'],
      ['POST', '/v1/im/create', 'conversations', 'administrator'],
      ['POST', '/v5/datafeeds', '20', 'administrator'],
      ['GET', '/v3/user/1/presence', 'directory', 'administrator'],
    ] as const) {
      const { reason = '', toSet = '' } = excused(403, method, path) ?? {}
      expect(reason, path).to.include(needs)
      expect(toSet, path).to.include(needs).and.to.include(giver)
    }
  })

  test('a compliance policy is reported; anything else is a defect of the service', () => {
    expect(excused(451)?.reason).to.include('compliance')
    for (const status of [400, 401, 404, 429, 500]) expect(excused(status), String(status)).to.equal(undefined)
    expect(excused(403, 'GET', '/v2/sessioninfo')).to.equal(undefined)
  })
})

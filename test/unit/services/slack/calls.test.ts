import { describe, test } from 'node:test'
import { expect } from 'chai'
import { classifyFailure } from '../../../../support/services/slack/http'
import { messageIn } from '../../../../support/services/slack/inbound'
import { scopeLines } from '../../../../support/services/slack/probe'
import { RateLimiter } from '../../../../support/services/slack/rate-limiter'
import { SCOPES, USER_SCOPES } from '../../../../support/services/slack/scopes'
import { keepBudget, requestBudget } from '../../../../support/services/slack/shared-rate-limiter'

describe('classification of responses', () => {
  const answer = (data: unknown, status = 200, headers = {}) => classifyFailure({ status, headers, data })

  test('ok is not a failure, and neither is a response that is not of a method', () => {
    expect(answer({ ok: true })).to.equal(undefined)
    expect(answer('OK - 3')).to.equal(undefined)
  })

  test('a refusal keeps its name and its further fields', () => {
    expect(answer({ ok: false, error: 'missing_scope', needed: 'a:b', provided: 'c:d' })).to.include({
      status: 200,
      code: 'missing_scope',
      says: 'needs a:b, has c:d',
    })
    const messages = ['[ERROR] x [json-pointer:/blocks/0]']
    expect(answer({ ok: false, error: 'invalid_blocks', response_metadata: { messages } })).to.include({ says: messages[0] })
  })

  test('limits and outages have their status in every form', () => {
    expect(answer({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': '7' })).to.include({ status: 429, retryAfter: 7 })
    expect(answer({ ok: false, error: 'rate_limited' })).to.include({ status: 429 })
    expect(answer({ ok: false, error: 'internal_error' })).to.include({ status: 503 })
    expect(answer('gone', 502)).to.include({ status: 502 })
  })
})

describe('the limiter of a live run', () => {
  test('a burst passes, then as many calls per minute as the method allows', () => {
    let now = 0
    const limiter = new RateLimiter(() => now)
    const waits = Array.from({ length: 10 }, () => limiter.take('conversations.list'))
    expect(waits.slice(0, 6)).to.deep.equal(Array(6).fill(0))
    expect(waits[6]).to.be.closeTo(4_615, 1)
    expect(waits[7]).to.be.closeTo(9_231, 1)
    expect(limiter.take('users.info')).to.equal(0)
    now = 60_000
    expect(limiter.take('conversations.list')).to.equal(0)
  })

  test('in no minute are more let through than Slack gives', () => {
    let now = 0
    const limiter = new RateLimiter(() => now)
    const at = Array.from({ length: 300 }, () => {
      now += limiter.take('conversations.history')
      return now
    })
    for (const start of at) expect(at.filter((time) => time >= start && time < start + 60_000).length).to.be.at.most(50)
  })

  test('workers share one budget, in any order', async () => {
    const keeper = keepBudget('a test of workers', new RateLimiter(() => 0))
    const workers = Array.from({ length: 4 }, () => requestBudget('a test of workers'))
    const waits = await Promise.all(workers.flatMap((worker) => [worker.take('users.list'), worker.take('users.list')]))
    waits.push(await keeper.take('users.list'))
    expect(waits.filter((wait) => wait === 0)).to.have.length(6)
    expect(waits.sort((one, other) => one - other).at(-1)).to.be.closeTo(3 * 4_615, 3)
    for (const one of [keeper, ...workers]) one.close()
  })

  test('without a shared budget, a worker has its own', async () => {
    const alone = requestBudget('a test of one alone', 10)
    const waits = [...Array(7).keys()].map(() => alone.take('users.list'))
    expect((await Promise.all(waits)).filter((wait) => wait > 0)).to.have.length(1)
    alone.close()
  })
})

describe('the doctor', () => {
  test('lists every scope; a missing one is an error only where all features need it', () => {
    const lines = scopeLines(['chat:write', 'users:read'])
    expect(lines).to.have.length(SCOPES.length)
    expect(lines.find(({ says }) => says.includes('chat:write'))).to.deep.equal({ ok: true, says: 'scope chat:write: present' })
    expect(lines.find(({ says }) => says.includes('channels:read'))).to.include({ ok: false })
    expect(lines.find(({ says }) => says.includes('files:write')))
      .to.include({ ok: true })
      .and.have.property('toDo')
  })

  test('Ben’s own scopes are distinguished from the bot’s, and none is a defect', () => {
    const lines = scopeLines(['chat:write'], USER_SCOPES, 'Ben’s scope')
    expect(lines.map(({ ok }) => ok)).to.deep.equal([true, true, true, true])
    expect(lines.map(({ says }) => says)).to.include('Ben’s scope chat:write: present')
    expect(lines.map(({ says }) => says).join()).to.include('Ben’s scope users:write: absent (setting his presence)')
  })
})

describe('received events', () => {
  const attention = { place: { kind: 'channel' as const, id: 'C1' }, me: 'U1', since: 1_795_000_000_000 }
  const event = { type: 'message', channel: 'C1', user: 'U2', text: '<@U1> hello &amp; welcome', ts: '1795000001.000100' }

  // SLK-101
  test('messages and mentions of others, as a reader sees them', () => {
    for (const type of ['message', 'app_mention'])
      expect(messageIn({ ...event, type }, attention)).to.deep.include({
        id: event.ts,
        author: 'U2',
        text: '@U1 hello & welcome',
        mentions: ['U1'],
      })
  })

  const others: [string, object][] = [
    ['the own words', { user: 'U1' }],
    ['another channel', { channel: 'C2' }],
    ['what was said before', { ts: '1794999990.000000' }],
    ['an edit', { subtype: 'message_changed' }],
    ['a reaction', { type: 'reaction_added' }],
    ['no particular user', { user: undefined }],
    ['no time', { ts: undefined }],
  ]
  for (const [what, fields] of others)
    test(`${what}: ignored`, () => {
      expect(messageIn({ ...event, ...fields }, attention)).to.equal(undefined)
    })
})

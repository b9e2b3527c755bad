import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Mismatch, PublishedTypes } from '../support/published-types'
import { type RecordedCall, recordedIn, recordingTo } from '../support/record-calls'
import { featuresOf, SuiteCopy } from '../support/suite-copy'

/** The names of the types of one call. */
interface Described {
  operation: string
  sent?: string | undefined
  received?: string | undefined
}

/** Every call that the features of a service make against its sandbox. */
async function callsOf(name: string): Promise<RecordedCall[]> {
  const suite = new SuiteCopy(featuresOf(name))
  after(() => suite.remove())
  const file = join(suite.folder, 'calls.ndjson')
  const { stdout, stderr, code } = await suite.run(['--profile', 'sandbox'], recordingTo(file))
  expect(code, stdout + stderr).to.equal(0)
  return recordedIn(file)
}

const parsed = (text: string): unknown => JSON.parse(text)

/** Violations that stay, with the reason. */
type Deviations = readonly [which: RegExp, reason: string][]

/** What differs in all calls, each with how often it occurs; and how many requests and responses were compared. */
class Comparison {
  private readonly found = new Map<string, number>()
  private requests = 0
  private responses = 0

  constructor(private readonly deviations: Deviations) {}

  sent(operation: string, mismatches: readonly Mismatch[]): void {
    this.requests++
    for (const one of mismatches) this.note(`${operation} sends ${one}`)
  }

  received(operation: string, mismatches: readonly Mismatch[]): void {
    this.responses++
    for (const one of mismatches) this.note(`${operation} receives ${one}`)
  }

  private note(line: string): void {
    this.found.set(line, (this.found.get(line) ?? 0) + 1)
  }

  /** Differences without a reason, and reasons for which there is no difference any more. */
  get violations(): string[] {
    const lines = [...this.found.keys()]
    const unknown = lines.filter((line) => !this.deviations.some(([which]) => which.test(line)))
    const stale = this.deviations.filter(([which]) => !lines.some((line) => which.test(line)))
    return [
      ...unknown.map((line) => `${line} (${this.found.get(line)} times)`),
      ...stale.map(([which]) => `${which} is not needed`),
    ]
  }

  get summary(): string {
    const count = `${this.requests} requests and ${this.responses} responses compared`
    return `${count}; ${this.found.size} kinds of differences, for ${this.deviations.length} known reasons`
  }
}

const SAMPLED = 'the types are merged from samples of responses, and this field was in none'
const SLACK_DEVIATIONS: Deviations = [
  [
    /receives (?:message|messages\[\])\.blocks\[\]/,
    'the types of blocks are merged from samples, and lack most elements of rich text',
  ],
  [/receives (?:message|messages\[\])\.root[.:]/, SAMPLED],
  [/^reactions\.get receives message\.(?:edited|files|upload|subtype|parent_user_id|thread_ts):/, SAMPLED],
  [/^conversations\.replies receives messages\[\]\.(?:subtype|client_msg_id):/, SAMPLED],
  [/^chat\.update receives message\.ts:/, SAMPLED],
  [/^users\.profile\.set receives profile\.team:/, SAMPLED],
  [/profile\.fields: is (?:null|not in the type)/, 'null where an account has no custom fields; the samples had some'],
  [/^conversations\.history receives channel_actions_ts: is null/, 'documented as null'],
  [
    /^conversations\.info receives channel\.(?:latest|unread_count|unread_count_display):/,
    'documented for conversations of the caller',
  ],
]

const METHOD = /^\/api\/[a-z]+(?:\.[a-zA-Z]+)+$/

describe('what the suite sends and the sandbox of Slack returns', () => {
  test('fits the types of @slack/web-api', async (context) => {
    const calls = (await callsOf('slack')).filter(
      ({ path, received }) => METHOD.test(path) && !received.includes('unknown_method'),
    )
    const methodOf = ({ path }: RecordedCall) => path.split('?')[0]?.split('/').at(-1) ?? ''
    const pascal = (method: string) =>
      method
        .split('.')
        .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
        .join('')
    const methods = [...new Set(calls.map(methodOf))]
    const types = new PublishedTypes(
      '@slack/web-api',
      methods.flatMap((method) => [`${pascal(method)}Response`, `${pascal(method)}Arguments`]),
    )
    const all = new Comparison(SLACK_DEVIATIONS)
    for (const call of calls) {
      const method = methodOf(call)
      all.received(method, types.mismatches(`${pascal(method)}Response`, parsed(call.received.toString())))
      const fields = types.fieldsOf(`${pascal(method)}Arguments`)
      const names = [...new URLSearchParams(call.sent.toString()).keys()].filter((name) => !fields.has(name))
      all.sent(
        method,
        names.map((name) => `${name}: is not in the type`),
      )
    }
    context.diagnostic(`slack: ${all.summary} (${methods.length} methods)`)
    expect(all.violations).to.deep.equal([])
  })
})

const ID = '\\d+'
/** Routes of Discord with the names of their types, the body of the request first. */
const ROUTES: readonly [method: string, path: string, received: string | undefined, sent?: string][] = [
  ['GET', '/users/@me', 'RESTGetAPICurrentUserResult'],
  ['GET', `/users/${ID}`, 'RESTGetAPIUserResult'],
  ['GET', '/users/@me/guilds', 'RESTGetAPICurrentUserGuildsResult'],
  ['POST', '/users/@me/channels', 'RESTPostAPICurrentUserCreateDMChannelResult', 'RESTPostAPICurrentUserCreateDMChannelJSONBody'],
  ['GET', '/applications/@me', 'RESTGetCurrentApplicationResult'],
  ['GET', '/gateway/bot', 'RESTGetAPIGatewayBotResult'],
  ['GET', `/guilds/${ID}`, 'RESTGetAPIGuildResult'],
  ['GET', `/guilds/${ID}/channels`, 'APIChannel[]'],
  ['GET', `/guilds/${ID}/members`, 'RESTGetAPIGuildMembersResult'],
  ['GET', `/guilds/${ID}/members/search`, 'RESTGetAPIGuildMembersSearchResult'],
  ['GET', `/guilds/${ID}/members/${ID}`, 'RESTGetAPIGuildMemberResult'],
  ['GET', `/channels/${ID}`, 'RESTGetAPIChannelResult'],
  ['PATCH', `/channels/${ID}`, 'RESTPatchAPIChannelResult', 'RESTPatchAPIChannelJSONBody'],
  ['DELETE', `/channels/${ID}`, 'RESTDeleteAPIChannelResult'],
  ['GET', `/channels/${ID}/messages`, 'RESTGetAPIChannelMessagesResult'],
  ['POST', `/channels/${ID}/messages`, 'RESTPostAPIChannelMessageResult', 'RESTPostAPIChannelMessageJSONBody'],
  ['GET', `/channels/${ID}/messages/${ID}`, 'RESTGetAPIChannelMessageResult'],
  ['PATCH', `/channels/${ID}/messages/${ID}`, 'RESTPatchAPIChannelMessageResult', 'RESTPatchAPIChannelMessageJSONBody'],
  ['DELETE', `/channels/${ID}/messages/${ID}`, undefined],
  [
    'POST',
    `/channels/${ID}/messages/${ID}/threads`,
    'RESTPostAPIChannelMessagesThreadsResult',
    'RESTPostAPIChannelMessagesThreadsJSONBody',
  ],
  ['PUT', `/channels/${ID}/messages/${ID}/reactions/[^/]+/@me`, undefined],
  ['DELETE', `/channels/${ID}/messages/${ID}/reactions/[^/]+/@me`, undefined],
]

function described({ method, path }: RecordedCall): Described | undefined {
  const plain = path.split('?')[0] ?? ''
  const found = ROUTES.find(([verb, pattern]) => verb === method && new RegExp(`^(?:/api)?(?:/v10)?${pattern}$`).test(plain))
  return found && { operation: `${method} ${found[1].replaceAll(ID, '{id}')}`, received: found[2], sent: found[3] }
}

const failureType = ({ status }: RecordedCall): string => (status === 429 ? 'RESTRateLimit' : 'RESTError')

/** The JSON of a request, alone or as the part of a form with files. */
function bodyOf({ type, sent }: RecordedCall): unknown {
  if (!type.startsWith('multipart/')) return parsed(sent.toString())
  const [, json] = /name="payload_json"[^\r]*(?:\r\n[^\r]+)*\r\n\r\n([^\r]*)\r\n/.exec(sent.toString('latin1')) ?? []
  return parsed(Buffer.from(json ?? 'null', 'latin1').toString())
}

const DISCORD_DEVIATIONS: Deviations = [
  [
    /^GET \/applications\/@me receives (?:eligible_oauth2_scopes|explicit_content_filter|hook|is_\w+|storefront_available|type): is not in/,
    'the service sends these fields, and does not document them',
  ],
  [
    /^GET \/guilds\/\{id\} receives (?:home_header|nsfw): is not in/,
    'the service sends these fields, and does not document them',
  ],
  [/receives name: is missing/, 'a direct channel is documented without a name, and the type requires null'],
]

describe('what the suite sends and the sandbox of Discord returns', () => {
  test('fits the types of discord-api-types', async (context) => {
    const calls = await callsOf('discord')
    const names = ROUTES.flatMap(([, , received, sent]) => [received, sent]).filter((name) => name !== undefined)
    const types = new PublishedTypes('discord-api-types/v10', [...new Set(names), 'RESTError', 'RESTRateLimit'])
    const all = new Comparison(DISCORD_DEVIATIONS)
    for (const call of calls) {
      const about = described(call)
      if (about?.sent !== undefined) all.sent(about.operation, types.mismatches(about.sent, bodyOf(call)))
      if (about && call.status >= 400)
        all.received(String(call.status), types.mismatches(failureType(call), parsed(call.received.toString())))
      if (call.status < 300 && about?.received !== undefined)
        all.received(about.operation, types.mismatches(about.received, parsed(call.received.toString())))
    }
    context.diagnostic(`discord: ${all.summary}`)
    expect(all.violations).to.deep.equal([])
  })
})

test('a field that is missing, of another type, or not published is found, in lists and unions as well', () => {
  const types = new PublishedTypes('discord-api-types/v10', ['APIReaction[]', 'RESTError'])
  expect(types.mismatches('RESTError', { code: 0, message: '401: Unauthorized' })).to.deep.equal([])
  expect(types.mismatches('RESTError', { code: '0', text: 'x' })).to.deep.equal([
    'code: is a string, not number',
    'message: is missing',
    'text: is not in the type',
  ])
  const reaction = {
    count: 1,
    count_details: { burst: 0, normal: 1 },
    me: true,
    me_burst: false,
    burst_colors: [],
    emoji: { id: null, name: '👍' },
  }
  expect(types.mismatches('APIReaction[]', [reaction])).to.deep.equal([])
  expect(
    types.mismatches('APIReaction[]', [reaction, { ...reaction, emoji: { id: 7, name: null } }, { ...reaction, me: null }]),
  ).to.deep.equal(['[].emoji.id: is a number, not string', '[].me: is null, not boolean'])
})

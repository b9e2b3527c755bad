import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, test } from 'node:test'
import { expect } from 'chai'
import { sameName } from '../../../../support/chat/lookup'
import { ApiError, ConnectionError, ForeignResponseError } from '../../../../support/http/errors'
import { DiscordChat } from '../../../../support/services/discord/adapter'
import { accessTo } from '../../../support/access'

const ME = { id: '200000000000000001', username: 'ada', discriminator: '0', global_name: null, avatar: null, bot: true }
const TOKEN = 'a-token-of-no-account'

describe('the client of Discord', () => {
  let stop: () => void = () => undefined
  afterEach(() => stop())

  async function chatWith(answer: (request: IncomingMessage, response: ServerResponse, nth: number) => void) {
    let calls = 0
    const server = createServer((request, response) => answer(request, response, ++calls))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stop = () => {
      server.closeAllConnections()
      server.close()
    }
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
    const { access, exchanges } = accessTo(address, { Ada: { token: TOKEN, channel: '300000000000000001' } })
    return { chat: await DiscordChat.of(access), exchanges, calls: () => calls }
  }

  const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }

  async function failed(action: () => Promise<unknown>): Promise<unknown> {
    try {
      await action()
    } catch (error) {
      return error
    }
    throw new Error('it should have failed')
  }

  test('sends the token as a bot’s, and shows it nowhere', async () => {
    const seen: string[] = []
    const { chat, exchanges } = await chatWith((request, response) => {
      seen.push(request.headers.authorization ?? '')
      json(response, 200, ME)
    })
    expect(await chat.me()).to.deep.equal({ id: ME.id, name: 'ada', displayName: 'ada', isBot: true })
    expect(seen).to.deep.equal([`Bot ${TOKEN}`])
    expect(JSON.stringify(exchanges.take())).to.include('GET').and.not.include(TOKEN)
  })

  test('a refusal contains Discord’s code and message, and the token is used again afterwards', async () => {
    const { chat } = await chatWith((request, response) => {
      const body = { message: '401: Unauthorized', code: 0 }
      json(response, request.headers.authorization === `Bot ${TOKEN}` ? 401 : 500, body)
    })
    for (let round = 0; round < 2; round++) {
      const error = (await failed(() => chat.client.me())) as ApiError
      expect(error).to.be.instanceOf(ApiError)
      expect(error.failure).to.include({ status: 401, code: '0', says: '401: Unauthorized', path: '/users/@me' })
      expect(error.failure.curl).to.include('Bot $TOKEN').and.not.include(TOKEN)
    }
  })

  test('an error in a form is reported with its location', async () => {
    const leaf = { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }] }
    const body = { code: 50035, message: 'Invalid Form Body', errors: { content: leaf, embeds: { 0: { title: leaf } } } }
    const { chat } = await chatWith((_request, response) => json(response, 400, body))
    const error = (await failed(() => chat.client.createMessage('1', { content: '' }))) as ApiError
    expect(error.failure.says).to.include('content: BASE_TYPE_MAX_LENGTH').and.include('embeds.0.title: BASE_TYPE_MAX_LENGTH')
  })

  test('a short 429 is retried, a long one is reported with the time to wait', async () => {
    const limited = { message: 'You are being rate limited.', retry_after: 0.02, global: false }
    const short = await chatWith((_request, response, nth) =>
      nth === 1 ? json(response, 429, limited, { 'retry-after': '0.02' }) : json(response, 200, ME),
    )
    expect(await short.chat.client.me()).to.include({ id: ME.id })
    stop()
    const long = await chatWith((_request, response) => json(response, 429, limited, { 'retry-after': '60' }))
    const error = (await failed(() => long.chat.client.me())) as ApiError
    expect(error.failure.status).to.equal(429)
    expect(error.failure.retryAfter).to.be.within(59, 61)
  })

  test('a gateway error of a reading call is tried again, of a writing one it is not', async () => {
    const { chat, calls } = await chatWith((_request, response, nth) =>
      nth <= 2 ? json(response, 502, {}) : json(response, 200, ME),
    )
    expect(await chat.client.me()).to.include({ id: ME.id })
    expect(calls()).to.equal(3)
    stop()
    const writing = await chatWith((_request, response) => json(response, 502, {}))
    expect(await failed(() => writing.chat.client.createMessage('1', { content: 'x' }))).to.be.instanceOf(ApiError)
    expect(writing.calls()).to.equal(1)
  })

  test('a page of an intermediary and a missing response are distinguished from refusals', async () => {
    const { chat } = await chatWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>')
    })
    expect(await failed(() => chat.client.me())).to.be.instanceOf(ForeignResponseError)
    stop()
    expect(await failed(() => chat.client.application())).to.be.instanceOf(ConnectionError)
  })

  test('the error for a response that violates the contract contains the field', async () => {
    const { chat } = await chatWith((_request, response) => json(response, 200, { ...ME, username: undefined, avatar: 7 }))
    expect(String(await failed(() => chat.client.me())))
      .to.include('username')
      .and.include('avatar')
  })

  test('the guilds of a bot in many are read to the last page', async () => {
    const guild = (number: number) => ({
      id: String(100_000_000_000_000_000n + BigInt(number)),
      name: `g${number}`,
      permissions: '0',
    })
    const all = Array.from({ length: 401 }, (_, at) => guild(at + 1))
    const { chat, calls } = await chatWith(({ url = '' }, response) => {
      const after = new URLSearchParams(url.split('?')[1]).get('after') ?? '0'
      json(response, 200, all.filter(({ id }) => BigInt(id) > BigInt(after)).slice(0, 200))
    })
    expect([(await chat.client.guilds()).length, calls()]).to.deep.equal([401, 3])
  })

  test('names are the same in any case', () => {
    expect([sameName('Straße', 'STRASSE'), sameName('Ben', 'bEN'), sameName('Ben', 'Benny')]).to.deep.equal([true, true, false])
  })

  // DIS-094
  test('a private conversation with two people is refused before any call', async () => {
    const { chat, calls } = await chatWith((_request, response) => json(response, 200, ME))
    const person = { id: '1', name: 'ben', displayName: 'Ben', isBot: false }
    expect(String(await failed(() => chat.direct([person, { ...person, id: '2' }])))).to.include('one person at a time')
    expect(calls()).to.equal(0)
  })
})

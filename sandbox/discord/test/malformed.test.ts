import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from './support/server'

const discord = ownDiscord()

/** Sends a raw request, because an HTTP client would correct it. @returns status and body of the response */
function written(line: string, headers: readonly string[] = [], body = ''): Promise<[number, unknown]> {
  const { hostname, port } = new URL(discord.address)
  const head = [line, `Host: ${hostname}`, `Authorization: Bot ${discord.who('Ada').token}`, 'Connection: close', ...headers]
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(`${head.join('\r\n')}\r\n\r\n${body}`))
    socket.on('data', (chunk) => {
      answer += String(chunk)
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const [top = '', ...rest] = answer.split('\r\n\r\n')
      resolve([Number(top.split(' ')[1]), JSON.parse(rest.join('') || 'null')])
    })
  })
}

const UNKNOWN_EMOJI = [400, { message: 'Unknown Emoji', code: 10014 }]
const BAD_REQUEST = [400, { message: '400: Bad Request', code: 0 }]

describe('a malformed request', () => {
  test('an emoji that is not percent-encoded, or wrongly, is an unknown one', async () => {
    const { id } = await discord.say('One red glove')
    for (const emoji of ['👍', '%', '%ZZ', '%FF'])
      expect(await written(`PUT /api/v10${discord.messages}/${id}/reactions/${emoji}/@me HTTP/1.1`), emoji).to.deep.equal(
        UNKNOWN_EMOJI,
      )
  })

  test('any other invalid path gets Discord’s own error', async () => {
    expect((await written('GET /api/v10/users/%ZZ HTTP/1.1'))[0]).to.equal(400)
    expect(await written('GET /api/v10/nowhere/%ZZ HTTP/1.1')).to.deep.equal([404, { message: '404: Not Found', code: 0 }])
    expect(await written('GET /api/v10/users/👍 HTTP/1.1')).to.deep.equal(BAD_REQUEST)
    expect(await written('nonsense')).to.deep.equal(BAD_REQUEST)
  })

  test('a form without a boundary, or cut short, is a bad request', async () => {
    const post = `POST /api/v10${discord.messages} HTTP/1.1`
    for (const [type, body] of [
      ['multipart/form-data', 'abc'],
      ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; nam'],
    ] as const) {
      const headers = [`Content-Type: ${type}`, `Content-Length: ${body.length}`]
      expect(await written(post, headers, body), type).to.deep.equal(BAD_REQUEST)
    }
  })

  test('a path with an additional slash is unknown, not a wrong method', async () => {
    for (const path of ['/users/@me/', `${discord.channel}/`])
      expect(await discord.refusal('GET', path), path).to.deep.equal([404, 0])
  })
})

import { generateKeyPairSync } from 'node:crypto'
import { SymphonyChat } from '../../support/services/symphony/adapter'
import { accessTo } from './access'
import { serve } from './server'

/** The error with which a stub refuses a call. */
export class Refusing {
  constructor(
    readonly code: number,
    readonly message: string,
  ) {}
}

/** The response of a stub; undefined is 204. */
export type Answering = (method: string, url: URL, body: unknown) => unknown

/** A pod that accepts any key and has the given responses, as Ada's bot sees it; her room is "Hall". @param seen is called for every call */
export async function podAnswering(answer: Answering, seen: string[] = []): Promise<SymphonyChat> {
  const address = await serve(async (request, reply) => {
    const { method = '', url = '' } = request
    seen.push(`${method} ${url}`)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const body = request.headers['content-type']?.includes('json') && text ? JSON.parse(text) : text
    const said = url.includes('/authenticate')
      ? { name: url.includes('/login') ? 'sessionToken' : 'keyManagerToken', token: 'a-token-of-this-pod' }
      : answer(method, new URL(url, 'http://pod'), body)
    reply.setHeader('content-type', 'application/json')
    if (said instanceof Refusing) return reply.writeHead(said.code).end(JSON.stringify(said))
    return said === undefined ? reply.writeHead(204).end() : reply.end(JSON.stringify(said))
  })
  const { access } = accessTo(address, { Ada: { username: 'bot', keyContent: KEY }, Ben: { username: 'ben' } })
  return SymphonyChat.of({ ...access, setting: (name) => (name === 'SYMPHONY_TEST_ROOM_NAME' ? 'Hall' : undefined) })
}

const { privateKey: KEY } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

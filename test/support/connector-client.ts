import type { IncomingMessage } from 'node:http'
import { ConnectorClient } from '../../support/services/connector/client'
import { accessTo } from './access'
import { serve } from './server'

/** A call as it reached the server. */
export interface Seen {
  path: string
  body: unknown
}

/** A client of a server with given responses, and the received requests. */
export async function answering(
  answer: (path: string) => [status: number, body: unknown],
): Promise<{ client: ConnectorClient; seen: Seen[] }> {
  const seen: Seen[] = []
  const origin = await serve(async (request, response) => {
    seen.push({ path: request.url ?? '', body: await read(request) })
    const [status, body] = answer(request.url ?? '')
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  return { client: ConnectorClient.of(accessTo(origin, {}).access), seen }
}

async function read(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? undefined : JSON.parse(text)
}

/** The error of a piece of work. @throws where it does not fail */
export async function failureOf(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work()
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not fail')
}

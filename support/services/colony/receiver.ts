import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One received webhook call. */
export interface Delivery {
  headers: IncomingHttpHeaders
  body: string
}

export interface Receiver {
  origin: string
  deliveries: Delivery[]
  close(): Promise<void>
}

/** A loopback listener that receives webhooks. */
export async function openReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      deliveries.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return { origin: `http://127.0.0.1:${port}`, deliveries, close }
}

const TOLERANCE_SECONDS = 300

/** Whether both signatures are right for the secret, and the time is not too far from now. */
export function isGenuine({ headers, body }: Delivery, secret: string, now = Date.now()): boolean {
  const [, time = '', signature = ''] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(String(headers['x-colony-signature-256'])) ?? []
  const plain = String(headers['x-colony-signature']).replace(/^sha256=/, '')
  const fresh = Math.abs(now / 1_000 - Number(time)) <= TOLERANCE_SECONDS
  return fresh && isHmac(plain, body, secret) && isHmac(signature, `${time}.${body}`, secret)
}

function isHmac(given: string, text: string, secret: string): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(text).digest('hex'))
  const actual = Buffer.from(given)
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

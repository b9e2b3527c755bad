import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { Redactor } from '../../../support/config/redaction'
import { Agents } from '../../../support/http/agents'
import { Http } from '../../../support/http/client'
import { Base64Digester, type Digest, Digester } from '../../../support/http/digest'
import { ApiError } from '../../../support/http/errors'
import { Exchanges } from '../../../support/http/exchanges'
import { serve } from '../../support/server'

const FILE = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7) % 256))
const WANTED: Digest = { size: FILE.length, sha256: createHash('sha256').update(FILE).digest('hex') }

function digestOf(digester: Digester, whole: Buffer, piece: number): Digest {
  for (let at = 0; at < whole.length; at += piece) digester.add(whole.subarray(at, at + piece))
  return digester.digest()
}

/** The digest of a file at a service that responds in these ways, one after the other. */
async function downloaded(digest: new () => Digester, ...replies: ((response: ServerResponse) => void)[]): Promise<Digest> {
  const left = [...replies]
  const baseURL = await serve((_request, response) => left.shift()?.(response))
  const [agents, exchanges] = [new Agents(), new Exchanges(new Redactor())]
  const http = new Http({ service: 'board', baseURL, agents, exchanges, retryBudget: { left: 10_000 } })
  return (await http.get<Digest>('/file', { digest })).data
}

describe('the digest of a file', () => {
  for (const piece of [1, 3, 7, 64, 100_000])
    test(`is the same in pieces of ${piece} bytes, as it is and in base64, with line breaks and without`, () => {
      const encoded = FILE.toString('base64')
      expect(digestOf(new Digester(), FILE, piece)).to.deep.equal(WANTED)
      expect(digestOf(new Base64Digester(), Buffer.from(encoded), piece)).to.deep.equal(WANTED)
      expect(digestOf(new Base64Digester(), Buffer.from(encoded.replace(/.{76}/g, '$&\r\n')), piece)).to.deep.equal(WANTED)
    })

  test('is that of what a service sends, with a content coding and without', async () => {
    expect(await downloaded(Digester, (response) => response.end(FILE))).to.deep.equal(WANTED)
    expect(await downloaded(Base64Digester, (response) => response.end(FILE.toString('base64')))).to.deep.equal(WANTED)
    const coded = (response: ServerResponse) => response.setHeader('content-encoding', 'gzip').end(gzipSync(FILE))
    expect(await downloaded(Digester, coded)).to.deep.equal(WANTED)
  })

  test('begins again where a response ends too early', async () => {
    const cut = (response: ServerResponse): void => {
      response.setHeader('content-length', FILE.length)
      response.write(FILE.subarray(0, 30_000), () => response.destroy())
    }
    expect(await downloaded(Digester, cut, (response) => response.end(FILE))).to.deep.equal(WANTED)
  })

  test('is not taken of an error', async () => {
    const refused = downloaded(Digester, (response) => response.writeHead(404).end('{"detail":"no such file"}'))
    const error = await refused.catch((caught: unknown) => caught)
    expect(error).to.be.instanceOf(ApiError)
    expect((error as ApiError).message).to.contain('GET /file returned 404: {"detail":"no such file"}')
  })
})

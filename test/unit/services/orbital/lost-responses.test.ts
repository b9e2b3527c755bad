import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ApiError } from '../../../../support/http/errors'
import { OrbitalClient } from '../../../../support/services/orbital/client'
import { accessTo } from '../../../support/access'
import { serve } from '../../../support/server'

const REPORT = { latitude: 48.137154, longitude: 11.576124, recorded_at: '2026-11-29T12:00:00.000Z' }

interface Backend {
  client: OrbitalClient
  /** Reports that arrived. */
  posts: () => number
}

/** A backend whose first responses to reports are lost. @param arrives whether it stores what it then does not confirm */
async function losing(arrives: boolean, losses = 1): Promise<Backend> {
  const items: object[] = []
  let posts = 0
  const address = await serve((request, response) => {
    if (request.method === 'GET') return response.setHeader('content-type', 'application/json').end(JSON.stringify({ items }))
    const isLost = ++posts <= losses
    if (!isLost || arrives) items.push(REPORT)
    return isLost ? response.destroy() : response.writeHead(204).end()
  })
  const { access } = accessTo(address, {})
  return { client: new OrbitalClient(access, address, 'a-token'), posts: () => posts }
}

describe('a position report whose response was lost', () => {
  test('is not sent again if the history has it', async () => {
    const { client, posts } = await losing(true)
    expect(await client.report(REPORT)).to.include({ status: 204 })
    expect(posts()).to.equal(1)
  })

  test('is sent again if the history does not have it', async () => {
    const { client, posts } = await losing(false, 2)
    expect(await client.report(REPORT)).to.include({ status: 204 })
    expect(posts()).to.equal(3)
  })

  test('is not sent again where the backend itself is unavailable', async () => {
    let posts = 0
    const address = await serve((request, response) => {
      if (request.method === 'POST') posts++
      response.writeHead(503, { 'content-type': 'application/json' }).end('{"detail":"The broker is unavailable"}')
    })
    const client = new OrbitalClient(accessTo(address, {}).access, address, 'a-token')
    expect(await client.report(REPORT).catch((error: ApiError) => error)).to.be.instanceOf(ApiError)
    expect(posts).to.equal(1)
  })
})

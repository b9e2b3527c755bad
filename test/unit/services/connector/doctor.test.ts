import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { connector } from '../../../../support/services/connector/service'
import { examine } from '../../../../tools/doctor/examine'

/** A healthy app whose workflow engine has the given state. */
let app: Server
let engine = 404

before(async () => {
  app = createServer(({ url = '' }, response) => {
    const isHealth = url.startsWith('/server/health')
    const body = isHealth ? { status: 'healthy' } : { detail: 'x' }
    const status = isHealth ? 200 : url.startsWith('/workflows/v1/status/') ? engine : 404
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((done) => app.listen(0, '127.0.0.1', done))
})
after(() => app.close())

async function said(status: number): Promise<{ broken: boolean; text: string }> {
  engine = status
  const { port } = app.address() as AddressInfo
  const { broken, lines } = await examine(connector, { CONNECTOR_URL: `http://127.0.0.1:${port}` })
  return { broken, text: lines.map(({ ok, says, toDo }) => `${ok ? '+' : '-'} ${says} ${toDo ?? ''}`).join('\n') }
}

describe('the doctor checks whether a connector app’s workflow engine responds', () => {
  test('it does', async () => {
    expect((await said(404)).text).to.contain('+ the workflow engine of the app responds')
  })
  test('there is none', async () => {
    const { broken, text } = await said(503)
    expect([broken, text]).to.satisfy(([isBroken]: [boolean, string]) => isBroken)
    expect(text).to.match(/^- the app has no workflow engine Start the engine, and set ATLAN_TEMPORAL_HOST/m)
  })
  test('it fails', async () => {
    expect((await said(500)).text).to.match(/^- the workflow engine of the app does not respond \(status 500\)/m)
  })
})

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { Fronts } from '../../../../tools/mutate/fronts'
import { describe as say } from '../../../../tools/mutate/mutation'
import { planOf } from '../../../../tools/mutate/plan'
import { Session } from '../../../../tools/mutate/session'
import { record, type Theatre, tryOut } from '../../../../tools/mutate/trial'
import type { Wire } from '../../../../tools/mutate/wire'
import { TinyProject } from '../../../support/tiny-project'

const wire: Wire = { unpromised: [] }
const names = new Set(['id', 'text'])

/** Keeps notes; that is all. */
const service = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    const id = Number(request.url?.split('/')[2] ?? notes.length)
    if (request.method === 'POST') notes.push(JSON.parse(body).text)
    const isThere = notes[id] !== undefined
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isThere ? { id, text: notes[id] } : { detail: 'no such note' }))
  })
})
const notes: string[] = []

const FEATURE = `Feature: Notes
  Scenario: A note can be read again
    When Ada writes "Milk"
    Then the note says "Milk"
`

/** @param expected the text the read note is compared with, as JavaScript */
const steps = (expected: string): string => `
  const assert = require('node:assert')
  const { When, Then } = require('@cucumber/cucumber')
  const call = async (path, init) => {
    const response = await fetch(process.env.NOTES_URL + path, init)
    assert.equal(response.status, 200)
    return response.json()
  }
  When('Ada writes {string}', async function (text) {
    this.written = await call('/notes', { method: 'POST', body: JSON.stringify({ text }), headers: { 'content-type': 'application/json' } })
  })
  Then('the note says {string}', async function (text) {
    const { text: read } = await call('/notes/' + this.written.id)
    assert.equal(read, ${expected})
  })
`

async function survivorsOf(project: TinyProject): Promise<string[]> {
  const session = await Session.open(['features', '--require', 'steps.js'], project.folder)
  const scenarios = [...(await session.scenarios()).keys()]
  const theatre: Theatre = { wire, session, open: openStage }
  const { recording, outcomes } = await record(scenarios, theatre)
  assert.deepEqual(
    outcomes.flatMap(({ failures }) => failures),
    [],
  )
  const { planned } = planOf(recording, { wire, promisedNames: names, seed: 1, isThorough: true })
  const survivors: string[] = []
  for (const { mutation, scenarios: seenBy } of planned) {
    const samples = recording[mutation.operation]?.samples ?? []
    const { applied, failures } = await tryOut({ mutation, scenarios: seenBy, samples, late: 0 }, theatre)
    if (applied > 0 && failures.length === 0) survivors.push(say(mutation))
  }
  return survivors.sort()
}

const openStage: Theatre['open'] = async (listener) => {
  const fronts = new Fronts(wire, listener)
  process.env.NOTES_URL = await fronts.open(`http://127.0.0.1:${(service.address() as AddressInfo).port}`, 'service')
  const close = async (): Promise<string[]> => {
    await fronts.close()
    return []
  }
  return { begin: (scenario) => listener.begin(scenario), cleanUp: () => listener.cleanUp(), close }
}

describe('mutation on the wire', () => {
  before(() => new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening)))
  after(() => service.close())

  it('reports mutations that a check against a response cannot detect as survivors', async () => {
    const project = new TinyProject({ 'features/notes.feature': FEATURE, 'steps.js': steps('this.written.text') })
    try {
      const survivors = await survivorsOf(project)
      assert.ok(survivors.includes('POST /notes request body.text: lengthened'), survivors.join('\n'))
    } finally {
      project.remove()
    }
  })

  it('reports no survivors where the check compares with the sentence', async () => {
    const project = new TinyProject({ 'features/notes.feature': FEATURE, 'steps.js': steps('text') })
    try {
      const survivors = await survivorsOf(project)
      assert.deepEqual(
        survivors.filter((one) => one.includes('request')),
        [],
      )
      assert.deepEqual(
        survivors.filter((one) => one.startsWith('GET /notes/:1 response text')),
        [],
      )
    } finally {
      project.remove()
    }
  })
})

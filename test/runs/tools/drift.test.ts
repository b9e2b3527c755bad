import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Recording, Shapes } from '../../../support/http/shapes'
import { driftOf } from '../../../tools/drift/compare'
import { ROOT } from '../../support/runner'
import { SuiteCopy } from '../../support/suite-copy'

const SIDES = { one: 'live', other: 'sandbox' }
const ID = '3a1c7131-4e5b-4c87-81e8-5b3900f4c5a1'

function recorded(response: unknown, status = 200, url = `https://service.example/api/posts/${ID}?limit=3`): Recording {
  const shapes = new Shapes('slack', 'live')
  shapes.see({ method: 'GET', url, requestBody: undefined, status, headers: { 'X-Request-Id': 'r-1' }, response })
  return shapes.recording()
}

describe('the shape of a call', () => {
  test('is what kinds of things came, and no value', () => {
    const body = { id: ID, name: 'Ada', score: 7, tags: ['one'], author: { email: 'ada@example.org' }, none: null }
    const recording = recorded(body)
    expect(recording.operations).to.deep.equal({
      'GET /api/posts/{}': {
        statuses: ['200'],
        headers: ['x-request-id'],
        codes: [],
        fields: {
          '(whole)': ['object'],
          author: ['object'],
          'author.email': ['string'],
          id: ['string'],
          name: ['string'],
          none: ['null'],
          score: ['number'],
          tags: ['list'],
          'tags[]': ['string'],
        },
      },
    })
    for (const value of ['Ada', 'ada@example.org', ID, 'r-1', '"one"', '7'])
      expect(JSON.stringify(recording)).to.not.contain(value)
  })

  test('names and ids are variable parts of paths and keys', () => {
    const shapes = new Shapes('colony', 'live')
    const url = 'https://service.example/messages/conversations/ada'
    shapes.see({ method: 'GET', url, requestBody: undefined, status: 200, response: { by: { username: 'ada' }, [ID]: 1 } })
    expect(Object.keys(shapes.recording().operations)).to.deep.equal(['GET /messages/conversations/{}'])
    expect(Object.keys(shapes.recording().operations['GET /messages/conversations/{}']?.fields ?? {})).to.include('{}')
  })

  test('a refusal keeps its error code, a success none', () => {
    expect(recorded({ ok: false, error: 'channel_not_found' }).operations['GET /api/posts/{}']?.codes).to.deep.equal([
      'channel_not_found',
    ])
    expect(recorded({ type: 'message', code: 'x' }).operations['GET /api/posts/{}']?.codes).to.deep.equal([])
  })
})

describe('drift', () => {
  test('names what differs, and nothing where recordings agree', () => {
    const one = recorded({ id: ID, title: 'x', score: 1 })
    expect(driftOf(one, recorded({ id: ID, title: 'y', score: 2 }), SIDES)).to.deep.equal({})
    expect(driftOf(one, recorded({ id: ID, heading: 'x', score: null }, 201), SIDES)).to.deep.equal({
      'GET /api/posts/{}': [
        'status 200 on live only',
        'status 201 on sandbox only',
        'field title on live only',
        'field heading on sandbox only',
        'field score is number on live and null on sandbox',
      ],
    })
  })

  const suite = new SuiteCopy({ 'colony/posts.feature': readFileSync(`${ROOT}/features/colony/posts.feature`, 'utf8') })
  after(() => suite.remove())

  test('two runs on the sandbox differ in nothing; with one field renamed it is named; no value is in a file', async () => {
    const runs: string[] = []
    for (let run = 0; run < 2; run++) {
      const { stdout, code } = await suite.run(['--profile', 'sandbox'], { ACCEPTANCE_RECORD_SHAPES: '1' })
      expect(code, stdout).to.equal(0)
      runs.push(join('reports', /Acceptance run (\S+)/.exec(stdout)?.[1] ?? ''))
    }
    const same = await suite.tool('drift', ['colony', ...runs])
    expect(same.code, same.stdout + same.stderr).to.equal(0)
    expect(same.stdout).to.contain('no difference')

    const path = join(suite.folder, runs[1] ?? '', 'shapes', 'colony-0.json')
    const text = readFileSync(path, 'utf8')
    expect(text).to.not.match(/[0-9a-f]{8}-[0-9a-f]{4}-|\d{10}-[0-9a-f]{6}|col_|Bearer/)
    writeFileSync(path, text.replaceAll('"author.username"', '"author.login"'))
    const renamed = await suite.tool('drift', ['colony', ...runs])
    expect(renamed.code).to.equal(1)
    expect(renamed.stdout).to.contain('field author.username on').and.to.contain('field author.login on')
  })

  test('says what is missing', async () => {
    const { code, stderr } = await suite.tool('drift', ['slack'])
    expect([code, stderr.trim()]).to.deep.equal([
      2,
      'Two recordings of slack are needed, and there is none: run it live and on the sandbox with ACCEPTANCE_RECORD_SHAPES=1.',
    ])
  })
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { curlLines, prettyBody, renderFailures } from '../../../../support/reports/console/failures'
import type { StepFailure } from '../../../../support/reports/failure'
import { ASSERTION, plainScreen, scenario } from '../support/sample'

function shown(failure: StepFailure, columns = 80): string[] {
  return renderFailures([scenario('colony', 'failed', { failures: [failure] })], plainScreen(columns))
}

const UNREACHABLE: StepFailure = {
  step: 'When Ada posts "One red glove"',
  status: 'failed',
  type: 'ConnectionError',
  message: 'POST https://colony.example.org/api/v1/posts got no response (ECONNREFUSED). Is The Colony reachable from here?',
  diff: [],
  stack: [],
  calls: {
    earlier: 0,
    calls: [
      {
        method: 'POST',
        url: `https://colony.example.org/api/v1/${'a-long-way/'.repeat(10)}posts`,
        milliseconds: 3,
        requestBody: '',
        response: '',
        curl: "curl -X POST 'https://colony.example.org'",
        times: 1,
      },
    ],
  },
}

describe('a failure on the console', () => {
  test('shows place, expectation, calls, response and the command that repeats it', () => {
    expect(shown(ASSERTION)).to.deep.equal([
      '',
      '1) The Colony › Writing posts › Anyone may read',
      '   A post reads as it was written',
      '   features/colony/posts.feature:12',
      '',
      '   Then Ada can read "One red glove"',
      '   steps/colony/posts.steps.ts:54',
      "     AssertionError: the title: expected 'Two red gloves' to equal 'One red",
      "     glove'",
      '',
      '     + expected  - actual',
      '     -Two red gloves',
      '     +One red glove',
      '',
      '   Calls (2 earlier calls left out)',
      '     POST  /api/v1/posts                  201  12 ms',
      '     GET   /api/v1/posts/42?fields=title  200   7 ms  ×3',
      '   The last response:',
      '     {',
      '       "id": "42",',
      '       "title": "Two red gloves"',
      '     }',
      '   Repeat the last call:',
      "     curl -X GET 'https://colony.example.org/api/v1/posts/42?fields=title' \\",
      '       -H "authorization: Bearer $TOKEN"',
      '',
      '   at support/services/colony/tasks/posts.ts:48:18',
    ])
  })

  test('fits the screen, except commands and words without blanks', () => {
    for (const columns of [80, 100]) {
      const lines = [...shown(ASSERTION, columns), ...shown(UNREACHABLE, columns)]
      for (const line of lines) if (!line.includes('curl')) expect(line.length, line).to.be.at.most(columns)
    }
  })

  test('a call without a response is shown as such, and the end of a long path is kept', () => {
    const line = shown(UNREACHABLE).find((one) => one.includes('no response') && one.includes('POST  '))
    expect(line).to.match(/^ {5}POST {2}….*\/posts {2}no response {2}3 ms$/)
    expect(shown(UNREACHABLE)).to.include('   The last response has no body.')
  })

  test('a long response is truncated, with its length', () => {
    const response = JSON.stringify(Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`field${at}`, at])))
    const calls = { earlier: 0, calls: (ASSERTION.calls?.calls ?? []).map((call) => ({ ...call, response })) }
    expect(shown({ ...ASSERTION, calls })).to.include('     … 46 more lines')
  })

  test('a response that was clipped before it came here is laid out, too', () => {
    expect(prettyBody('{"items":[{"id":1,"title":"a, b"},{"id":2,"tit… (3000 bytes)')).to.deep.equal([
      '{',
      '  "items": [',
      '    {',
      '      "id": 1,',
      '      "title": "a, b"',
      '    },',
      '    {',
      '      "id": 2,',
      '      "tit… (3000 bytes)',
    ])
    expect(prettyBody('plain\ntext')).to.deep.equal(['plain', 'text'])
  })

  test('only the first failed step shows its calls: later failures are its consequence', () => {
    const second = { ...ASSERTION, step: 'Hook: Undo what the scenario made' }
    const lines = renderFailures([scenario('colony', 'failed', { failures: [ASSERTION, second] })], plainScreen())
    expect(lines.filter((line) => line.includes('Calls'))).to.have.length(1)
    expect(lines).to.include('   Hook: Undo what the scenario made')
  })

  test('a command that is too long continues on the next line, and stays one command', () => {
    const body = '{"title":"One -d red \\"glove\\"","text":"It’s his"}'
    const curl = `curl -X POST 'https://colony.example.org/api/v1/posts' -H "authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '${body}'`
    const lines = curlLines(curl, 80)
    expect(lines).to.have.length(4)
    expect(lines.map((line) => line.trim().replace(/ \\$/, '')).join(' ')).to.equal(curl)
  })
})

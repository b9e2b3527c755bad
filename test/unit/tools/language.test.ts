import { execFile } from 'node:child_process'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { parseFeature } from '../../../tools/language/features'
import { featureViolations, figureViolations, stepViolations } from '../../../tools/language/rules'

const GOOD = `Feature: Notices
  Rule: Members post notices

    Scenario: A notice can be read by everyone
      Given Ada owns a board
      When Ben posts "Lost: a glove"
      Then Cleo can see "Lost: a glove"
`

const saysOf = (...texts: string[]): string[] =>
  featureViolations(texts.map((text, at) => parseFeature(`features/board/${at}.feature`, text))).map(({ says }) => says)

describe('the language of features', () => {
  test('a valid scenario', () => {
    expect(saysOf(GOOD)).to.deep.equal([])
  })

  for (const [what, text, says] of [
    ['a short title', GOOD.replace('A notice can be read by everyone', 'Reading it'), /fewer than 4 words/],
    ['no When', GOOD.replace('When Ben posts', 'Given Ben has posted'), /0 acts/],
    ['two Whens', GOOD.replace('      Then', '      And Ben posts "Found"\n      Then'), /2 acts/],
    ['no Then', GOOD.replace(/ +Then .*\n/, ''), /has no Then/],
    ['a method', GOOD.replace('Ben posts', 'Ben sends POST with'), /an HTTP method/],
    ['a status code', GOOD.replace('Cleo can see', 'the response is status 404 for'), /a status code/],
    ['a field', GOOD.replace('Cleo can see', 'the created_at shows'), /the name of a field/],
    ['a private word', GOOD.replace('Cleo can see', 'nobody can see'), /no one/],
    ['an empty text', GOOD.replace('"Lost: a glove"\n      Then', '""\n      Then'), /empty text/],
  ] as const) {
    test(what, () => {
      expect(saysOf(text).join('\n')).to.match(says)
    })
  }

  test('quoted texts of people are not checked', () => {
    expect(saysOf(GOOD.replaceAll('Lost: a glove', 'nobody told me, 404'))).to.deep.equal([])
  })

  test('a title that two features have', () => {
    expect(saysOf(GOOD, GOOD)).to.deep.equal([
      'the title "A notice can be read by everyone" is also that of features/board/0.feature:4',
    ])
  })

  test('steps that are not used, not known, or known twice', () => {
    const usage = {
      definitions: [{ uri: 'steps/x.ts', line: 1, pattern: 'it rains', usedBy: new Set<string>() }],
      unmatched: [
        { uri: 'a.feature', line: 2, text: 'it snows', matches: [] },
        { uri: 'a.feature', line: 3, text: 'it pours', matches: ['it pours', 'it {word}'] },
      ],
    }
    expect(stepViolations(usage).map(({ says }) => says)).to.deep.equal([
      'no step definition matches "it snows"',
      'several match "it pours": it pours · it {word}',
      '"it rains" is not used',
    ])
  })

  test('too many step definitions, used too seldom', () => {
    const figures = { scenarios: 500, definitions: 602, perDefinition: 0.83, usedOnce: 0.6 }
    expect(figureViolations(figures)).to.have.length(3)
    const allowed = { scenarios: 500, definitions: 400, perDefinition: 1.25, usedOnce: 133 / 400 }
    expect(figureViolations(allowed)).to.deep.equal([])
    expect(figureViolations({ ...allowed, usedOnce: 134 / 400 })).to.deep.equal([
      { at: 'steps', says: '33.5 % of the definitions are used once; at most 33.3 %' },
    ])
  })

  test('the figures are those of the whole suite, whatever part of it is named', async () => {
    const figures = async (...parts: string[]): Promise<string> =>
      (await run(process.execPath, ['--require', './support/run/typescript.js', 'tools/language.ts', ...parts])).stdout
    const [part, whole] = await Promise.all([figures('features/slack'), figures()])
    expect(part).to.equal(whole)
  })
})

const run = promisify(execFile)

import { describe, test } from 'node:test'
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

describe('how features are to be written', () => {
  test('a scenario that is fine', () => {
    expect(saysOf(GOOD)).to.deep.equal([])
  })

  for (const [what, text, says] of [
    ['a short title', GOOD.replace('A notice can be read by everyone', 'Reading it'), /fewer than 4 words/],
    ['no act', GOOD.replace('When Ben posts', 'Given Ben has posted'), /0 acts/],
    ['two acts', GOOD.replace('      Then', '      And Ben posts "Found"\n      Then'), /2 acts/],
    ['no promise', GOOD.replace(/ +Then .*\n/, ''), /has no Then/],
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

  test('a script of sentences is no language', () => {
    const figures = { scenarios: 500, definitions: 602, perDefinition: 0.83, usedOnce: 0.6 }
    expect(figureViolations(figures)).to.have.length(3)
    expect(figureViolations({ scenarios: 500, definitions: 390, perDefinition: 1.28, usedOnce: 0.3 })).to.deep.equal([])
  })
})

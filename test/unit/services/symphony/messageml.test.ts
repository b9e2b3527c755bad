import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { Content } from '../../../../support/chat/content'
import { checkLimits, LONGEST, MessageLimitError } from '../../../../support/services/symphony/limits'
import { understand } from '../../../../support/services/symphony/presentation'
import { escaped, expectedMarkup, render } from '../../../../support/services/symphony/render'

const inDiv = (inner: string): string => `<div data-format="PresentationML" data-version="2.0">${inner}</div>`
/** The start of a template, written so that the linter does not treat it as a JavaScript template. */
const DOLLAR = '$' + '{'

describe('rendering', () => {
  // SYM-022, SYM-040
  test('every piece has its element', () => {
    const cases: [Content, string][] = [
      [[{ kind: 'text', text: 'a' }], 'a'],
      [[{ kind: 'bold', text: 'a' }], '<b>a</b>'],
      [[{ kind: 'italic', text: 'a' }], '<i>a</i>'],
      [[{ kind: 'code', text: 'a' }], '<code>a</code>'],
      [[{ kind: 'block', text: 'a\n b' }], '<pre>a\n b</pre>'],
      [[{ kind: 'mention', id: '12', name: 'Ben' }], '<mention uid="12"/>'],
      [[{ kind: 'hashtag', text: 'chatom' }], '<hash tag="chatom"/>'],
      [[{ kind: 'cashtag', text: 'AAPL' }], '<cash tag="AAPL"/>'],
      [[{ kind: 'break' }], '<br/>'],
      [[{ kind: 'text', text: 'a\nb' }], 'a<br/>b'],
      [[{ kind: 'channel', id: '1', name: 'room' }], '#room'],
      [
        [
          {
            kind: 'table',
            rows: [
              ['A', 'B'],
              ['1', '2'],
            ],
          },
        ],
        '<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
      ],
    ]
    for (const [content, markup] of cases) expect(render(content)).to.equal(`<messageML>${markup}</messageML>`)
  })

  // SYM-024
  test('text is literal: markup, entities and templates are escaped', () => {
    expect(escaped('a & b < c')).to.equal('a &amp; b &lt; c')
    expect(escaped(`${DOLLAR}x} #{y} $5 #tag`)).to.equal('&#36;{x} &#35;{y} $5 #tag')
    expect(render([{ kind: 'hashtag', text: `${DOLLAR}x}"` }])).to.equal('<messageML><hash tag="&#36;{x}&quot;"/></messageML>')
    expect(() => render([{ kind: 'text', text: 'a\u0001' }])).to.throw('control characters')
  })
})

describe('reading PresentationML', () => {
  // SYM-050, SYM-092
  test('tags go, escapes resolve, cells are joined', () => {
    const texts: [string, string][] = [
      ['<b>a</b> &amp; &lt;b&gt; &#36;{x}', `a & <b> ${DOLLAR}x}`],
      ['one<br/>two', 'one\ntwo'],
      ['<p>one</p><p>two</p>', 'one\ntwo'],
      ['<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>', 'A | B\n1 | 2'],
      ['<div class="card"><div class="cardHeader">H</div><div class="cardBody">B</div></div>', 'H\nB'],
    ]
    for (const [inner, text] of texts) expect(understand(inDiv(inner), undefined).text, inner).to.equal(text)
  })

  // SYM-030, SYM-031, SYM-091
  test('mentions and tags are read from the entities', () => {
    const entity = (type: string, idType: string, value: string) => ({ type, version: '1.0', id: [{ type: idType, value }] })
    const data = {
      mention1: entity('com.symphony.user.mention', 'com.symphony.user.userId', '12'),
      keyword2: entity('org.symphonyoss.taxonomy', 'org.symphonyoss.taxonomy.hashtag', 'chatom'),
      keyword3: entity('org.symphonyoss.fin.security', 'org.symphonyoss.fin.security.id.ticker', 'AAPL'),
      other: { type: 'something.else' },
    }
    expect(understand(inDiv('x'), JSON.stringify(data))).to.deep.include({
      mentions: ['12'],
      hashtags: ['chatom'],
      cashtags: ['AAPL'],
    })
    expect(understand(inDiv('@Ben'), '{}').mentions).to.deep.equal([])
  })

  test('a message that is not well-formed violates the contract', () => {
    expect(() => understand('<div>', undefined)).to.throw('not well-formed')
    expect(() => understand(inDiv('x'), '{')).to.throw('not JSON')
  })

  test('the required parts are found in any notation of the platform', () => {
    const content: Content = [
      { kind: 'text', text: 'a & "b"' },
      { kind: 'table', rows: [['A'], ['1 < 2']] },
      { kind: 'mention', id: '12', name: 'Ben' },
    ]
    const spelled =
      'a &#38; &quot;b&quot;<table class="pretty"><thead><tr><th>A</th></tr></thead><tbody><tr><td>1 &#60; 2</td></tr></tbody></table>' +
      '<span class="entity" data-entity-id="mention1">@Ben</span>'
    for (const part of expectedMarkup(content)) expect(understand(inDiv(spelled), undefined).markup).to.include(part)
  })
})

describe('limits before sending', () => {
  test('exactly what Symphony would refuse is refused here', () => {
    const tags = (count: number): Content => Array.from({ length: count }, () => ({ kind: 'hashtag', text: 'x' }))
    const words = (count: number): Content => [
      { kind: 'text', text: Array.from({ length: count }, (_, at) => `w${at}`).join(' ') },
    ]
    const texts = (length: number): Content => [{ kind: 'text', text: 'x'.repeat(length) }]
    for (const [most, over] of [
      [texts(LONGEST), texts(LONGEST + 1)],
      [tags(40), tags(41)],
      [words(2_500), words(2_501)],
      [texts(1), []],
      [tags(1), [{ kind: 'hashtag', text: 'a b' }]],
    ] as [Content, Content][]) {
      checkLimits(most)
      expect(() => checkLimits(over)).to.throw(MessageLimitError)
    }
  })
})

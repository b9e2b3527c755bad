import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { Content } from '../../../../support/chat/content'
import { expectedMarkup, mentionsEveryone, mentionsIn, mrkdwn, plainOf } from '../../../../support/services/slack/render'

describe('mrkdwn', () => {
  const cases: [string, Content, string][] = [
    ['text', [{ kind: 'text', text: 'a & b < c > d' }], 'a &amp; b &lt; c &gt; d'],
    ['bold', [{ kind: 'bold', text: 'x' }], '*x*'],
    ['italic', [{ kind: 'italic', text: 'x & y' }], '_x &amp; y_'],
    ['code', [{ kind: 'code', text: 'a<b' }], '`a&lt;b`'],
    ['a block knows no language', [{ kind: 'block', text: 'x = 1', language: 'python' }], '```\nx = 1\n```'],
    [
      'a person and a channel',
      [
        { kind: 'mention', id: 'U1', name: 'Ben' },
        { kind: 'channel', id: 'C1', name: 'x' },
      ],
      '<@U1><#C1>',
    ],
    ['everyone', [{ kind: 'everyone', audience: 'channel' }], '<!channel>'],
    ['tags are words', [{ kind: 'hashtag', text: 'glove' }, { kind: 'break' }, { kind: 'cashtag', text: 'GLV' }], '#glove\n$GLV'],
    [
      'a mark beside a letter gets a border',
      [
        { kind: 'text', text: 'a' },
        { kind: 'bold', text: 'b' },
        { kind: 'text', text: 'c' },
      ],
      'a\u200B*b*\u200Bc',
    ],
  ]
  for (const [what, content, text] of cases)
    test(what, () => {
      expect(mrkdwn.render(content)).to.equal(text)
    })
  test('a table is a block of columns', () => {
    const rows = [
      ['Feature', 'Status'],
      ['Messages', 'done'],
      ['A & B', 'x'],
    ]
    expect(mrkdwn.render([{ kind: 'table', rows }])).to.equal(
      '```\nFeature  | Status\n---------+-------\nMessages | done\nA &amp; B    | x\n```',
    )
  })

  test('a backtick cannot end code from inside', () => {
    expect(mrkdwn.render([{ kind: 'code', text: 'a`b' }])).to.match(/^`a[^`]b`$/)
    expect(mrkdwn.render([{ kind: 'block', text: '```' }]).split('```')).to.have.length(3)
  })
})

describe('plain words', () => {
  const literal = [
    'a & b < c',
    '*not bold*',
    '_not_ italic',
    'snake_case_name',
    '`no code`',
    '~x~',
    '2 * 3 * 4',
    '<@U1> &amp; <!here>',
    '> no quote',
  ]
  for (const text of literal)
    test(`${text} survives the way there and back`, () => {
      expect(plainOf(mrkdwn.escape(text))).to.equal(text)
    })
  const cases: [string, string][] = [
    ['*bold* _italic_ ~gone~ `code`', 'bold italic gone code'],
    ['```\n*x* &lt;y&gt;\n```', '*x* <y>'],
    ['<https://example.com|here> <https://example.com> <mailto:a@example.com>', 'here https://example.com a@example.com'],
    ['<@U1|ben> <@U2> <#C1|gloves> <!here> <!subteam^S1|@team> <!date^1^{date}|then>', '@ben @U2 #gloves @here @team then'],
  ]
  for (const [markup, plain] of cases)
    test(markup.slice(0, 30), () => {
      expect(plainOf(markup)).to.equal(plain)
    })
})

describe('stored text', () => {
  test('addresses are wrapped, emoji are left out, line breaks are ignored', () => {
    const content: Content = [
      { kind: 'text', text: 'See https://example.com/a?b=1&c=2 🎉 now' },
      { kind: 'break' },
      { kind: 'bold', text: 'x' },
    ]
    expect(expectedMarkup([{ kind: 'text', text: 'from 🇩🇪 to 🏴󠁧󠁢󠁥󠁮󠁧󠁿 in 3️⃣ days 👩🏽‍🚀' }])).to.deep.equal(['from', 'to', 'in', 'days'])
    expect(expectedMarkup(content)).to.deep.equal(['See <https://example.com/a?b=1&amp;c=2>', 'now', '*x*'])
  })
})

describe('mentions', () => {
  // SLK-030
  test('people by id, and every way to call on all', () => {
    expect(mentionsIn('<@U1> and <@U2|ben>, @U3')).to.deep.equal(['U1', 'U2'])
    for (const audience of ['here', 'channel', 'everyone']) expect(mentionsEveryone(`x <!${audience}> y`)).to.equal(true)
    expect(mentionsEveryone('@here &lt;!here&gt; <!subteam^S1>')).to.equal(false)
  })
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownSlack } from './support/server'

let channel: string
const slack = ownSlack({ Ada: {}, Ben: {}, Cleo: {} }, (slack) => {
  channel = slack.bot.channelId ?? ''
})

const post = (args: object = {}) => slack.ok('chat.postMessage', { channel, text: 'One red glove', ...args })
const BOLD = { type: 'section', text: { type: 'mrkdwn', text: '*x*' } }

describe('text as it is stored', () => {
  // SLK-022
  const cases: [string, string][] = [
    ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
    ['a &amp; b &lt;c&gt;', 'a &amp; b &lt;c&gt;'],
    ['<b>no</b>', '&lt;b&gt;no&lt;/b&gt;'],
    ['see https://example.com/a?b=1&c=2.', 'see <https://example.com/a?b=1&amp;c=2>.'],
    ['see www.example.com', 'see <http://www.example.com|www.example.com>'],
    [
      '<https://example.com|here> and <@U0123456789> in <#C0123456789> <!here> <!subteam^S01|@x> <!date^1^{date}|then>',
      '<https://example.com|here> and <@U0123456789> in <#C0123456789> <!here> <!subteam^S01|@x> <!date^1^{date}|then>',
    ],
    ['`https://example.com` 🎉', '`https://example.com` :tada:'],
    ['```\na < b 👍\n```', '```\na &lt; b 👍\n```'],
    ['👍 👎 🎉 ❤️ 👋🏽', ':+1: :-1: :tada: :heart: :wave::skin-tone-4:'],
    [
      '🧑‍🚀 ❤️‍🔥 🇩🇪 3️⃣ ☕ 🏳️‍🌈 🧑🏿‍🤝‍🧑🏻',
      ':astronaut: :heart_on_fire: :de: :three: :coffee: :rainbow-flag: :people_holding_hands::skin-tone-6-2:',
    ],
    ['3 © Ada ™', '3 © Ada ™'],
    ['@ben.okafor', '@ben.okafor'],
  ]
  for (const [sent, kept] of cases) {
    test(sent.slice(0, 40), async () => {
      expect((await post({ text: sent })).message.text).to.equal(kept)
    })
  }

  test('names are linked only on request', async () => {
    const { message } = await post({ text: '@ben.okafor and @here in #acceptance', link_names: true })
    expect(message.text).to.equal(`<@${slack.ben.userId}> and <!here> in <#${channel}|acceptance>`)
  })
})

describe('blocks', () => {
  const cases: [string, object[], string][] = [
    ['too many', Array.from({ length: 51 }, () => ({ type: 'divider' })), '/blocks]'],
    ['an unknown type', [{ type: 'rhombus' }], '/blocks/0/type]'],
    ['a section too long', [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3_001) } }], '/blocks/0/text/text]'],
    ['a header of mrkdwn', [BOLD, { type: 'header', text: { type: 'mrkdwn', text: 'x' } }], '/blocks/1/text/type]'],
    [
      'a table too long',
      [{ type: 'table', rows: Array.from({ length: 101 }, () => [{ type: 'raw_text', text: 'x' }]) }],
      '/blocks/0/rows]',
    ],
    [
      'a row too wide',
      [{ type: 'table', rows: [Array.from({ length: 21 }, () => ({ type: 'raw_text', text: 'x' }))] }],
      '/blocks/0/rows/0]',
    ],
    ['a cell of no kind', [{ type: 'table', rows: [[{ type: 'mrkdwn', text: 'x' }]] }], '/blocks/0/rows/0/0/type]'],
  ]
  for (const [what, blocks, pointer] of cases) {
    test(`${what} is reported with its location`, async () => {
      const { body } = await slack.call('chat.postMessage', { channel, text: 'x', blocks })
      expect(body.error).to.equal('invalid_blocks')
      expect(body.response_metadata.messages.join()).to.include(pointer)
    })
  }

  test('Slack creates one from a text without blocks', async () => {
    const text = `Hi <@${slack.ben.userId}>, *bold _both_* \`x<y\` :tada: <https://example.com|here> <!here>\n\`\`\`\ncode\n\`\`\``
    const [{ type, elements }] = (await post({ text })).message.blocks
    expect(type).to.equal('rich_text')
    expect(elements.map((part: { type: string }) => part.type)).to.deep.equal(['rich_text_section', 'rich_text_preformatted'])
    expect(elements[0].elements).to.deep.equal([
      { type: 'text', text: 'Hi ' },
      { type: 'user', user_id: slack.ben.userId },
      { type: 'text', text: ', ' },
      { type: 'text', text: 'bold ', style: { bold: true } },
      { type: 'text', text: 'both', style: { bold: true, italic: true } },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'x<y', style: { code: true } },
      { type: 'text', text: ' ' },
      { type: 'emoji', name: 'tada' },
      { type: 'text', text: ' ' },
      { type: 'link', url: 'https://example.com', text: 'here' },
      { type: 'text', text: ' ' },
      { type: 'broadcast', range: 'here' },
      { type: 'text', text: '\n' },
    ])
    expect(elements[1].elements).to.deep.equal([{ type: 'text', text: 'code' }])
  })

  test('a message may consist of blocks only', async () => {
    expect((await post({ text: '', blocks: [BOLD, { type: 'divider' }] })).message.blocks).to.have.length(2)
  })
})

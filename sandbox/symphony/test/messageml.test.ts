import { describe, test } from 'node:test'
import { expect } from 'chai'
import { markupCalls, OPEN } from './support/markup'
import { ownPod } from './support/server'

const wire = ownPod()
const { kept, refused } = markupCalls(wire)

describe('MessageML as it is stored', () => {
  test('inline tags are kept, text is escaped, line breaks become blanks except where they are significant', async () => {
    for (const [given, becomes] of [
      ['<b>bold</b> <i>italic</i> <code>code</code>', '<b>bold</b> <i>italic</i> <code>code</code>'],
      ['a &#38; b &lt;c&gt; &quot;d&quot;', 'a &amp; b &lt;c&gt; "d"'],
      ['one\n   two\r\nthree', 'one two three'],
      ['<pre>one\n  two</pre>', '<pre>one\n  two</pre>'],
      ['<code>one\n  two</code>', '<code>one\n  two</code>'],
      ['<code language="python">x = 1</code>', '<code data-language="python">x = 1</code>'],
      ['one<br/>two<hr/>', 'one<br/>two<hr/>'],
      ['<p>p</p><h1>h</h1><sub>1</sub><sup>2</sup>', '<p>p</p><h1>h</h1><sub>1</sub><sup>2</sup>'],
      ['<ul><li>a</li></ul><ol><li>b</li></ol>', '<ul><li>a</li></ul><ol><li>b</li></ol>'],
      ['<a href="https://example.test/?a=1&amp;b=2">x</a>', '<a href="https://example.test/?a=1&amp;b=2">x</a>'],
      ['<img src="https://example.test/x.png"/>', '<img src="https://example.test/x.png"/>'],
      ['&#36;{literal} and &#35;{this}', `${OPEN}literal} and #{this}`],
      ['<![CDATA[<b> & more]]>', '&lt;b&gt; &amp; more'],
      ['a<!-- a remark -->b', 'ab'],
      ['<chime/>', '<audio src="https://asset.symphony.com/symphony/audio/chime.mp3" autoplay="true"/>'],
      ['<div class="wide">x</div>', '<div class="wide">x</div>'],
      ['👋 ünïcode', '👋 ünïcode'],
    ] as const)
      expect((await kept(given)).markup, given).to.equal(becomes)
  })

  // SYM-040
  test('a table keeps its structure', async () => {
    const table =
      '<table><thead><tr><th>A</th></tr></thead><tbody><tr><td colspan="1">1</td></tr></tbody><tfoot><tr><td>z</td></tr></tfoot></table>'
    expect((await kept(table)).markup).to.equal(table)
  })

  test('a card becomes nested divisions', async () => {
    const { markup } = await kept(
      '<card iconSrc="https://example.test/i.png" accent="tempo-bg-color--blue"><header>H</header><body>B</body></card>',
    )
    expect(markup).to.equal(
      '<div class="card" data-icon-src="https://example.test/i.png" data-accent-color="tempo-bg-color--blue">' +
        '<div class="cardHeader">H</div><div class="cardBody">B</div></div>',
    )
  })

  // SYM-030
  test('a mention by id or email contains the name and has its entity', async () => {
    const { id, displayName, emailAddress } = wire().people.Ben ?? {}
    for (const given of [`<mention uid="${id}"/>`, `<mention email="${emailAddress}"/>`]) {
      const { markup, data } = await kept(given)
      expect(markup).to.equal(`<span class="entity" data-entity-id="mention1">@${displayName}</span>`)
      expect(data).to.deep.equal({
        mention1: { type: 'com.symphony.user.mention', version: '1.0', id: [{ type: 'com.symphony.user.userId', value: id }] },
      })
    }
  })

  test('an unknown user is refused, unless the mention is not strict', async () => {
    expect(await refused('<messageML><mention uid="1"/></messageML>')).to.include('Failed to lookup user "1"')
    expect((await kept('<mention uid="1" strict="false"/>')).markup).to.equal('1')
  })

  // SYM-031
  test('hashtags and cashtags are keywords; the counter is shared by all kinds', async () => {
    const { markup, data } = await kept(`<mention uid="${wire().people.Ben?.id}"/><hash tag="chatom"/> <cash tag="AAPL"/>`)
    expect(markup).to.include('<span class="entity" data-entity-id="keyword2">#chatom</span>')
    expect(markup).to.include('<span class="entity" data-entity-id="keyword3">$AAPL</span>')
    expect(data.keyword2).to.deep.equal({
      type: 'org.symphonyoss.taxonomy',
      version: '1.0',
      id: [{ type: 'org.symphonyoss.taxonomy.hashtag', value: 'chatom' }],
    })
    expect(data.keyword3).to.deep.equal({
      type: 'org.symphonyoss.fin.security',
      version: '1.0',
      id: [{ type: 'org.symphonyoss.fin.security.id.ticker', value: 'AAPL' }],
    })
    await kept('<hash tag="a.b-c_1"/><cash tag="*123"/>')
  })

  test('an emoji has its Unicode text and its entity; an unknown one shows its shortcode or its content', async () => {
    const { markup, data } = await kept('<emoji shortcode="tada"/>')
    expect(markup).to.equal('<span class="entity" data-entity-id="emoji1">🎉</span>')
    expect(data.emoji1).to.deep.include({
      type: 'com.symphony.emoji',
      data: { shortcode: 'tada', annotation: 'tada', size: 'normal', unicode: '🎉' },
    })
    const shown = (text: string) => `<span class="entity" data-entity-id="emoji1">${text}</span>`
    const unknown = await kept('<emoji shortcode="no_such"/>')
    expect(unknown.markup).to.equal(shown(':no_such:'))
    expect(unknown.data.emoji1).to.deep.include({ data: { shortcode: 'no_such', annotation: 'no such', size: 'normal' } })
    expect((await kept('<emoji shortcode="no_such">A &amp; B</emoji>')).markup).to.equal(shown('A &amp; B'))
  })

  test('EntityJSON that is sent is kept, and used in the template', async () => {
    const given = { stock: { type: 'x.stock', version: '1.0', price: 12, names: ['a & b'] } }
    const { markup, data } = await kept(`<b>${OPEN}entity['stock'].price}</b> ${OPEN}entity.stock.names[0]}`, {
      data: JSON.stringify(given),
    })
    expect(markup).to.equal('<b>12</b> a &amp; b')
    expect(data).to.deep.equal(given)
    const link = await kept(`<a href="https://example.test/?q=${OPEN}entity.q}">x</a>`, { data: '{"q":"a\\"b"}' })
    expect(link.markup, 'a quotation mark in an attribute').to.equal('<a href="https://example.test/?q=a&quot;b">x</a>')
  })

  test('PresentationML is accepted unchanged', async () => {
    const message = '<div data-format="PresentationML" data-version="2.0"><span class="entity" data-entity-id="x">y</span></div>'
    expect((await wire().send(message, { parts: { data: '{"x":{"type":"t"}}' } })).body.message).to.equal(message)
  })

  test('stored messages can be sent again', async () => {
    for (const given of [
      '<chime/>',
      '<code language="python">x = 1</code>',
      '<card iconSrc="https://example.test/i.png" accent="blue"><header>H</header><body>B</body></card>',
      `<mention uid="${wire().people.Ben?.id}"/> <hash tag="x"/> <emoji shortcode="tada"/> &lt;b&gt; &amp;`,
      '<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
      'a<!-- this & that ]]> --><![CDATA[ ]] > & ]]>&#x1F600;&#xE000;',
    ]) {
      const first = (await wire().send(`<messageML>${given}</messageML>`)).body
      const again = (await wire().send(first.message, { parts: { data: first.data } })).body
      expect([again.message, again.data], given).to.deep.equal([first.message, first.data])
    }
  })

  test('forms have their fields below them', async () => {
    const form =
      '<form id="f"><text-field name="t" placeholder="p">x</text-field><div><select name="s"><option value="1">1</option></select></div><button name="b" type="action">Go</button></form>'
    expect((await kept(form)).markup).to.include('<form id="f">')
  })
})

import { describe, test } from 'node:test'
import { expect } from 'chai'
import { markupCalls, OPEN } from './support/markup'
import { ownPod } from './support/server'

const wire = ownPod()
const { kept, refused } = markupCalls(wire)

/** Invalid MessageML, with the platform's error messages. */
const REFUSED: [message: string, says: string | RegExp][] = [
  ['', 'Error parsing message: the message cannot be null or empty'],
  ['   ', 'Error parsing message: the message cannot be null or empty'],
  ['<messageML></messageML>', 'Error parsing message: the message cannot be null or empty'],
  ['plain text', /^Invalid messageML: /],
  ['<messageML>a & b</messageML>', /^Invalid messageML: .*'&'/],
  ['<messageML>a < b</messageML>', /^Invalid messageML: /],
  ['<messageML>&nbsp;</messageML>', /^Invalid messageML: /],
  ['<messageML><b>x</messageML>', /^Invalid messageML: /],
  ['<messageML>x', /^Invalid messageML: /],
  ['<!DOCTYPE messageML [<!ENTITY x "y">]><messageML>&x;</messageML>', /^Invalid messageML: DOCTYPE/],
  ['<messageML><foo/></messageML>', 'Invalid MessageML content at element "foo"'],
  ['<messageML><blockquote>x</blockquote></messageML>', 'Invalid MessageML content at element "blockquote"'],
  ['<messageML><u>x</u></messageML>', 'Invalid MessageML content at element "u"'],
  ['<messageML><constructor/></messageML>', 'Invalid MessageML content at element "constructor"'],
  ['<messageML><b href="x">y</b></messageML>', 'Attribute "href" is not allowed in "b"'],
  ['<messageML id="x">y</messageML>', 'Attribute "id" is not allowed in "messageML"'],
  ['<messageML><b><p>x</p></b></messageML>', 'Element "p" is not allowed in "b"'],
  ['<messageML><li>x</li></messageML>', 'Element "li" is not allowed in "messageML"'],
  ['<messageML><table><tr><td>x</td></tr></table></messageML>', 'Element "tr" is not allowed in "table"'],
  ['<messageML><table>x</table></messageML>', /"table"/],
  ['<messageML><ul></ul></messageML>', /"ul"/],
  ['<messageML><ul>loose<li>x</li></ul></messageML>', /"ul"/],
  ['<messageML><br>x</br></messageML>', /"br"/],
  ['<messageML><button name="b">x</button></messageML>', 'Element "button" is not allowed in "messageML"'],
  ['<message>x</message>', 'Root tag must be <messageML> or <div>'],
  ['<div>x</div>', 'Root tag must be <messageML> or <div>'],
  [
    '<div data-format="PresentationML" data-version="2.0"><hash tag="x"/></div>',
    'Shorthand tag "hash" is not allowed in PresentationML',
  ],
  ['<messageML><hash/></messageML>', 'The attribute "tag" is required'],
  ['<messageML><hash tag="a b"/></messageML>', /"tag"/],
  ['<messageML><cash tag="123"/></messageML>', /asterisk/],
  ['<messageML><mention uid="abc"/></messageML>', 'Invalid input: uid must be a int64 value not "abc"'],
  ...['-1', '9223372036854775808', '1.5', ' 1'].map((uid): [string, string] => [
    `<messageML><mention uid="${uid}"/></messageML>`,
    `Invalid input: uid must be a int64 value not "${uid}"`,
  ]),
  ['<messageML><mention uid="9223372036854775807"/></messageML>', 'Failed to lookup user "9223372036854775807"'],
  [`<messageML>${'<div>'.repeat(5_000)}x${'</div>'.repeat(5_000)}</messageML>`, /^Invalid messageML: .*nested/],
  ['<messageML><mention/></messageML>', /"uid" or "email"/],
  ['<messageML><a>x</a></messageML>', 'The attribute "href" is required'],
  ['<messageML><a href="/x">y</a></messageML>', /absolute/],
  ['<messageML><a href="javascript:alert(1)">y</a></messageML>', /scheme/],
  ['<messageML><chime/>and more</messageML>', /[Cc]hime/],
  ['<messageML>]]></messageML>', /^Invalid messageML: .*\]\]>/],
  ...['&#xD800;', '&#x110000;', '&#65535;', '&#xFFFFFFFFF;'].map((reference): [string, RegExp] => [
    `<messageML>${reference}</messageML>`,
    /^Invalid messageML: Character reference/,
  ]),
  ['<messageML>a\uFFFEb</messageML>', /^Invalid messageML: .*invalid XML character/],
  ['<messageML><audio src="https://example.test/x.mp3"/></messageML>', 'Invalid MessageML content at element "audio"'],
  ['<messageML>a\u0001b</messageML>', 'Invalid control characters in message'],
  ['<messageML>a&#1;b</messageML>', 'Invalid control characters in message'],
  [`<messageML>${OPEN}missing}</messageML>`, /template/],
  ['<messageML>#{missing}</messageML>', /template/],
  ['<messageML><#if x></messageML>', /template/],
]

describe('refusals with the invalid part', () => {
  // SYM-023
  test('messages that are not MessageML', async () => {
    for (const [message, says] of REFUSED) {
      const said = await refused(message)
      if (typeof says === 'string') expect(said, message).to.equal(says)
      else expect(said, message).to.match(says)
    }
  })

  test('data that is not EntityJSON', async () => {
    for (const data of ['{', '[]', '7']) expect(await refused('<messageML>x</messageML>', { data })).to.match(/EntityJSON/)
  })

  test('too many entities, words and characters; exactly the maximum is accepted', async () => {
    const mentions = (count: number) => `<mention uid="${wire().people.Ben?.id}"/>`.repeat(count)
    const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at}`).join(' ')
    for (const [most, over] of [
      [mentions(40), mentions(41)],
      [words(2_500), words(2_501)],
      ['x'.repeat(81_130), 'x'.repeat(81_131)],
    ] as const) {
      await kept(most)
      expect(await refused(`<messageML>${over}</messageML>`)).to.match(/limit/)
    }
  })
})

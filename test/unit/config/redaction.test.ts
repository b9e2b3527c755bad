import { generateKeyPairSync } from 'node:crypto'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { REDACTED, Redactor } from '../../../support/config/redaction'
import { clip, maskEmails } from '../../../support/config/text'

const AWKWARD = 'k3y/with+"quotes"&<b>=\\ü and space'
const PLAIN = 'xoxb-1234-abcdEFGHijkl'

/** Every way the design names for a secret to stand in a text. */
function formsOf(secret: string): Record<string, string> {
  const bytes = Buffer.from(secret)
  const base64 = Object.fromEntries(
    (['base64', 'base64url'] as const).flatMap((encoding) =>
      ['', 'x', 'xy', 'xyz'].map((before) => [
        `${encoding} behind ${before.length}`,
        Buffer.concat([Buffer.from(before), bytes, Buffer.from('!tail')]).toString(encoding),
      ]),
    ),
  )
  const json = JSON.stringify(secret)
  return {
    'as it is': secret,
    'URL component': encodeURIComponent(secret),
    'URL component, lower case': encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
    'whole URL': encodeURI(secret),
    form: new URLSearchParams({ key: secret }).toString(),
    'URL twice': encodeURIComponent(encodeURIComponent(secret)),
    JSON: json,
    'JSON in JSON': JSON.stringify(json),
    'JSON in ASCII': json.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
    XML: secret.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '&#39;'),
    'XML by number': secret.replace(/[^A-Za-z0-9]/gu, (sign) => `&#x${sign.codePointAt(0)?.toString(16)};`),
    hex: bytes.toString('hex'),
    'hex in capitals': bytes.toString('hex').toUpperCase(),
    'Basic header': `Basic ${Buffer.from(`ada:${secret}`).toString('base64')}`,
    ...base64,
  }
}

/** Longest piece of the secret, in any of its forms, that is still to be read. */
function left(text: string, original: string): string {
  let best = ''
  for (let start = 0; start < original.length; start++)
    for (let end = original.length; end > start + best.length; end--)
      if (text.includes(original.slice(start, end))) best = original.slice(start, end)
  return best
}

describe('Redactor', () => {
  for (const secret of [PLAIN, AWKWARD, '0123abcd', '!!??&&//']) {
    for (const [name, form] of Object.entries(formsOf(secret))) {
      test(`removes ${JSON.stringify(secret)} ${name}`, () => {
        const clean = new Redactor([secret]).text(`before ${form} after`)
        expect(clean)
          .to.match(/^before .*after$/s)
          .and.contain(REDACTED)
        expect(left(clean.slice(7, -6), form).length, clean).to.be.lessThan(13)
        expect(clean).to.not.contain(secret)
      })
    }
  }

  test('leaves texts alone that hold none', () => {
    const redactor = new Redactor([PLAIN, AWKWARD, 'abc'])
    for (const text of ['', 'xoxb-1234-', 'abcdef abc', 'a quiet text'.repeat(50)]) expect(redactor.text(text)).to.equal(text)
  })

  test('removes each line of a PEM in any format', () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const lines = privateKey.split('\n').filter((line) => line.length >= 8 && !line.startsWith('-----'))
    const redactor = new Redactor([privateKey])
    const carriers = [
      privateKey,
      lines.join(''),
      lines.map((line, at) => `${at} | ${line}`).join('\n'),
      JSON.stringify({ key: privateKey }),
      encodeURIComponent(privateKey),
      privateKey.replaceAll('\n', '\\n'),
      privateKey.replaceAll('\n', '\r\n'),
      Buffer.from(`x${privateKey}`).toString('base64'),
      Buffer.from(privateKey).toString('hex'),
    ]
    for (const carrier of carriers) {
      const clean = redactor.text(carrier)
      for (const line of lines) {
        expect(clean).to.not.contain(line)
        expect(clean).to.not.contain(Buffer.from(line).toString('hex'))
        for (const skip of [0, 1, 2])
          expect(clean).to.not.contain(
            Buffer.from(line.slice(skip, skip + 60))
              .toString('base64')
              .slice(0, 60),
          )
      }
    }
  })

  test('removes a PEM whose line breaks are written as backslash and n', () => {
    const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ'
    expect(new Redactor([`-----BEGIN KEY-----\\n${line}\\n-----END KEY-----`]).text(`see ${line}`)).to.equal(`see ${REDACTED}`)
  })

  describe('a short value', () => {
    const redactor = new Redactor(['hunter2'])
    const credentials = [
      'password=hunter2',
      'PGPASSWORD=hunter2',
      '"token":"hunter2"',
      '{\\"api_key\\":\\"hunter2\\"}',
      'Authorization: Bearer hunter2',
      "authorization: 'hunter2'",
      '<password>hunter2</password>',
      '| password | hunter2 |',
      'postgres://ada:hunter2@example.org/db',
      'curl -u ada:hunter2 https://example.org',
      'secret => hunter2',
      '?token=hunter2&x=1',
      'the password hunter2 was wrong',
    ]
    for (const text of credentials) {
      test(`is removed from ${text}`, () => {
        expect(redactor.text(text)).to.equal(text.replace('hunter2', REDACTED))
      })
    }

    test('is removed from a Basic header', () => {
      const header = `Authorization: Basic ${Buffer.from('ada:hunter2').toString('base64')}`
      expect(redactor.text(header)).to.equal(`Authorization: Basic ${REDACTED}`)
    })

    for (const text of ['hunter2', 'hunter2 plays', 'level: hunter2', 'password=hunter2000', 'Basic instructions for hunter2']) {
      test(`stays in ${text}`, () => {
        expect(redactor.text(text)).to.equal(text)
      })
    }
  })

  test('copies data only where something changes', () => {
    const redactor = new Redactor([PLAIN])
    const data = { clean: { a: [1, 'b', null] }, dirty: [{ deep: `x ${PLAIN}` }, 'y'], bytes: Buffer.from(PLAIN) }
    const copy = redactor.deep(data)
    expect(copy).to.not.equal(data)
    expect(copy.clean).to.equal(data.clean)
    expect(copy.dirty).to.deep.equal([{ deep: `x ${REDACTED}` }, 'y'])
    expect(data.dirty[0]).to.deep.equal({ deep: `x ${PLAIN}` })
    expect(redactor.deep(data.clean)).to.equal(data.clean)
  })

  test('does not search fields that cannot contain a secret', () => {
    const data = { id: PLAIN, steps: [{ id: PLAIN, text: PLAIN }] }
    expect(new Redactor([PLAIN]).deep(data, new Set(['id']))).to.deep.equal({ id: PLAIN, steps: [{ id: PLAIN, text: REDACTED }] })
  })

  test('removes the longest of secrets that contain each other', () => {
    expect(new Redactor(['abcdefgh', 'abcdefghijkl']).text('abcdefghijkl abcdefgh')).to.equal(`${REDACTED} ${REDACTED}`)
  })

  test('takes seconds at most with thousands of secrets: each text is searched once, not once for each', () => {
    const redactor = new Redactor()
    for (let at = 0; at < 5_000; at++) redactor.learn(`col_${(at * 7_919_777).toString(36)}${(at * 104_729_333).toString(36)}key`)
    const text = 'The quick brown fox posts a comment on the board, and everybody sees it. '.repeat(30)
    redactor.text(text)
    const started = performance.now()
    for (let round = 0; round < 100; round++) redactor.text(text)
    expect(performance.now() - started).to.be.lessThan(10_000)
  })
})

describe('clip', () => {
  test('cuts by bytes, between characters', () => {
    expect(clip('short')).to.equal('short')
    expect(clip('a'.repeat(3000))).to.equal(`${'a'.repeat(2048)}… (3000 bytes)`)
    expect(clip('ü'.repeat(10), 5)).to.equal('üü… (20 bytes)')
    expect(clip('😀😀', 7)).to.equal('😀… (8 bytes)')
  })
})

test('maskEmails keeps the domain', () => {
  expect(maskEmails('from ada.l+x@mail.example.org to <ben@example.com>')).to.equal(
    'from ***@mail.example.org to <***@example.com>',
  )
  expect(maskEmails('@everyone, a@b')).to.equal('@everyone, a@b')
})

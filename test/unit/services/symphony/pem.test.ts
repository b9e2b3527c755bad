import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { pemFault, repairedPem } from '../../../../support/services/symphony/pem'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const KEYS = {
  'PKCS #8': String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  'PKCS #1': String(privateKey.export({ type: 'pkcs1', format: 'pem' })),
}

const PASTED: Record<string, (pem: string) => string> = {
  'as it is': (pem) => pem,
  'with spaces for line ends': (pem) => pem.replaceAll('\n', ' '),
  'without line ends': (pem) => pem.replaceAll('\n', ''),
  'without any blank': (pem) => pem.replaceAll(/\s/g, ''),
  'with doubled line ends': (pem) => pem.replaceAll('\n', '\n\n'),
  'with line ends of Windows': (pem) => pem.replaceAll('\n', '\r\n'),
  'with \\n written out': (pem) => pem.replaceAll('\n', '\\n'),
  'with \\r\\n written out': (pem) => pem.replaceAll('\n', '\\r\\n'),
  'in double quotes': (pem) => `"${pem}"`,
  'in single quotes, with \\n written out': (pem) => `'${pem.replaceAll('\n', '\\n')}'`,
  'with every line indented': (pem) => pem.replaceAll(/^/gm, '    '),
  'with a byte order mark': (pem) => `\uFEFF${pem}`,
  'as base64 of the file': (pem) => Buffer.from(pem).toString('base64'),
  'as base64 of the file, in lines': (pem) =>
    (
      Buffer.from(pem)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\n'),
  'after attributes of its bag': (pem) => `Bag Attributes\n    friendlyName: bot\n${pem}`,
}

describe('a PEM as people paste it', () => {
  for (const [form, pem] of Object.entries(KEYS)) {
    for (const [how, pasted] of Object.entries(PASTED)) {
      test(`${form} ${how} is the same key`, () => {
        const text = pasted(pem)
        expect(pemFault(text)).to.equal(undefined)
        expect(createPrivateKey(repairedPem(text)).equals(privateKey)).to.equal(true)
      })
    }
  }

  test('what cannot be put right is named', () => {
    const pem = KEYS['PKCS #8']
    expect(pemFault('my key')).to.contain('no PEM')
    expect(pemFault(pem.slice(0, 400))).to.contain('incomplete PEM: its line "-----END')
    expect(pemFault(pem.replace('\nMII', '\nMI?I'))).to.contain('not base64')
    expect(pemFault(pem.replace(/..\n-----END/, '\n-----END'))).to.contain('not base64')
  })
})

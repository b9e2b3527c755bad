/** The labels of the blocks that are accepted, by their letters alone. */
const LABELS: Readonly<Record<string, string>> = {
  PRIVATEKEY: 'PRIVATE KEY',
  RSAPRIVATEKEY: 'RSA PRIVATE KEY',
  ECPRIVATEKEY: 'EC PRIVATE KEY',
  ENCRYPTEDPRIVATEKEY: 'ENCRYPTED PRIVATE KEY',
  CERTIFICATE: 'CERTIFICATE',
}
const BLOCK = /-----\s*BEGIN\s*([A-Z\s]+?)\s*-----([\s\S]*?)-----\s*END\s*([A-Z\s]+?)\s*-----/g
const BEGIN = /-----\s*BEGIN\b/
const LINE = 64

/**
 * A PEM as people paste it, in the form of RFC 7468: quotes, a byte order mark and indentation are removed; `\n` and `\r\n` as
 * text become line ends; missing or doubled line ends are corrected; base64 of a whole PEM file is decoded. Anything else is left
 * unchanged.
 */
export function repairedPem(text: string): string {
  const written = unquoted(text.replace(/^\uFEFF/, '').trim()).replace(/\\r\\n|\\n|\\r/g, '\n')
  const pem = BEGIN.test(written) ? written : (decoded(written) ?? written)
  return `${pem.replaceAll(/\r\n?/g, '\n').replace(BLOCK, block).trim()}\n`
}

/** What is wrong with a text that should be a PEM, as the end of a sentence; undefined if every block is complete. */
export function pemFault(text: string): string | undefined {
  const pem = repairedPem(text)
  if (!BEGIN.test(pem)) return 'contains no PEM: there is no line "-----BEGIN …-----"'
  const rest = pem.replace(BLOCK, '')
  if (BEGIN.test(rest)) return 'contains an incomplete PEM: its line "-----END …-----" is missing'
  const broken = [...pem.matchAll(BLOCK)].find(([, , body = '']) => !hasHeaders(body) && !isBase64(body.replaceAll(/\s/g, '')))
  return broken ? 'contains a PEM whose body is not base64: it is incomplete, or characters were added' : undefined
}

function block(whole: string, begin: string, body: string): string {
  const label = LABELS[begin.replaceAll(/\s/g, '')]
  if (label === undefined) return whole
  const lines = hasHeaders(body)
    ? body.trim()
    : (body.replaceAll(/\s/g, '').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []).join('\n')
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----`
}

/** The headers of an encrypted key in OpenSSL's older form, such as `Proc-Type: 4,ENCRYPTED`. */
function hasHeaders(body: string): boolean {
  return /^\s*[A-Za-z-]+:/.test(body)
}

function unquoted(text: string): string {
  const [, , inner] = /^(["'])([\s\S]*)\1$/.exec(text) ?? []
  return inner?.trim() ?? text
}

/** The PEM of a text in base64, if it is one. */
function decoded(text: string): string | undefined {
  const compact = text.replaceAll(/\s/g, '')
  const plain = isBase64(compact) ? Buffer.from(compact, 'base64').toString('utf8') : ''
  return BEGIN.test(plain) ? plain : undefined
}

function isBase64(text: string): boolean {
  return text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text)
}

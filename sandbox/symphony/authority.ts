import 'reflect-metadata'
import { createPublicKey, generateKeyPair, randomBytes, webcrypto } from 'node:crypto'
import { promisify } from 'node:util'
import * as x509 from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const YEAR = 365 * 24 * 3_600_000

/** A certificate authority made when the sandbox starts: trusted only by clients that have its certificate. */
export class Authority {
  private constructor(
    private readonly keys: webcrypto.CryptoKeyPair,
    private readonly own: x509.X509Certificate,
  ) {}

  static async make(name: string): Promise<Authority> {
    const keys = await newKeys()
    const own = await x509.X509CertificateGenerator.createSelfSigned(
      {
        ...validity(),
        name: `CN=${name}`,
        keys,
        extensions: [
          new x509.BasicConstraintsExtension(true, 1, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
          await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        ],
      },
      webcrypto,
    )
    return new Authority(keys, own)
  }

  /** PEM of the certificate that clients must trust. */
  get certificate(): string {
    return this.own.toString('pem')
  }

  /** Key and certificate, as PEM, for a server on loopback. */
  async forServer() {
    const keys = await newKeys()
    const names = [
      { type: 'dns', value: 'localhost' },
      { type: 'ip', value: '127.0.0.1' },
      { type: 'ip', value: '::1' },
    ] as const
    const certificate = await this.sign('localhost', keys.publicKey, [
      new x509.SubjectAlternativeNameExtension([...names]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ])
    const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
    return { key, certificate }
  }

  /** @param commonName the username that the certificate identifies @param publicKey PEM of an RSA public key */
  async forClient(commonName: string, publicKey: string): Promise<string> {
    const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' })
    const key = await webcrypto.subtle.importKey('spki', der, RSA, true, ['verify'])
    return this.sign(commonName, key, [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])])
  }

  private async sign(name: string, publicKey: webcrypto.CryptoKey, extensions: x509.Extension[]): Promise<string> {
    const certificate = await x509.X509CertificateGenerator.create(
      {
        ...validity(),
        subject: `CN=${name}`,
        issuer: this.own.subject,
        publicKey,
        signingKey: this.keys.privateKey,
        // Strict clients require key identifiers that show which key signed which certificate.
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
          await x509.SubjectKeyIdentifierExtension.create(publicKey, false, webcrypto),
          await x509.AuthorityKeyIdentifierExtension.create(this.keys.publicKey, false, webcrypto),
          ...extensions,
        ],
      },
      webcrypto,
    )
    return certificate.toString('pem')
  }
}

export type KeyAndCertificate = Awaited<ReturnType<Authority['forServer']>>

const newKeys = async () => (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair

/** Valid since yesterday, so that a client with a slow clock accepts it; with a positive number, as the standard requires. */
function validity() {
  const number = randomBytes(16)
  number.writeUInt8((number.readUInt8(0) & 0x7f) | 0x01, 0)
  return {
    serialNumber: number.toString('hex'),
    notBefore: new Date(Date.now() - 24 * 3_600_000),
    notAfter: new Date(Date.now() + YEAR),
    signingAlgorithm: ALGORITHM,
  }
}

export interface KeyPair {
  /** PEM, `BEGIN RSA PRIVATE KEY`, as in the service's own guides. */
  privateKey: string
  publicKey: string
}

const generate = promisify(generateKeyPair)

/** RSA key pairs of service accounts. Generating one takes a tenth of a second, so pods share them; within a pod each is used once. */
export class Keys {
  private readonly pairs: Promise<KeyPair>[] = []

  /** @param place the number of the account within its pod, from 0 */
  pair(place: number): Promise<KeyPair> {
    this.pairs[place] ??= newPair()
    return this.pairs[place]
  }
}

const newPair = (): Promise<KeyPair> =>
  generate('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'

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
    const known = this.pairs[place] ?? newPair()
    this.pairs[place] = known
    return known
  }
}

async function newPair(): Promise<KeyPair> {
  return generate('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
}

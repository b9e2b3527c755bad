import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { Authority, type KeyAndCertificate } from '../../sandbox/symphony/authority'
import { walk } from './tree'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/

let authority: Promise<{ certificate: string; server: KeyAndCertificate }> | undefined

/** The certificate of proxies for TLS servers; one authority per process. */
export function ownTls(): Promise<{ certificate: string; server: KeyAndCertificate }> {
  authority ??= Authority.make('Mutation proxy').then(async (made) => ({
    certificate: made.certificate,
    server: await made.forServer(),
  }))
  return authority
}

/** A file of authorities with the proxies' authority. @param path of the file with the other ones */
export async function trustedFile(path: string): Promise<{ path: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'))
  const trusted = join(folder, 'authorities.pem')
  writeFileSync(trusted, `${readFileSync(path, 'utf8').trim()}\n${(await ownTls()).certificate}\n`)
  return { path: trusted, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Keys and certificates from sandboxes: a proxy sends the service the client certificate that it has received. */
export class Identities {
  private readonly pems = new Map<string, string>()
  private readonly agents = new Map<string, Agent>()

  /** Stores every key with its certificate from a response of the control API. */
  learn(tree: unknown): void {
    walk(tree, (_path, value) => {
      if (typeof value !== 'string' || !value.includes('PRIVATE KEY')) return
      const [certificate] = CERTIFICATE.exec(value.replaceAll('\\n', '\n')) ?? []
      if (certificate) this.pems.set(fingerprint(new X509Certificate(certificate).raw), value.replaceAll('\\n', '\n'))
    })
  }

  /** Connections with the certificate of this request's connection; undefined where that certificate is not known. */
  agentFor({ socket }: IncomingMessage): Agent | undefined {
    const raw = socket instanceof TLSSocket ? socket.getPeerCertificate()?.raw : undefined
    const shown = raw && fingerprint(raw)
    const pem = shown && this.pems.get(shown)
    if (!pem) return undefined
    const agent = this.agents.get(shown) ?? new Agent({ key: pem, cert: pem, rejectUnauthorized: false })
    this.agents.set(shown, agent)
    return agent
  }
}

function fingerprint(raw: Buffer): string {
  return createHash('sha256').update(raw).digest('hex')
}

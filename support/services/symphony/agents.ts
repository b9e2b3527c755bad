import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { UsageError } from '../../config/errors'
import { Agents } from '../../http/agents'
import type { ServiceAccess } from '../service'
import type { Proof } from './credentials'

/** Agents that trust the authority in `SYMPHONY_CA_PATH` in addition to the usual ones; one pair per process. */
export async function agentsFor(access: ServiceAccess): Promise<Agents> {
  const path = access.setting('SYMPHONY_CA_PATH')
  if (!path) return access.agents
  return access.connection('agents', async () => new Agents({ ca: trusted(path) }), destroy)
}

/** Agents with the bot's client certificate; only for authentication. */
export function showing(access: ServiceAccess, { pem }: Proof): Agents {
  const path = access.setting('SYMPHONY_CA_PATH')
  return new Agents({ key: pem, cert: pem, ...(path ? { ca: trusted(path) } : {}) })
}

export function destroy(agents: Agents): void {
  agents.destroy()
}

function trusted(path: string): string {
  try {
    return [...rootCertificates, readFileSync(path, 'utf8')].join('\n')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new UsageError(`SYMPHONY_CA_PATH names a file that cannot be read (${code}).`)
  }
}

import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { UsageError } from '../../config/errors'
import { Agents } from '../../http/agents'
import type { ServiceAccess } from '../service'
import type { Proof } from './credentials'

/** Connections that trust the authority in `SYMPHONY_CA_PATH` besides the usual ones; one pair serves the process. */
export async function agentsFor(access: ServiceAccess): Promise<Agents> {
  const path = access.setting('SYMPHONY_CA_PATH')
  if (!path) return access.agents
  return access.connection('agents', async () => new Agents({ ca: trusted(path) }), destroy)
}

/** Connections that show the bot's certificate; for getting tokens, and nothing else. */
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

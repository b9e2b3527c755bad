import { ApiError } from '../../http/errors'
import type { ServiceAccess } from '../service'
import { ConnectorClient } from './client'
import { type Fields, pairsOf } from './credentials'
import { Source } from './source'

/** Stores the source's credentials in the local vault once per run, because they cannot be removed again. */
export async function provision(access: ServiceAccess, connector: string): Promise<string> {
  return (await stored(access, connector, new Source(access, connector).credentials.evaluate())).id
}

export function stored(access: ServiceAccess, connector: string, credentials: Fields): Promise<{ id: string }> {
  const how = { by: 'Ada', data: { connector } }
  return access.undo.create('connector.credential', access.unique('credential'), how, async () => ({
    id: await ConnectorClient.of(access, connector).provision(credentials),
  }))
}

/**
 * The credentials of a start: the guid that it contains already, else the guid of the credentials in the local vault; pairs
 * where the vault is closed (403), which an app then drops.
 */
export async function referenced(given: Fields, provide: () => Promise<string>, credentials: () => Fields): Promise<Fields> {
  if ('credential_guid' in given) return {}
  try {
    return { credential_guid: await provide() }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === 403) return { credentials: pairsOf(credentials()) }
    // The body of a failed call to the vault may repeat secrets.
    throw new ApiError({ ...error.failure, body: '(left out)', says: undefined })
  }
}

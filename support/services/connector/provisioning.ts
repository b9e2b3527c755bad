import type { ServiceAccess } from '../../core/service'
import { ConnectorClient } from './client'
import type { Fields } from './credentials'
import { Source } from './source'

/** The source's credentials in the local vault, once a run, since nothing takes them out again. */
export async function provision(access: ServiceAccess, connector: string): Promise<string> {
  return (await stored(access, new Source(access, connector).credentials.evaluate())).id
}

export function stored(access: ServiceAccess, credentials: Fields): Promise<{ id: string }> {
  return access.undo.create('connector.credential', access.unique('credential'), { by: 'Ada' }, async () => ({
    id: await ConnectorClient.of(access).provision(credentials),
  }))
}

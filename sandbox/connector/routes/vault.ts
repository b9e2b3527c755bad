import { randomBytes } from 'node:crypto'
import type { Body } from '../service/credentials'
import { detail } from '../service/errors'
import { envelope, objectOf } from '../service/http'
import type { Routes } from '../service/route'

const SECRET_KEYS = ['username', 'password', 'extra', 'url', 'driverProperties', 'sodaConnection']

/** A local replacement of the real credential store: available only in a local deployment. */
export const vaultRoutes: Routes = async (app, { service }) => {
  const { infrastructure } = service
  app.post('/workflows/v1/dev/local-vault', async (request) => {
    if (infrastructure.deployment !== 'local') throw detail(403, 'Dev-only endpoint')
    const credentials = objectOf(request)
    const guid = randomBytes(16).toString('hex')
    infrastructure.secrets.put(guid, picked(credentials, true))
    const open = { credentialSource: 'direct', ...picked(credentials, false) }
    infrastructure.objects?.putDocument(service.app.name, 'credentials', guid, open)
    return envelope(true, { credential_guid: guid }, 'Credentials provisioned successfully')
  })
}

function picked(credentials: Body, secret: boolean): Body {
  return Object.fromEntries(Object.entries(credentials).filter(([key]) => SECRET_KEYS.includes(key) === secret))
}

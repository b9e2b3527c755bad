import { errorText, UsageError } from '../../config/errors'
import type { ProbeLine, ServiceAccess, ServiceRuntime } from '../service'
import { ConnectorClient } from './client'
import { type Fields, pairsOf } from './credentials'
import { preflightOf } from './dialects'
import { connectorNames, optionOf } from './folders'
import { hooksOf, type Made, siteOf } from './hooks'
import { provision } from './provisioning'
import { endpointOf } from './settings'
import { Source } from './source'
import { type ConnectorClients, clientsOf, undo } from './undo'

/** What a run needs of a connector app beyond its description. */
export const runtime: ServiceRuntime<ConnectorClients> = {
  undo,
  clients: async (access) => clientsOf(access),
  shared: { setup: setUp, credential: provision },
  check,
  probe,
}

/** The connector's own set-up, once a run; its tear-down follows at the run's end, or by the sweep. */
async function setUp(access: ServiceAccess, connector: string): Promise<Made> {
  const hooks = await hooksOf(connector)
  const name = access.unique('acceptance', 50).replaceAll(/\W/g, '_')
  const site = siteOf(access, connector, name)
  const make = hooks.setUp
  if (!make || (await hooks.isWanted?.(site)) === false) return {}
  const data = { connector, ...(site.source.isDescribed ? { source: site.source.place } : {}) }
  const setup = await access.undo.create('connector.setup', name, { by: 'Ada', data }, async () => ({
    id: name,
    made: await make(site),
  }))
  return setup.made
}

/** One clear failure for the whole run where no app answers, instead of one for each scenario. */
async function check(access: ServiceAccess): Promise<void> {
  for (const connector of ['', ...connectorNames()]) await checkApp(access, connector)
}

async function checkApp(access: ServiceAccess, connector: string): Promise<void> {
  const { baseURL } = endpointOf(access, connector)
  if (connector !== '' && baseURL === access.address) return
  try {
    await ConnectorClient.of(access, connector).health()
  } catch (error) {
    throw new UsageError(
      `The connector app is not running at ${baseURL} (GET /server/health: ${errorText(error).split('\n')[0]}). Start it, with its sidecar and its workflow engine (docs/setup/connector.md), or correct ${connector === '' ? 'CONNECTOR_URL' : optionOf(connector, 'URL')}.`,
    )
  }
}

/** What the app says of each connector's source, and which release it seems to be. */
async function probe(access: ServiceAccess): Promise<ProbeLine[]> {
  const sources = connectorNames().map((name) => new Source(access, name))
  const found = await Promise.all(sources.map((source) => probeSource(access, source)))
  return found.flat()
}

async function probeSource(access: ServiceAccess, source: Source): Promise<ProbeLine[]> {
  let credentials: Fields
  try {
    credentials = source.credentials.evaluate()
  } catch (error) {
    return [{ ok: false, says: errorText(error), toDo: 'optional' }]
  }
  const { status, data } = await ConnectorClient.raw(access, source.connector).post('/check', {
    credentials: pairsOf(credentials),
  })
  if (status !== 200)
    return [{ ok: false, says: `${source.connector}: its preflight returned ${status}`, toDo: 'check the source’s credentials' }]
  const { status: verdict, checks } = preflightOf(data)
  const failed = checks.filter(({ passed }) => !passed).map(({ name, message }) => `${name}: ${message}`)
  return [{ ok: verdict === 'ready', says: [`${source.connector}: ${verdict}`, ...failed].join('; ') }]
}

import { randomUUID } from 'node:crypto'
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

/** The connector's own set-up, once per run; its tear-down runs at the run's end, or in the sweep. */
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

/** One clear failure for the whole run where no app responds, instead of one for each scenario. */
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

/** The app's preflight of each connector's source, and the release that its response indicates. */
async function probe(access: ServiceAccess): Promise<ProbeLine[]> {
  const sources = connectorNames().map((name) => new Source(access, name))
  const apps = ['', ...connectorNames().filter((name) => endpointOf(access, name).baseURL !== access.address)]
  const engines = apps.map((connector) => probeEngine(access, connector))
  return (await Promise.all([...engines, ...sources.map((source) => probeSource(access, source))])).flat()
}

/** Requests a run that does not exist: an app with a working workflow engine responds that it does not exist. Nothing is started. */
async function probeEngine(access: ServiceAccess, connector: string): Promise<ProbeLine[]> {
  const { status } = await ConnectorClient.raw(access, connector).get(`/status/${access.runId}/${randomUUID()}`)
  const app = connector === '' ? 'the app' : `the app of ${connector}`
  if (status === 404) return [{ ok: true, says: `the workflow engine of ${app} responds` }]
  const says =
    status === 503 ? `${app} has no workflow engine` : `the workflow engine of ${app} does not respond (status ${status})`
  return [{ ok: false, says, toDo: 'Start the engine, and set ATLAN_TEMPORAL_HOST of the app: every run fails without it.' }]
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

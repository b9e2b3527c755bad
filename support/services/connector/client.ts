import { parseResponse } from '../../assertions/contract'
import type { Http, HttpResponse } from '../../http/client'
import { sendOrFind } from '../../http/lost'
import { MultipartForm } from '../../http/multipart'
import type { ServiceAccess } from '../service'
import * as contract from './contract'
import { type Fields, type Pair, pairsOf } from './credentials'
import { acceptEverything, classifyFailure } from './failures'
import { endpointOf } from './settings'

const PREFIX = '/workflows/v1'
const HEALTH_TIMEOUT = 5_000

/** Ids of a run: the workflow, and one execution of it. */
export interface RunId {
  workflowId: string
  runId: string
  /** The correlation id of a start, which the records of the run contain. */
  correlationId?: string
}

/** The five APIs that scenarios name, with their paths. */
export const APIS = { auth: '/auth', preflight: '/check', metadata: '/metadata', workflow: '/start', config: '/config' } as const
export type Api = keyof typeof APIS

/**
 * Checks change nothing, a configuration is replaced as a whole, and a credential that was stored twice is one without use, since
 * its guid is random and in no list: such calls may be repeated where a response was lost.
 */
const IDEMPOTENT = /^\/(?:auth|metadata|check|config|dev\/local-vault)\b/

/** The handler API of a connector app; one method a call. */
export class ConnectorClient {
  private constructor(
    private readonly http: Http,
    private readonly timeout: number | undefined,
  ) {}

  /** @param connector the folder of the app; `''` for the app at `CONNECTOR_URL` */
  static of(access: ServiceAccess, connector = ''): ConnectorClient {
    const { baseURL, timeout } = endpointOf(access, connector)
    return new ConnectorClient(access.http({ baseURL, classifyFailure }), timeout)
  }

  /** A client that returns every response, refusals included. */
  static raw(access: ServiceAccess, connector = ''): ConnectorClient {
    const { baseURL, timeout } = endpointOf(access, connector)
    return new ConnectorClient(access.http({ baseURL, classifyFailure: acceptEverything }), timeout)
  }

  static configPath(id: string, type: string): string {
    return `/config/${encodeURIComponent(id)}?type=${encodeURIComponent(type)}`
  }

  async post(path: string, body: unknown): Promise<HttpResponse<unknown>> {
    return this.http.post(`${PREFIX}${path}`, body, { ...this.extras(), idempotent: IDEMPOTENT.test(path) })
  }

  async get(path: string): Promise<HttpResponse<unknown>> {
    return this.http.get(`${PREFIX}${path}`, this.extras())
  }

  async health(): Promise<void> {
    parseResponse(
      contract.health,
      (await this.http.get('/server/health', { anonymous: true, timeout: HEALTH_TIMEOUT })).data,
      'the health of the app',
    )
  }

  /** Stores a credential in the local vault. @returns its guid; undefined where the vault is closed (403) */
  async provision(credentials: Fields): Promise<string> {
    const { data } = await this.post('/dev/local-vault', credentials)
    return parseResponse(contract.provisioned, data, 'a provisioned credential').data.credential_guid
  }

  /** @param path `/start` unless the scenario says otherwise; may end in `?entrypoint=…` */
  async start(path: string, input: Fields): Promise<Required<RunId>> {
    return this.started(await this.post(path, input))
  }

  /** A start with the id of a run in progress, which is refused however often it is sent. */
  async startAgain(path: string, input: Fields): Promise<Required<RunId>> {
    return this.started(await this.http.post(`${PREFIX}${path}`, input, { ...this.extras(), idempotent: true }))
  }

  private started(response: HttpResponse<unknown>): Required<RunId> {
    const { data, correlation_id: correlationId } = parseResponse(contract.started, response.data, 'a started run')
    return { workflowId: data.workflow_id, runId: data.run_id, correlationId }
  }

  async status(run: RunId) {
    const { data } = await this.get(pathTo('status', run))
    return parseResponse(contract.runStatus, data, 'the status of a run').data
  }

  async result(workflowId: string) {
    const { data } = await this.get(pathTo('result', { workflowId }))
    return parseResponse(contract.runResult, data, 'the result of a run')
  }

  async buildIdentity() {
    const { data } = await this.get('/configmap/atlan-build-identity')
    return parseResponse(contract.buildIdentity, data, 'the build identity').data
  }

  /** A run that ended already is not stopped again: "not found". Without a run id, the workflow's latest run. */
  async stop(run: RunId): Promise<void> {
    const act = async (): Promise<true> => {
      const { data } = await this.post(pathTo('stop', run), undefined)
      parseResponse(contract.stopped, data, 'the response to a stop')
      return true
    }
    await sendOrFind(act, async () => (await this.status(run)).status === 'TERMINATED' || undefined)
  }

  async config(id: string, type: string): Promise<unknown> {
    const { data } = await this.get(ConnectorClient.configPath(id, type))
    return parseResponse(contract.stored, data, 'a stored configuration').data
  }

  async saveConfig(id: string, type: string, document: unknown): Promise<unknown> {
    const { data } = await this.post(ConnectorClient.configPath(id, type), JSON.stringify(document))
    return parseResponse(contract.stored, data, 'a saved configuration').data
  }

  async metadata(credentials: Fields) {
    const { data } = await this.post('/metadata', { credentials: pairsOf(credentials) })
    return parseResponse(contract.sqlRows, data, 'the list of schemas').data
  }

  async upload(name: string, content: string, type: string) {
    const form = new MultipartForm([{ name: 'file', filename: name, type, pieces: [Buffer.from(content)] }])
    const { data } = await this.http.post(`${PREFIX}/file`, form, this.extras())
    return parseResponse(contract.uploaded, data, 'an uploaded file').data
  }

  async event(id: string, event: Fields): Promise<Required<RunId>> {
    const { data } = await this.http.post(`/events/v1/event/${id}`, event, this.extras())
    const taken = parseResponse(contract.eventTaken, data, 'the response to an event')
    return { workflowId: taken.workflow_id, runId: taken.run_id, correlationId: taken.correlation_id }
  }

  private extras() {
    // The handler API has no authentication.
    return { anonymous: true, ...(this.timeout === undefined ? {} : { timeout: this.timeout }) }
  }
}

/** A result is always that of the workflow's latest run. */
function pathTo(what: 'status' | 'result' | 'stop', { workflowId, runId = '' }: { workflowId: string; runId?: string }): string {
  const workflow = `/${what}/${encodeURIComponent(workflowId)}`
  return what === 'result' ? workflow : `${workflow}/${encodeURIComponent(runId)}`
}

/** The request body of each API, as the SDK's own framework sends it. */
export function wireOf(api: Api, { credentials, metadata, connection, ...rest }: Arguments): Fields {
  const pairs = credentials === undefined ? {} : { credentials: pairsOf(credentials) }
  if (api === 'auth') return pairs
  if (api === 'metadata') return { ...pairs, ...picked(rest, ['connection_config', 'object_filter']) }
  if (api !== 'preflight') return { ...rest, ...(metadata ? { metadata } : {}), ...(connection ? { connection } : {}) }
  const config = rest.connection_config ?? metadata ?? {}
  const timeout = rest.timeout_seconds === 60 ? [] : ['timeout_seconds']
  return { ...pairs, connection_config: config, ...picked(rest, ['checks_to_run', ...timeout]) }
}

/** All inputs of a call; absent ones are left out. */
export interface Arguments extends Record<string, unknown> {
  credentials?: Fields | readonly Pair[] | undefined
  metadata?: Fields | undefined
  connection?: Fields | undefined
}

function picked(from: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(from).filter(([name, value]) => names.includes(name) && value !== undefined))
}

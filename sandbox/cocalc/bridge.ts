import type { Arguments, Cocalc, HubCall, HubFunction } from './context'
import type { Db } from './database'
import { BareError, textOf } from './errors'
import { LOST_ELSEWHERE, losing } from './faulty'
import { HUB } from './hub/functions'
import { recordActivity } from './hub/projects'
import type { Identity } from './keys'
import { BAD_IDS, groupOf } from './members'
import { PROJECT } from './project/functions'
import { isRecord, isUuid, own } from './values'

/** A request to one of the two endpoints. */
export interface Incoming {
  authorization: string | undefined
  body: Record<string, unknown>
}

const HUB_WANTS_KEY = 'must be signed in and MUST provide an api key (cookies are not allowed)'
const READS = new Set([
  ...['ping', 'system.ping', 'system.test', 'system.getNames', 'system.userSearch', 'system.getCustomize', 'sync.history'],
  ...['projects.state', 'projects.status', 'messages.get', 'org.getAll', 'org.get', 'org.getUsers', 'system.version'],
  ...['jupyter.kernels', 'system.listJupyterKernels', 'editor.jupyterKernels', 'system.listing'],
  'system.readTextFileFromProject',
])
const TIMEOUT = 15_000
const ACTIVITY_EVERY = 60_000

/** The operation of a call, as faults name it: `hub org.create`, `project system.exec`, `hub db.userQuery get projects`. */
export function operationOf(endpoint: string, body: unknown): string {
  const { name = '', args = [] } = isRecord(body) ? body : {}
  return name === 'db.userQuery' ? `${endpoint} ${name} ${queryIn(args)}` : `${endpoint} ${String(name)}`
}

function queryIn(args: unknown): string {
  const [first] = Array.isArray(args) ? args : []
  const query: unknown = isRecord(first) ? first.query : undefined
  const kind = JSON.stringify(query ?? null).includes('null') ? 'get' : 'set'
  return `${kind} ${isRecord(query) ? Object.keys(query).join() : ''}`
}

/**
 * Only accounts call the hub: a project's key identifies none.
 * @returns what the function returned. @throws the error that the envelope reports
 */
export async function callHub(cocalc: Cocalc, { authorization, body }: Incoming): Promise<unknown> {
  const { accountId } = (await cocalc.keys.identify(keyIn(authorization))) ?? {}
  if (!accountId) throw new BareError(HUB_WANTS_KEY)
  const found = functionNamed(HUB, body.name)
  const name = String(body.name)
  const args = argsIn(body)
  const lost = cocalc.faults.find('lost-write', `hub ${name}`) !== undefined
  await rememberPast(cocalc, body)
  const later: (() => Promise<unknown>)[] = []
  const moment = cocalc.faults.find('stale-read', operationOf('hub', body)) && cocalc.past.latest
  const call = { cocalc, accountId, moment, later: (work: () => Promise<unknown>) => void later.push(work) }
  const work = (db: Db): Promise<unknown> => invoke(found, { ...call, db: moment?.db ?? db }, args)
  const subject = `hub.account.${accountId}.api`
  if (lost && LOST_ELSEWHERE.has(name)) return null
  const result = await within(body.timeout, { subject, name }, () => (lost ? losing(cocalc.pool, work) : work(cocalc.db)))
  if (!lost) for (const one of later) inBackground(cocalc, one)
  return result
}

async function rememberPast(cocalc: Cocalc, { name, args }: Record<string, unknown>): Promise<void> {
  const isRead = READS.has(String(name)) || (name === 'db.userQuery' && queryIn(args).startsWith('get '))
  if (cocalc.faults.has('stale-read') && !isRead) await cocalc.past.remember()
}

/** `Basic base64(key:anything)` or `Bearer key`, the scheme in exactly this case. */
function keyIn(authorization: string | undefined): string {
  if (authorization === undefined) throw new BareError('You must provide authentication via an API key.')
  const [scheme, value = ''] = authorization.trim() === '' ? [undefined] : authorization.trim().split(/\s+/)
  if (scheme === 'Bearer') return value
  if (scheme === 'Basic') return Buffer.from(value, 'base64').toString().split(':')[0] ?? ''
  throw new BareError(`Unknown authorization type '${scheme}'`)
}

function argsIn({ args }: Record<string, unknown>): readonly unknown[] {
  return Array.isArray(args) ? args : []
}

/** @param name `group.function`, as sent. @throws CoCalc's own error where it is not a text or no function has that name */
function functionNamed<T>(groups: Readonly<Record<string, Readonly<Record<string, T>>>>, name: unknown): T {
  if (name === undefined || name === null) throw new TypeError(`Cannot read properties of ${name} (reading 'split')`)
  if (typeof name !== 'string') throw new TypeError('name.split is not a function')
  const [group = '', short = ''] = name.split('.')
  const found = own(own(groups, group) ?? {}, short)
  if (!found) throw new Error(`unknown function '${name}'`)
  return found
}

/** The caller's id replaces any id in the first argument, so that a caller cannot act as another account. */
function invoke(found: HubFunction, call: HubCall, args: readonly unknown[]): Promise<unknown> {
  if ('plain' in found) return found.plain(call, args)
  const first = args[0] ?? {}
  if (typeof first !== 'object') throw new TypeError(`Cannot create property 'account_id' on ${typeof first} '${String(first)}'`)
  return found(call, { ...(first as Arguments), account_id: call.accountId })
}

function inBackground(cocalc: Cocalc, work: () => Promise<unknown>): void {
  const done = work()
    .catch((error: unknown) => process.emitWarning(`CoCalc's sandbox failed at what follows a call: ${textOf(error)}`))
    .finally(() => cocalc.background.delete(done))
  cocalc.background.add(done)
}

/** A call to a project is activity on it, and starts it where it does not run. */
export async function callProject(cocalc: Cocalc, { authorization, body }: Incoming): Promise<unknown> {
  const caller = await cocalc.keys.identify(keyIn(authorization))
  if (!caller) throw new BareError('must sign in as project or account')
  const projectId = await projectOf(cocalc, caller, body.project_id)
  if (caller.accountId !== undefined) await noteActivity(cocalc, projectId, caller.accountId)
  await rememberPast(cocalc, body)
  await cocalc.host.start(projectId)
  // The one function without a group.
  const found = body.name === 'ping' ? async () => 'pong' : functionNamed(PROJECT, body.name)
  const name = String(body.name)
  const isLost = cocalc.faults.find('lost-write', `project ${name}`) !== undefined
  const moment = cocalc.faults.find('stale-read', `project ${name}`) && cocalc.past.latest
  const subject = `project.${projectId}.${Number(body.compute_server_id ?? 0)}.api.-`
  return within(body.timeout, { subject, name }, () => found({ cocalc, projectId, isLost, moment }, argsIn(body)))
}

async function projectOf(cocalc: Cocalc, caller: Identity, asked: unknown): Promise<string> {
  if (caller.projectId !== undefined) {
    if (asked !== undefined && asked !== caller.projectId)
      throw new BareError('project specific api key must match requested project')
    return caller.projectId
  }
  if (!asked) throw new BareError('must specify project_id or use project-specific api key')
  if (!isUuid(asked)) throw new BareError(BAD_IDS)
  if (!(await groupOf(cocalc.db, caller.accountId, asked))) throw new BareError('user must be a collaborator on the project')
  return asked.toLowerCase()
}

/** Once a minute for each account and project. */
async function noteActivity(cocalc: Cocalc, projectId: string, accountId: string): Promise<void> {
  const key = `${accountId} ${projectId}`
  if (Date.now() - (cocalc.activity.get(key) ?? 0) < ACTIVITY_EVERY) return
  cocalc.activity.set(key, Date.now())
  await recordActivity(cocalc.db, projectId, accountId)
}

/** Timeout of the bridge in milliseconds; the work continues after it. */
async function within(
  timeout: unknown,
  { subject, name }: { subject: string; name: string },
  work: () => Promise<unknown>,
): Promise<unknown> {
  const milliseconds = timeout === undefined || timeout === null ? TIMEOUT : Number(timeout)
  const failure = (what: string, code: string) =>
    new BareError(`${what} - callHub: subject='${subject}', name='${name}', code='${code}' `)
  if (milliseconds <= 0) throw failure('timeout must be positive', 'undefined')
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(failure('timeout', '408')), Math.min(milliseconds, 2 ** 31 - 1))
  })
  try {
    const working = work()
    working.catch(() => undefined)
    return await Promise.race([working, late])
  } finally {
    clearTimeout(timer)
  }
}

import type { Authorization, Http } from '../../http/client'
import { StopSignal } from '../../undo/stop'
import type { ServiceAccess } from '../service'
import { classifyFailure } from './failures'

/** The timeout of CoCalc's own client; the bridge has a shorter one by default. */
const CALL_TIMEOUT = 120_000
/** Where the bridge has a longer timeout, its report of that timeout still has to arrive; ms. */
const MARGIN = 10_000

/** The envelope's own members beside name and arguments. */
export interface Envelope {
  project_id?: string
  /** Milliseconds the bridge waits for the function; 15 s by default. */
  timeout?: number
}

/** Whether a call may be sent again where its response was lost; decided by its function unless given. */
export interface Repeats {
  idempotent?: boolean
}

/** The account that calls, and the server it calls. */
export interface Caller {
  access: ServiceAccess
  key: string
  /** For calls that undo what a run has created: they are sent even after the run was interrupted. */
  undoes?: boolean
}

/** Functions of the hub that start a project; every call to a project does. */
const STARTING = new Set(['projects.start', 'projects.touch', 'jupyter.execute', 'jupyter.kernels'])

/** Functions that make or run something anew each time; all others may be called again where a response was lost. */
const ONCE = new Set([
  ...['projects.createProject', 'org.create', 'org.createUser', 'org.createToken', 'org.message', 'messages.send'],
  ...['system.exec', 'system.jupyterExecute', 'jupyter.execute', 'system.stopJupyterKernel'],
])

function isIdempotent(name: string, [first]: readonly unknown[]): boolean {
  const makesKey = name === 'system.manageApiKeys' && (first as { action?: string } | undefined)?.action === 'create'
  return !makesKey && !ONCE.has(name)
}

/** `Authorization: Basic` with the key as user and an empty password. */
function basic(key: string): Authorization {
  const value = `Basic ${Buffer.from(`${key}:`).toString('base64')}`
  return { headers: async () => ({ authorization: value }) }
}

/** One of the two endpoints through which every function of CoCalc is called. */
export class Bridge {
  private readonly http: Http
  private readonly undoes: boolean

  constructor(
    { access, key, undoes = false }: Caller,
    private readonly endpoint: 'hub' | 'project',
    private readonly constant: Envelope = {},
  ) {
    this.http = access.http({ baseURL: access.address, authorization: basic(key), classifyFailure })
    this.undoes = undoes
  }

  /** Calls with one object as the only argument, without its undefined members. */
  call(name: string, args: Record<string, unknown> = {}, envelope: Envelope = {}, repeats: Repeats = {}): Promise<unknown> {
    return this.callWith(name, [given(args)], envelope, repeats)
  }

  async callWith(
    name: string,
    args: readonly unknown[],
    envelope: Envelope = {},
    { idempotent = isIdempotent(name, args) }: Repeats = {},
  ): Promise<unknown> {
    const body = { name, args, ...this.constant, ...envelope }
    const extras = { timeout: callTimeout(body), idempotent }
    const send = async () => (await this.http.post(`/api/conat/${this.endpoint}`, body, extras)).data
    const starts = this.endpoint === 'project' || STARTING.has(name)
    // After an interrupt nothing may restart a project that is being stopped and removed.
    return starts && !this.undoes ? StopSignal.shared().guard(send) : send()
  }
}

/** The timeout of a call, in milliseconds. */
export function callTimeout({ timeout = 0 }: Envelope): number {
  return Math.max(CALL_TIMEOUT, timeout + MARGIN)
}

/** Without what is undefined or null; false, 0, empty texts and lists stay. */
function given(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined && value !== null))
}

/** Timeout of slow functions: in seconds in the arguments, and in milliseconds for the bridge. */
export function withTimeout(seconds: number | undefined): Envelope {
  return seconds === undefined ? {} : { timeout: seconds * 1_000 }
}

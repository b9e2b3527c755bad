import { createPrivateKey, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import { z } from 'zod'
import { ContractError, parseResponse } from '../../assertions/contract'
import { UsageError } from '../../config/errors'
import type { Authorization, Http } from '../../http/client'
import { ApiError } from '../../http/errors'
import type { Credentials, ServiceAccess } from '../service'
import { agentsFor, destroy, showing } from './agents'
import { type Proof, proofFrom } from './credentials'
import { type Hosts, hostsFrom } from './hosts'
import { classifyFailure } from './http'

/** Seconds; the service accepts 300 at most, and clocks differ. */
const JWT_LIFETIME = 240
/** Bits; the minimum of RS512. */
const SHORTEST_KEY = 2_048

export interface Tokens {
  session: string
  keyManager: string
}

type TokenName = 'sessionToken' | 'keyManagerToken'

const tokenResponse = (name: TokenName) => z.looseObject({ name: z.literal(name), token: z.string().min(1) })

/** A JWT as the service requires it: RS512, the bot as its subject, valid for less than five minutes. @param lifetime seconds */
export async function jwtFor(username: string, pem: string, lifetime = JWT_LIFETIME): Promise<string> {
  const expires = Math.floor(Date.now() / 1_000) + lifetime
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS512', typ: 'JWT' })
    .setSubject(username)
    .setExpirationTime(expires)
    .sign(keyFrom(pem))
}

/** @throws UsageError if the service could not verify a signature of this key */
function keyFrom(pem: string): KeyObject {
  const key = readKey(pem)
  if (key?.asymmetricKeyType !== 'rsa') throw new UsageError('The private key of the Symphony bot is not an RSA key in PEM.')
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < SHORTEST_KEY)
    throw new UsageError(`The private key of the Symphony bot must have at least ${SHORTEST_KEY} bits.`)
  return key
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

/** Requests both tokens with the bot's credentials. @throws ApiError 401 or 403 if they are refused */
export async function signIn(access: ServiceAccess, name: string): Promise<Tokens> {
  return signInWith(access, await access.people.person(name))
}

/** @param lifetime of the JWT in seconds */
export async function signInWith(access: ServiceAccess, credentials: Credentials, lifetime?: number): Promise<Tokens> {
  const proof = proofFrom(credentials)
  access.learn(proof.pem)
  const hosts = hostsFrom(access.setting, access.address)
  const tokens =
    proof.kind === 'key'
      ? await byKey(access, hosts, await jwtFor(credentials.username ?? '', proof.pem, lifetime))
      : await byCertificate(access, hosts, proof)
  access.learn(tokens.session)
  access.learn(tokens.keyManager)
  return tokens
}

/** One JWT is used for both calls. */
async function byKey(access: ServiceAccess, { pod, keyManager }: Hosts, token: string): Promise<Tokens> {
  access.learn(token)
  const agents = await agentsFor(access)
  const ask = (baseURL: string, name: TokenName): Promise<string> =>
    tokenFrom(access.http({ baseURL, agents, classifyFailure }), { path: '/pubkey/authenticate', name, body: { token } })
  return both(ask(`${pod}/login`, 'sessionToken'), ask(`${keyManager}/relay`, 'keyManagerToken'))
}

async function byCertificate(access: ServiceAccess, { sessionAuth, keyManager }: Hosts, proof: Proof): Promise<Tokens> {
  const agents = showing(access, proof)
  const ask = (baseURL: string, name: TokenName): Promise<string> =>
    tokenFrom(access.http({ baseURL, agents, classifyFailure }), { path: '/v1/authenticate', name })
  try {
    return await both(ask(`${sessionAuth}/sessionauth`, 'sessionToken'), ask(`${keyManager}/keyauth`, 'keyManagerToken'))
  } finally {
    destroy(agents)
  }
}

/**
 * The same credentials are used for both endpoints.
 * @throws the refusal of the pod; ContractError if one endpoint accepts what the other refuses
 */
async function both(session: Promise<string>, keyManager: Promise<string>): Promise<Tokens> {
  const outcomes = await Promise.allSettled([session, keyManager])
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown)
  const [reason] = failed
  if (failed.length === 1 && reason instanceof ApiError && reason.isRefusal)
    throw new ContractError('a sign-in', [`one endpoint accepts what the other refuses: ${reason.message}`])
  for (const one of failed) assertRefused(one)
  if (failed.length > 0) throw reason
  return { session: await session, keyManager: await keyManager }
}

/** Credentials are refused with 401 or 403, and with the same number in the body. */
function assertRefused(reason: unknown): void {
  if (!(reason instanceof ApiError && reason.isRefusal)) return
  const { status, code } = reason
  if ((status !== 401 && status !== 403) || code !== String(status))
    throw new ContractError('the refusal of a sign-in', [`status and code: are ${status} and ${code}`])
}

interface TokenRequest {
  path: string
  name: TokenName
  body?: unknown
}

async function tokenFrom(http: Http, { path, name, body }: TokenRequest): Promise<string> {
  return parseResponse(tokenResponse(name), (await http.post(path, body, { anonymous: true, idempotent: true })).data, 'a token')
    .token
}

/** The tokens of one bot in this process, shared by its clients. */
interface Held {
  tokens?: Promise<Tokens>
  /** The tokens that the whole run shared have expired. */
  renewed?: boolean
}

/**
 * A bot's two tokens, requested on the first call and again after they have expired. Live, a run shares one session; on a sandbox
 * every scenario's bot has its own.
 */
export class Session implements Authorization {
  private constructor(
    private readonly access: ServiceAccess,
    private readonly who: string,
    private held: Held,
  ) {}

  static async of(access: ServiceAccess, who: string): Promise<Session> {
    const { username = '' } = await access.people.person(who)
    return new Session(
      access,
      who,
      await access.connection<Held>(
        `session of ${username}`,
        async () => ({}),
        () => undefined,
      ),
    )
  }

  /** The pod needs the session token only; the agent both. */
  get forPod(): Authorization {
    return {
      headers: async () => ({ sessionToken: (await this.headers()).sessionToken ?? '' }),
      renew: () => this.renew(),
    }
  }

  async headers(): Promise<Record<string, string>> {
    const { held } = this
    const coming = held.tokens ?? this.fetch()
    held.tokens = coming
    coming.catch(() => this.renew())
    const { session, keyManager } = await coming
    return { sessionToken: session, keyManagerToken: keyManager }
  }

  async renew(): Promise<void> {
    delete this.held.tokens
    this.held.renewed = true
  }

  /** Leaves the shared session to others, and continues in this one. */
  useSession(tokens: Tokens): void {
    this.held = { tokens: Promise.resolve(tokens), renewed: true }
  }

  private async fetch(): Promise<Tokens> {
    if (!this.access.isLive || this.held.renewed) return signIn(this.access, this.who)
    const shared = await this.access.once<Tokens>('session', this.who)
    this.access.learn(shared.session)
    this.access.learn(shared.keyManager)
    return shared
  }
}

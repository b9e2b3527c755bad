import type { Client } from 'pg'
import { newClient } from '../../backing/postgres-client'
import { type Body, extraOf } from '../service/credentials'
import { AppError } from '../service/errors'

/** Server, account and password, read from a credential object. */
export interface Source {
  host: string
  port: number
  username: string
  password: string
  database: string
  sslMode: string
}

const LOGIN_TIMEOUT = 5_000
const REQUIRED = ['username', 'password', 'host', 'port', 'database'] as const

/**
 * Each field but the password is read from the top level, then from `extra`.
 * @throws AppError INVALID_INPUT naming what is missing, or the authentication type that this app does not support
 */
export function sourceOf(credential: Body): Source {
  const extra = extraOf(credential.extra)
  const field = (name: string): string => {
    const value = credential[name] ?? (name === 'password' ? undefined : extra[name])
    return value === undefined || value === null ? '' : String(value)
  }
  const type = field('authType') || 'basic'
  if (!['basic', 'iam_user', 'iam_role'].includes(type))
    throw new AppError('INVALID_INPUT', `The authentication type ${JSON.stringify(type)} is not supported`)
  if (type !== 'basic') throw new AppError('AUTH', `${type} needs an AWS account, and none is configured for this app`)
  const missing = REQUIRED.filter((name) => field(name) === '')
  if (missing.length > 0) throw new AppError('INVALID_INPUT', `Missing credentials: ${missing.join(', ')}`)
  const port = Number(field('port'))
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new AppError('INVALID_INPUT', 'The port is no port number')
  const [host, username, password, database] = [field('host'), field('username'), field('password'), field('database')]
  return { host, port, username, password, database, sslMode: field('ssl_mode') || 'prefer' }
}

/**
 * Logs in, does the work, and always closes the connection; early if the signal is aborted.
 * @throws AppError with the reason why the login failed, without the password
 */
export async function loggedIn<T>(source: Source, work: (client: Client) => Promise<T>, signal?: AbortSignal): Promise<T> {
  const client = await connected(source)
  const leave = (): void => void client.end().catch(() => undefined)
  signal?.addEventListener('abort', leave, { once: true })
  try {
    return await work(client)
  } finally {
    signal?.removeEventListener('abort', leave)
    await client.end()
  }
}

async function connected(source: Source): Promise<Client> {
  const { types } = await import('pg')
  const numbers = [types.builtins.INT8, types.builtins.NUMERIC]
  const client = newClient({
    host: source.host,
    port: source.port,
    user: source.username,
    password: source.password,
    database: source.database,
    connectionTimeoutMillis: LOGIN_TIMEOUT,
    ssl: source.sslMode === 'require' ? { rejectUnauthorized: false } : false,
    types: {
      getTypeParser: (oid, format) => (numbers.includes(oid as never) ? Number : types.getTypeParser(oid, format as 'text')),
    },
  })
  try {
    await client.connect()
    await client.query('SELECT 1')
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw reasonOf(error, source)
  }
}

/** The driver's own words name users and hosts; ours name what the owner of the credentials can put right. */
function reasonOf(error: unknown, { host, port, username, database }: Source): AppError {
  const code = (error as { code?: string }).code ?? ''
  if (code === '28P01')
    return authError(`Password authentication failed for user "${username}"`, 'Check the user name and the password')
  if (code.startsWith('28')) return authError(`The role "${username}" may not log in`, 'Check the user name')
  if (code === '3D000') return new AppError('NOT_FOUND', `The database "${database}" does not exist`)
  if (code === '42501') return new AppError('PERMISSION', `The user "${username}" may not connect to "${database}"`)
  if (code === 'ECONNREFUSED') return unavailable(`Connection refused by ${host}:${port}`)
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code)) return unavailable(`The host "${host}" is not found`)
  if (code === 'ETIMEDOUT' || /timeout/i.test(String(error))) return new AppError('TIMEOUT', `${host}:${port} does not answer`)
  if (/\bSSL\b/.test(String(error))) return unavailable(`${host}:${port} takes no encrypted connections`)
  return unavailable(`The source cannot be reached${code ? ` (${code})` : ''}`)
}

const authError = (message: string, suggestedAction: string): AppError =>
  new AppError('AUTH', message, {
    suggestedAction,
    evidence: { auth_method: 'basic', principal: null, failure_reason: null },
  })
const unavailable = (message: string): AppError => new AppError('SOURCE_UNAVAILABLE', message, { retryable: true })

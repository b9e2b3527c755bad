import type { FastifyRequest } from 'fastify'
import { isMultipart, MalformedMultipart, parseMultipart } from '../kit/multipart'
import { refused } from './errors'

interface Body {
  values: Record<string, unknown>
  /** Bytes of the files of a multipart body. */
  uploads: Record<string, Buffer>
  warnings: string[]
  isForm: boolean
}

/** A parsed request: its arguments, files and credentials. */
export interface Received extends Body {
  /** From the header, or, in forms only, the `token` field. */
  token: string | undefined
  /** In the header, the only place some methods accept. */
  headerToken: string | undefined
}

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'
const CHARSETS = new Set(['utf-8', 'utf8', 'iso-8859-1'])

/**
 * Reads a call as Slack does: a query, a form, a multipart form or JSON.
 * @throws the refusal for a body that is none of these, or does not match its content type
 */
export function receive(request: FastifyRequest): Received {
  const headerToken = bearerOf(request)
  const query = request.query as Record<string, unknown>
  const body = bodyOf(request)
  const { token: formToken, ...values } = { ...query, ...body.values }
  const inForm = body.isForm && typeof body.values.token === 'string' ? String(formToken) : undefined
  return { ...body, values, headerToken, token: headerToken ?? (inForm || undefined) }
}

export function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]
}

function bodyOf(request: FastifyRequest): Body {
  const raw = request.body as Buffer | undefined
  const nothing = { values: {}, uploads: {}, warnings: [], isForm: false }
  if (!raw || raw.length === 0) return nothing
  const header = request.headers['content-type']
  if (header === undefined) throw refused('missing_post_type')
  const type = header.split(';')[0]?.trim().toLowerCase()
  const charset = /charset="?([^";]+)"?/i.exec(header)?.[1]?.trim().toLowerCase()
  if (charset !== undefined && !CHARSETS.has(charset)) throw refused('invalid_charset')
  const encoding = charset === 'iso-8859-1' ? 'latin1' : 'utf8'
  if (type === FORM) return { ...nothing, values: formOf(raw.toString(encoding), encoding), isForm: true }
  if (isMultipart(header)) return multipartOf(raw, header)
  if (type === JSON_TYPE)
    return { ...nothing, values: jsonOf(raw.toString(encoding)), warnings: charset === undefined ? ['missing_charset'] : [] }
  throw refused('invalid_post_type')
}

/** @throws invalid_array_arg for `name[]=…`, which Slack does not support */
function formOf(text: string, encoding: 'utf8' | 'latin1'): Record<string, unknown> {
  const values = Object.fromEntries(encoding === 'utf8' ? new URLSearchParams(text) : latinPairs(text))
  if (Object.keys(values).some((name) => name.endsWith(']'))) throw refused('invalid_array_arg')
  return values
}

/** Percent escapes are bytes, read as Latin-1 here. */
function latinPairs(text: string): [string, string][] {
  return text.split('&').map((pair) => {
    const [name = '', value = ''] = pair
      .replaceAll('+', ' ')
      .replaceAll(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .split(/=(.*)/s)
    return [name, value]
  })
}

function jsonOf(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refused('invalid_json')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('json_not_object')
  return value as Record<string, unknown>
}

/** @throws invalid_form_data */
function multipartOf(raw: Buffer, contentType: string): Body {
  const values: Record<string, unknown> = {}
  const uploads: Record<string, Buffer> = {}
  try {
    for (const { name, filename, content } of parseMultipart(raw, contentType)) {
      if (filename === undefined) values[name] = content.toString()
      else uploads[name] = content
    }
  } catch (error) {
    throw error instanceof MalformedMultipart ? refused('invalid_form_data') : error
  }
  return { values, uploads, warnings: [], isForm: true }
}

import type { FastifyRequest } from 'fastify'
import type { Upload } from './args'
import { refused } from './errors'

/** What a request brought: its arguments, files, and how it proved who it is. */
export interface Received {
  values: Record<string, unknown>
  uploads: Record<string, Upload>
  /** From the header, or, in forms only, the `token` field. */
  token: string | undefined
  /** In the header: some methods take it from nowhere else. */
  headerToken: string | undefined
  warnings: string[]
}

const FORM = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data'
const JSON_TYPE = 'application/json'
const CHARSETS = new Set(['utf-8', 'utf8', 'iso-8859-1'])

/**
 * Reads a call as Slack does: a query, a form, a multipart form or JSON.
 * @throws the refusal for a body that is none of these, or not what it claims to be
 */
export async function receive(request: FastifyRequest): Promise<Received> {
  const headerToken = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const query = request.query as Record<string, unknown>
  const body = await bodyOf(request)
  const { token: formToken, ...values } = { ...query, ...body.values }
  const inForm = body.isForm && typeof body.values.token === 'string' ? String(formToken) : undefined
  return { ...body, values, headerToken, token: headerToken ?? (inForm || undefined) }
}

interface Body {
  values: Record<string, unknown>
  uploads: Record<string, Upload>
  warnings: string[]
  isForm: boolean
}

async function bodyOf(request: FastifyRequest): Promise<Body> {
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
  if (type === MULTIPART) return multipart(raw, header)
  if (type === JSON_TYPE)
    return { ...nothing, values: jsonOf(raw.toString(encoding)), warnings: charset === undefined ? ['missing_charset'] : [] }
  throw refused('invalid_post_type')
}

/** @throws invalid_array_arg for `name[]=…`, which Slack does not read */
function formOf(text: string, encoding: 'utf8' | 'latin1'): Record<string, unknown> {
  const values = Object.fromEntries(encoding === 'utf8' ? new URLSearchParams(text) : latinPairs(text))
  if (Object.keys(values).some((name) => name.endsWith(']'))) throw refused('invalid_array_arg')
  return values
}

/** Percent signs stand for bytes, which are Latin letters here. */
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

async function multipart(raw: Buffer, type: string): Promise<Body> {
  const values: Record<string, unknown> = {}
  const uploads: Record<string, Upload> = {}
  try {
    const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData()
    for (const [name, value] of form) {
      if (typeof value === 'string') values[name] = value
      else uploads[name] = { bytes: Buffer.from(await value.arrayBuffer()) }
    }
  } catch {
    throw refused('invalid_form_data')
  }
  return { values, uploads, warnings: [], isForm: true }
}

import type { FastifyRequest } from 'fastify'
import { unrouted } from '../../kit/fastapi'
import { Refusal } from '../../kit/refusal'
import type { KnownPath } from '../../kit/unrouted'
import { type Body, isObject } from './credentials'
import { crashed } from './errors'

/** The body's bytes, whatever its content type; empty where there is no body. */
export function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

/** The body as JSON whatever its content type says. @throws SyntaxError where it is not JSON, or is missing */
export function jsonOf(request: FastifyRequest): unknown {
  return readJson(textOf(bytesOf(request)))
}

/** Non-finite numbers outside of quotes, or whole quoted strings. */
const TOKENS = /"(?:\\.|[^"\\])*"|-?\bInfinity\b|\bNaN\b/g

/** Parses JSON as Python does, which accepts NaN and Infinity. All of them become Infinity here. */
function readJson(text: string): unknown {
  return JSON.parse(text.replace(TOKENS, (token) => (token.startsWith('"') ? token : '1e999')))
}

const LARGEST = 2n ** 64n - 1n
const SMALLEST = -(2n ** 63n)
/** Half of a surrogate pair, as an escape that JSON.stringify writes. */
const HALF_CHARACTER = /(?<!\\)(?:\\\\)*\\ud[89a-f]/

/** Whether a store with 64-bit numbers can contain a document: neither NaN nor Infinity, no larger integer, no half character. */
export function isStorable(text: string): boolean {
  const bare = text.replace(/"(?:\\.|[^"\\])*"/g, '""')
  if (/NaN|Infinity/.test(bare)) return false
  const numbers = bare.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g) ?? []
  return numbers.every(isStorableNumber) && !HALF_CHARACTER.test(JSON.stringify(readJson(text)))
}

function isStorableNumber(digits: string): boolean {
  if (!/^-?\d{19,}$/.test(digits)) return Number.isFinite(Number(digits))
  return BigInt(digits) <= LARGEST && BigInt(digits) >= SMALLEST
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new SyntaxError('the body is no UTF-8', { cause: error })
  }
}

/** @throws Refusal the plain 500 of an app for a body that is not JSON, or not an object */
export function objectOf(request: FastifyRequest): Body {
  const body = anyJsonOf(request)
  if (!isObject(body)) throw crashed()
  return body
}

/**
 * The object a form sends; since 3.52 anything else gets a 422 without details of the body, and a body may be in UTF-16.
 * @throws Refusal
 */
export function formObjectOf(request: FastifyRequest, isNew: boolean): Body {
  if (!isNew) return objectOf(request)
  const bytes = bytesOf(request)
  const body = jsonIn(bytes, utf16Of(bytes))
  if (!isObject(body)) throw invalidBody()
  return body
}

function jsonIn(bytes: Buffer, encoding: string): unknown {
  try {
    return readJson(new TextDecoder(encoding, { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) throw invalidBody()
    throw error
  }
}

/** Detected as JSON parsers do: by the byte order mark, or by which of the first bytes are zero. */
function utf16Of(bytes: Buffer): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== undefined && second !== 0)) return 'utf-16be'
  return 'utf-8'
}

const invalidBody = () => new Refusal(422, { success: false, message: 'Invalid request: body', detail: [] })

/** @throws Refusal the plain 500 of an app for a body that is not JSON */
export function anyJsonOf(request: FastifyRequest): unknown {
  return jsonOr(request, crashed)
}

/** @throws Refusal the route's response where the body is not JSON, or is missing */
export function jsonOr(request: FastifyRequest, refusal: () => Refusal): unknown {
  try {
    return jsonOf(request)
  } catch (error) {
    throw error instanceof SyntaxError ? refusal() : error
  }
}

/** Success, data, message, in that order; an empty message is left out. */
export function envelope(success: boolean, data: unknown, message = ''): Body {
  return message === '' ? { success, data } : { success, data, message }
}

/**
 * 405 with the methods of the first route that a path has, 307 to the path with or without its last slash where that exists, 404
 * otherwise.
 */
export function unroutedAt(request: FastifyRequest, routesAt: (path: string) => readonly KnownPath[], path: string): Refusal {
  const other = path.endsWith('/') ? path.replace(/\/+$/, '') : `${path}/`
  const [known] = routesAt(path)
  if (known || path === '/' || routesAt(other).length === 0) return unrouted(known?.first ?? [])
  const query = request.url.slice(path.length)
  return new Refusal(307, undefined, { location: `http://${request.host}${other}${query}` })
}

/** A path as its server reads it: encoded slashes separate segments like plain ones, and invalid escapes are used literally. */
export function readablePath(path: string): string {
  const bytes = path.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    return encodeURIComponent(Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
  })
  return bytes.replace(/%2f/gi, '/').replace(/%(?![0-9a-f]{2})/gi, '%25')
}

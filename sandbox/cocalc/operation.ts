import type { FastifyRequest } from 'fastify'
import { isRecord } from './values'

const READS = new Set(
  'ping system.ping system.test system.getNames system.userSearch system.getCustomize projects.state projects.status jupyter.kernels sync.history messages.get org.getAll org.get org.getUsers system.listJupyterKernels system.version system.listing system.readTextFileFromProject editor.jupyterKernels'.split(
    ' ',
  ),
)

/** The operation of a request, as faults name it: `hub org.create`, `project system.exec`, `hub db.userQuery get projects`. */
export function operationOf(request: FastifyRequest): string {
  const endpoint = request.url.split('?')[0]?.split('/').at(-1) ?? ''
  const name = nameIn(request.body)
  const query = name === 'db.userQuery' ? ` ${queryIn(request.body)}` : ''
  return `${endpoint} ${name}${query}`
}

/** Whether it only reads. */
export function isRead(body: unknown): boolean {
  const name = nameIn(body)
  return READS.has(name) || (name === 'db.userQuery' && queryIn(body).startsWith('get '))
}

function nameIn(body: unknown): string {
  return isRecord(body) ? String(body.name) : ''
}

function queryIn(body: unknown): string {
  const [first] = isRecord(body) && Array.isArray(body.args) ? body.args : []
  const query: unknown = isRecord(first) ? first.query : undefined
  const kind = JSON.stringify(query ?? null).includes('null') ? 'get' : 'set'
  return `${kind} ${isRecord(query) ? Object.keys(query).join() : ''}`
}

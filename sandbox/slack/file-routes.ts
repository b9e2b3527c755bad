import type { FastifyRequest } from 'fastify'
import type { Routes } from '../kit/routes'
import { readableFile } from './access'
import { callerOf, type Slack } from './context'
import { bearerOf, receive } from './request'
import { mediaTypeOf } from './shapes-file'
import type { SlackStore } from './store'

/** Upload of bytes to the address of one upload, and download of files with a token. */
export const fileRoutes: Routes<Slack> = {
  'POST /upload/v1/:ticket': ({ store }, request, reply) => {
    const wanted = (request.params as { ticket: string }).ticket
    const file = [...store.data.files.values()].find(({ ticket, done }) => ticket === wanted && !done)
    if (!file) return reply.code(404).type('text/plain').send('not found')
    const bytes = bytesOf(request)
    if (bytes.length !== file.size)
      return reply.code(400).type('text/plain').send(`expected ${file.size} bytes, got ${bytes.length}`)
    file.content = new Uint8Array(bytes)
    return reply.type('text/plain').send(`OK - ${bytes.length}`)
  },
  'GET /signin': (_slack, _request, reply) => reply.type('text/html').send('<!DOCTYPE html><title>Sign in | Slack</title>'),
  'GET /files-pri/:key/*': ({ store }, request, reply) => {
    const [teamId = '', id = ''] = (request.params as { key: string }).key.split('-')
    if (!maySee(store, bearerOf(request), { teamId, id })) return reply.redirect(`${store.origin}/signin`)
    const file = store.file(teamId, id)
    if (!file?.content || file.deleted)
      return reply.code(404).type('text/html').send('<!DOCTYPE html><title>File not found</title>')
    return reply.type(mediaTypeOf(file.name)).send(Buffer.from(file.content))
  },
}

/** Raw bytes, or the one file of a form. */
function bytesOf(request: FastifyRequest): Buffer {
  if (!request.headers['content-type']?.startsWith('multipart/')) return (request.body as Buffer | undefined) ?? Buffer.alloc(0)
  const { uploads, values } = receive(request)
  return Object.values(uploads)[0] ?? Buffer.from(String(Object.values(values)[0] ?? ''))
}

function maySee(store: SlackStore, token: string | undefined, { teamId, id }: { teamId: string; id: string }): boolean {
  try {
    const caller = callerOf(store, token)
    return caller.team.id === teamId && readableFile(store, caller, id) !== undefined
  } catch {
    return false
  }
}

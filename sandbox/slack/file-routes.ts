import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { isVisible } from './access'
import { callerOf, type Slack } from './context'
import { receive } from './request'
import { mediaTypeOf } from './shapes-file'

/** Upload of bytes to the address of one upload, and download of files with a token. */
export const fileRoutes: FastifyPluginAsync<{ slack: Slack }> = async (app, { slack }) => {
  const { store } = slack
  app.post<{ Params: { ticket: string } }>('/upload/v1/:ticket', async (request, reply) => {
    const file = [...store.data.files.values()].find(({ ticket, done }) => ticket === request.params.ticket && !done)
    if (!file) return reply.code(404).type('text/plain').send('not found')
    const bytes = bytesOf(request)
    if (bytes.length !== file.size)
      return reply.code(400).type('text/plain').send(`expected ${file.size} bytes, got ${bytes.length}`)
    file.content = new Uint8Array(bytes)
    return reply.type('text/plain').send(`OK - ${bytes.length}`)
  })

  app.get('/signin', async (_request, reply) => reply.type('text/html').send('<!DOCTYPE html><title>Sign in | Slack</title>'))

  app.get<{ Params: { key: string } }>('/files-pri/:key/*', async (request, reply) => {
    const [teamId = '', id = ''] = request.params.key.split('-')
    const token = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (!maySee(slack, token, { teamId, id })) return reply.redirect(`${store.origin}/signin`)
    const file = store.file(teamId, id)
    if (!file?.content || file.deleted)
      return reply.code(404).type('text/html').send('<!DOCTYPE html><title>File not found</title>')
    return reply.type(mediaTypeOf(file.name)).send(Buffer.from(file.content))
  })
}

/** Raw bytes, or the one file of a form. */
function bytesOf(request: FastifyRequest): Buffer {
  if (!request.headers['content-type']?.startsWith('multipart/')) return (request.body as Buffer | undefined) ?? Buffer.alloc(0)
  const { uploads, values } = receive(request)
  const [upload] = Object.values(uploads)
  return upload?.bytes ?? Buffer.from(String(Object.values(values)[0] ?? ''))
}

function maySee({ store }: Slack, token: string | undefined, { teamId, id }: { teamId: string; id: string }): boolean {
  try {
    const { user, team } = callerOf(store, token)
    const file = store.file(teamId, id)
    if (team.id !== teamId || !file) return false
    return file.userId === user.id || file.shares.some(({ channelId }) => canSee(channelId, user.id))
  } catch {
    return false
  }

  function canSee(channelId: string, userId: string): boolean {
    const channel = store.channel(channelId)
    return channel !== undefined && isVisible(channel, store.user(userId))
  }
}

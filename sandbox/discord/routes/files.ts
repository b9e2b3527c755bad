import type { FastifyPluginAsync } from 'fastify'
import type { RouteOptions } from '../context'

interface FileParams {
  channel: string
  id: string
  filename: string
}

/** Files as Discord's CDN serves them: without credentials, by a signed address until it expires. */
export const fileRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  app.get<{ Params: FileParams; Querystring: Record<string, string> }>(
    '/attachments/:channel/:id/:filename',
    async (request, reply) => {
      const { channel, id, filename } = request.params
      const file = discord.store.data.files.get(id)
      const path = `/attachments/${channel}/${id}/${encodeURIComponent(filename)}`
      if (!file || !discord.links.isGood(path, request.query)) {
        return reply.code(404).type('text/plain; charset=utf-8').send('This content is no longer available.')
      }
      return reply.type(file.contentType).header('content-disposition', 'attachment').send(Buffer.from(file.bytes))
    },
  )
}

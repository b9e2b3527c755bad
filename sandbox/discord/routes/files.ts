import type { FastifyPluginAsync } from 'fastify'
import type { RouteOptions } from '../context'

interface FileParams {
  channel: string
  id: string
  filename: string
}

/** What Discord's CDN serves: anybody who has the signed address gets the file, until it is over. */
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

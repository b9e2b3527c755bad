import type { DiscordRoutes } from '../context'

/** Files as Discord's CDN serves them: without credentials, by a signed address until it expires. */
export const fileRoutes: DiscordRoutes = {
  'GET /attachments/:channel/:id/:filename': ({ store, links }, request, reply) => {
    const { channel, id, filename } = request.params as { channel: string; id: string; filename: string }
    const file = store.data.files.get(id)
    const path = `/attachments/${channel}/${id}/${encodeURIComponent(filename)}`
    if (!file || !links.isGood(path, request.query as Record<string, string>)) {
      return reply.code(404).type('text/plain; charset=utf-8').send('This content is no longer available.')
    }
    return reply.type(file.contentType).header('content-disposition', 'attachment').send(Buffer.from(file.bytes))
  },
}

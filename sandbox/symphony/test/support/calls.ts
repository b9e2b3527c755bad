import type { Anything, Reply, Wire } from './server'

type Pod = () => Wire

/** Calls of the pod: rooms, members and conversations. Ada makes them unless given. */
export function podCalls(wire: Pod) {
  const post = (path: string, body?: unknown, as = 'Ada'): Promise<Reply> => wire().call('POST', `/pod${path}`, { as, body })
  const get = (path: string, as = 'Ada'): Promise<Reply> => wire().call('GET', `/pod${path}`, { as })
  return {
    post,
    get,
    id: (name: string): number => Number(wire().people[name]?.id),
    create: async (fields: object, as = 'Ada'): Promise<Anything> => (await post('/v3/room/create', fields, as)).body,
    /** Whether each member owns the room. */
    members: async (room: string): Promise<Record<string, boolean>> => {
      const { body } = await get(`/v2/room/${room}/membership/list`)
      return Object.fromEntries(body.map((one: Anything) => [one.id, one.owner]))
    },
  }
}

/** Calls of datafeeds 2, and actions that cause events. */
export function feedCalls(wire: Pod) {
  const feeds = (method: string, path = '', body?: unknown, as = 'Ada'): Promise<Reply> =>
    wire().call(method, `/agent/v5/datafeeds${path}`, { as, body })
  return {
    feeds,
    open: async (as = 'Ada'): Promise<string> => (await feeds('POST', '', { tag: null }, as)).body.id,
    read: async (feed: string, ackId = '', as = 'Ada'): Promise<Anything> =>
      (await feeds('POST', `/${feed}/read`, { ackId, updatePresence: true }, as)).body,
    say: async (text: string): Promise<string> => (await wire().send(`<messageML>${text}</messageML>`)).body.messageId,
    benSays: (text: string): Promise<Reply> =>
      wire().callControl('/messages', {
        username: wire().people.Ben?.username,
        streamId: wire().people.Ada?.roomId,
        message: `<messageML>${text}</messageML>`,
      }),
  }
}

export const messageIds = (events: Anything[]): string[] => events.map(({ messageId }) => messageId)

/** Calls about messages, in the pod's room unless given. */
export function messageCalls(wire: Pod) {
  const room = (): string => wire().people.Ada?.roomId ?? ''
  return {
    room,
    say: async (text: string, options: Parameters<Wire['send']>[1] = {}): Promise<Anything> =>
      (await wire().send(`<messageML>${text}</messageML>`, options)).body,
    agent: (path: string, as = 'Ada'): Promise<Reply> => wire().call('GET', `/agent${path}`, { as }),
    suppress: (id: string, as = 'Ada'): Promise<Reply> =>
      wire().call('POST', `/pod/v1/admin/messagesuppression/${id}/suppress`, { as }),
    update: (id: string, message: string, as = 'Ada', query = ''): Promise<Reply> => {
      const form = new FormData()
      form.set('message', message)
      return wire().call('POST', `/agent/v4/stream/${room()}/message/${id}/update${query}`, { as, form })
    },
    newRoom: async (name: string, fields = {}): Promise<string> =>
      (await wire().call('POST', '/pod/v3/room/create', { body: { name, ...fields } })).body.roomSystemInfo.id,
  }
}

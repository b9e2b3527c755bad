import type { Wire } from './wire'

/** The Colony: JSON over HTTP, webhooks. */
export const wire: Wire = {
  routes: [
    '/users/by-username/:name',
    '/colonies/by-name/:name',
    '/messages/conversations/:username',
    '/messages/conversations/:username/read',
    '/messages/send/:username',
  ],
  callback: (body) => String((body as { event?: unknown } | undefined)?.event ?? 'call'),
  headers: ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
  unpromised: [
    {
      field: 'refusal detail.message',
      because: 'a refusal is known by its status and code: its sentence may be put in other words',
    },
    {
      field: 'refusal detail[].msg',
      because: 'a refusal is known by its status and code: its sentence may be put in other words',
    },
    { field: 'request query.limit', because: 'how many are asked for at a time is the suite’s own choice' },
    ...['author', 'sender', 'other_user'].flatMap((who) =>
      ['karma', 'user_type', 'bio', 'display_name', 'created_at'].map((field) => ({
        field: `response *${who}.${field}`,
        because: 'who wrote something is known by id and username: the rest of an account is promised where its profile is read',
      })),
    ),
  ],
}

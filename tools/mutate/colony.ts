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
    ...['refusal detail[].input*', 'refusal detail[].ctx*'].map((field) => ({
      field,
      because: 'what the framework repeats of a wrong value, and of the rule, may be absent: status, field and rule are compared',
    })),
    ...['created_at', 'follow_id'].map((fact) => ({
      on: 'POST /users/:1/follow',
      field: `refusal detail.${fact}`,
      because: 'facts beside the code of a conflict are of newer versions only',
    })),
    {
      on: 'GET /users/me',
      field: 'refusal detail*',
      because: 'a token that is refused with 401 is exchanged again, whatever the code',
    },
    ...[
      ...[
        'has_more',
        'unread_count',
        'unread_notifications',
        'unread_direct_messages',
        'is_archived',
        'is_deleted',
        'post_id',
        'new_score',
      ],
      ...['safe_text', 'colony_name', 'followed_id', 'follower_id', 'emoji', 'last_message_preview', 'read_at'],
    ].map((field) => ({
      field: `response *${field}`,
      change: 'missing',
      because: 'older or newer versions do not send it: where it is sent its value is compared',
    })),
    {
      on: 'POST /users/:1/follow',
      field: 'response created_at',
      change: 'missing',
      because: 'older versions do not send it: where it is sent its value is compared',
    },
    ...['safe_text', 'colony_name', 'last_message_preview'].map((field) => ({
      field: `response *${field}`,
      change: 'null',
      because: 'it may be empty, in lists above all: where it is given its value is compared',
    })),
    {
      field: 'response *last_message_preview',
      change: 'shortened',
      because: 'how much of a message a preview shows is The Colony’s own: that it is the beginning is compared',
    },
    {
      on: 'GET /posts/:1/conversation',
      field: 'response threads*.author',
      because: 'its form is not documented: the author is compared by author_username',
    },
    ...['POST /auth/register', 'POST /auth/register/begin'].map((on) => ({
      on,
      field: 'request body.username',
      change: 'in capitals',
      because: 'usernames are kept in lower case, however they are written',
    })),
    { field: 'response *reactions', because: 'no feature shows reactions of messages' },
    { field: 'response *conversation_id', on: 'GET /notifications', because: 'no feature is about notifications of messages' },
    {
      field: 'response *message',
      on: '* /notifications*',
      because: 'a notification is known by type, post, comment and actor: its sentence may be put in other words',
    },
    { field: 'response message', on: 'POST /auth/rotate-key', because: 'advice for people: the key itself is tried' },
    {
      on: 'GET /colonies',
      field: 'response (whole)',
      change: 'one invented',
      because: 'agents found colonies at any time, which no scenario can know',
    },
    ...['response [].', 'response colony.'].flatMap((row) =>
      ['display_name', 'created_at', 'member_count'].map((field) => ({
        on: row === 'response [].' ? 'GET /colonies' : 'GET /posts/:1/context',
        field: `${row}${field}`,
        because:
          'a colony is known by id and name: title, age and members are its founders’ and members’ own, only their order is promised',
      })),
    ),
    { field: 'response items', on: 'GET /search', change: 'reversed', because: 'how relevant a post is only The Colony knows' },
    {
      on: 'GET /comments/:1',
      field: 'request path.1',
      change: 'value of a neighbour',
      because: 'clean-up alone reads a single comment: one that the service calls missing has been removed',
    },
    {
      on: 'GET /webhooks',
      field: 'response [].url',
      change: 'value of a neighbour',
      because: 'a changed webhook may have any address of its run, so clean-up recognises it by id, account and run id',
    },
    ...['POST /webhooks', 'GET /webhooks', 'PUT /webhooks/:1'].map((on) => ({
      on,
      field: 'response *events',
      change: 'reversed',
      because: 'the events of a webhook have no order',
    })),
    ...['POST /reactions/toggle', 'GET /reactions/who'].map((on) => ({
      on,
      change: 'reversed',
      because: 'reactions have no promised order, and those of two agents at the same time have none',
    })),
    {
      on: 'GET /reactions/who',
      field: 'response users[].display_name',
      because: 'who reacted is known by username',
    },
    {
      on: 'GET /posts',
      field: 'request query.author',
      because: 'the author is one that does not exist: any other such name is refused alike',
    },
    ...['shortened', 'in capitals'].map((change) => ({
      on: 'GET /users/directory',
      field: 'request query.q',
      change,
      because: 'the beginning of a username that is unique finds the same account, in small letters and in capitals',
    })),
    {
      on: 'GET /users/directory',
      field: 'request query.sort',
      change: 'missing',
      because: 'the directory is sorted by karma unless it is asked otherwise',
    },
    {
      on: 'POST /posts',
      field: 'request body.metadata.multiple_choice',
      change: 'missing',
      because: 'a poll takes one option unless it says otherwise',
    },
    {
      field: 'header x-ratelimit-remaining',
      change: 'shortened',
      because:
        'how many requests are left depends on all that the account does: it is a whole number within the limit, and falls',
    },
    ...['author', 'sender', 'other_user', 'actor'].flatMap((who) =>
      ['karma', 'bio', 'capabilities*'].map((field) => ({
        field: `response *${who}.${field}`,
        because:
          'who wrote something is known by id, names, type and age: the rest of an account is promised where its profile is read',
      })),
    ),
  ],
}

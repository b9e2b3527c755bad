import type { Wire } from './wire'

const READS = /\/(?:read|search|list)$/

/** Symphony: JSON and forms over HTTP below several hosts; events are in the responses of a datafeed. */
export const wire: Wire = {
  writes: ({ method, path }) => method !== 'GET' && !READS.test(path),
  authorities: 'SYMPHONY_CA_PATH',
  eventsIn: ({ operation }) => (/^POST \/agent\/v5\/datafeeds\/:\w+\/read$/.test(operation) ? ['events'] : undefined),
  nameOfCarried: (event) => String((event as { type?: unknown }).type),
  promisedNames: ['payload', 'public', 'readOnly'],
  sandboxServes: 20,
  leavesOut: ['@resource-intensive'],
  unpromised: [
    { field: 'request query.limit', because: 'how many are asked for at a time is the suite’s own choice' },
    { field: 'request query.skip', because: 'how many are asked for at a time is the suite’s own choice' },
    {
      field: 'request query.local',
      because: 'it decides whether other companies’ pods are asked, too; a sandbox is the only pod there is',
    },
    {
      ...{ on: 'POST /pod/v3/room/search', field: 'request body.query', change: 'shortened' },
      because: 'a search by the beginning of a name finds the same room, and the one of exactly that name is taken',
    },
    ...['POST /pod/v1/user/search', 'POST /pod/v3/room/search'].map((on) => ({
      ...{ on, change: 'response of another call' },
      because: 'the two searches of a scenario are for the same name in another case, and find the same',
    })),
    {
      ...{ on: 'POST /pod/v3/room/search', field: 'refusal code' },
      because: 'a session that ran out is known by its status and renewed; nothing else refuses a search of the features',
    },
    {
      ...{ on: 'POST /agent/v5/datafeeds/:1/read', field: 'refusal code' },
      because: 'a datafeed that is gone is known by its status and replaced; nothing else refuses to be read in the features',
    },
    {
      ...{ on: 'GET /agent/v5/datafeeds', field: 'request query.tag', change: 'missing' },
      because: 'a bot of a sandbox has the one datafeed that its scenario has created',
    },
    ...['lengthened', 'shortened'].map((change) => ({
      ...{ on: 'POST /agent/v5/datafeeds/:1/read', field: 'request body.ackId', change },
      because: 'what is not acknowledged comes again, and every event is taken once',
    })),
    {
      ...{ on: 'POST /agent/v5/datafeeds/:1/read', field: 'response ackId' },
      because: 'it is sent back as it came: what is not acknowledged comes again, and every event is taken once',
    },
    {
      ...{ on: 'POST /agent/v5/datafeeds/:1/read', field: 'request body.updatePresence' },
      because: 'whether reading counts as being there decides about a bot that sets no presence, which no feature is about',
    },
    {
      on: 'event MESSAGESENT',
      change: 'twice',
      because: 'a datafeed repeats what was not acknowledged: whoever listens has to expect it',
    },
    {
      on: 'event MESSAGESUPPRESSED',
      because: 'it reports a message that the clean-up of a scenario hides, when the bot no longer listens',
    },
    {
      ...{ on: 'GET /agent/v4/stream/:1/message', change: 'reversed' },
      because: 'Symphony documents no order for a history, and its clients differ: it is sorted by the times in it',
    },
    {
      ...{ on: 'GET /pod/v2/streams/:1/info', change: 'reversed' },
      because: 'Symphony documents no order for the members of a conversation: they are compared as a set',
    },
    ...['GET /agent/v4/stream/:1/message', 'POST /agent/v4/stream/:1/message/:2/update'].map((on) => ({
      ...{ on, field: 'response *data<json>' },
      because: 'a message without mentions and tags has an empty EntityJSON or none; what a message mentions is compared',
    })),
    {
      ...{ on: 'POST /sessionauth/v1/logout', field: 'response message' },
      because: 'that the session is over is seen by a call in it; the sentence that says so may be put in other words',
    },
    { field: 'refusal message', because: 'a refusal is known by its status and code: its sentence may be put in other words' },
  ],
}

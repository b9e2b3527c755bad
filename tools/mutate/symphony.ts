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
  unpromised: [
    { field: 'request query.limit', because: 'how many are asked for at a time is the suite’s own choice' },
    { field: 'request query.skip', because: 'how many are asked for at a time is the suite’s own choice' },
    { field: 'refusal message', because: 'a refusal is known by its status and code: its sentence may be put in other words' },
  ],
}

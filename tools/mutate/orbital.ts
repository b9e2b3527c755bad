import type { Wire } from './wire'

/** The Orbital Manager backend: JSON over HTTP, assignments and events over a broker. */
export const wire: Wire = {
  brokers: ['ORBITAL_RABBITMQ_URL'],
  // The suite's own messages, by which it sees that whatever was published before has come.
  message: (routingKey) => (routingKey.startsWith('acceptance.') ? undefined : routingKey),
  promisedNames: ['properties', 'body', 'contentType', 'deliveryMode', 'messageId', 'timestamp'],
  headers: ['www-authenticate'],
  unpromised: [
    {
      on: 'send *',
      field: 'request body.properties*',
      because: 'the backend reads the body of an assignment: what else comes with it is the suite’s own choice',
    },
    { field: 'request query.limit', because: 'how many are asked for at a time is the suite’s own choice' },
  ],
  eventually: 3_000,
}

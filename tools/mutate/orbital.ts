import type { Wire } from './wire'

/** The Orbital Manager backend: JSON over HTTP, assignments and events over a broker. */
export const wire: Wire = {
  brokers: ['ORBITAL_RABBITMQ_URL'],
  // The suite's own messages, by which it sees that all earlier events were delivered.
  message: (routingKey) => (routingKey.startsWith('acceptance.') ? undefined : routingKey),
  promisedNames: [
    ...['properties', 'body', 'contentType', 'deliveryMode', 'messageId', 'timestamp'],
    ...['event', 'from', 'to', 'delivery_id'],
  ],
  headers: ['www-authenticate'],
  unpromised: [
    {
      on: 'send *',
      field: 'request body.properties*',
      because: 'the backend reads the body of an assignment: what else comes with it is the suite’s own choice',
    },
    {
      field: 'refusal detail',
      change: 'lengthened',
      because: 'the wording of a refusal is the backend’s own; its reason is compared',
    },
    { field: 'refusal detail[].msg', because: 'the wording of a refusal is the backend’s own; status and field are compared' },
    {
      field: 'refusal detail[].type',
      change: 'other known value',
      because: 'the kind of an invalid value is the backend’s own: that there is one, and whether it says "missing", is compared',
    },
    {
      field: '*properties.messageId',
      change: 'unknown id',
      because: 'the id is of the backend’s making; that it is a UUID and unique is compared',
    },
    { field: '*properties.messageId', change: 'value of a neighbour', because: 'the id is of the backend’s making' },
    {
      field: '*expires_in',
      change: '* one',
      because: 'a lifetime is compared with the token’s own expiry, within seconds that the request takes',
    },
    {
      on: 'POST /courier/location',
      field: 'request body.accuracy',
      change: 'minus one',
      because: 'the accuracy is one that is refused: any other below zero is refused alike',
    },
    { field: 'request query.limit', because: 'how many are asked for at a time is the suite’s own choice' },
  ],
  eventually: 3_000,
}

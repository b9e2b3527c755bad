import { z } from 'zod'
import type { Variable } from '../../config/variables'
import type { ServiceDefinition } from '../service'
import { faultIn, SOURCES, usedCredential } from './credentials'
import { skipReasonOf } from './failures'
import { baseUrl, isHost } from './hosts'
import { refusals } from './refusals'

const host = z.string().refine(isHost, 'must be a host, host:port or a base URL')
const pem = (kind: 'key' | 'certificate') =>
  z.string().superRefine((value, context) => {
    const fault = faultIn(value, kind)
    if (fault) context.addIssue({ code: 'custom', message: fault })
  })

const proofs: readonly Variable[] = [
  {
    name: 'SYMPHONY_BOT_PRIVATE_KEY_PATH',
    role: 'credential',
    means: 'file with the bot’s RSA private key as PEM; the first of these four that is set is used',
    example: '/path/to/private-key.pem',
  },
  {
    name: 'SYMPHONY_BOT_PRIVATE_KEY_CONTENT',
    role: 'credential',
    secret: true,
    means: 'or the key as text; line ends may be written `\\n`',
    schema: pem('key'),
  },
  {
    name: 'SYMPHONY_BOT_COMBINED_CERT_PATH',
    role: 'credential',
    means: 'or a file with the bot’s private key and certificate as PEM',
  },
  {
    name: 'SYMPHONY_BOT_COMBINED_CERT_CONTENT',
    role: 'credential',
    secret: true,
    means: 'or both as text',
    schema: pem('certificate'),
  },
]

/** Symphony, as a bot in one room of a pod sees it. */
export const symphony: ServiceDefinition = {
  name: 'symphony',
  title: 'Symphony',
  address: { variable: 'SYMPHONY_HOST', from: baseUrl },
  variables: [
    { name: 'SYMPHONY_HOST', role: 'credential', means: 'host of the pod', schema: host, example: 'mycompany.symphony.com' },
    { name: 'SYMPHONY_BOT_USERNAME', role: 'credential', means: 'name of Ada’s service account', example: 'my-bot' },
    ...proofs,
    {
      name: 'SYMPHONY_TEST_ROOM_NAME',
      role: 'credential',
      means: 'name of the room the bot writes to, as its header shows it, or its id',
      example: 'E2E Test Room',
    },
    {
      name: 'SYMPHONY_TEST_USER_NAME',
      role: 'credential',
      means: 'username of Ben, who is mentioned and written to; an email or display name works as well',
      example: 'jsmith',
    },
    { name: 'SYMPHONY_TEST_USER_NAME_2', role: 'option', means: 'username of Cleo, for conversations of three' },
    { name: 'SYMPHONY_AGENT_HOST', role: 'address', means: 'host of the agent, where it is not the pod’s', schema: host },
    { name: 'SYMPHONY_SESSION_AUTH_HOST', role: 'address', means: 'host that takes client certificates', schema: host },
    {
      name: 'SYMPHONY_KEY_MANAGER_HOST',
      role: 'address',
      means: 'host of the key manager; by default the one above',
      schema: host,
    },
    { name: 'SYMPHONY_CA_PATH', role: 'address', means: 'file with a certificate authority to trust besides the usual ones' },
  ],
  required: [
    'SYMPHONY_HOST',
    'SYMPHONY_BOT_USERNAME',
    SOURCES.map(({ variable }) => variable),
    'SYMPHONY_TEST_ROOM_NAME',
    'SYMPHONY_TEST_USER_NAME',
  ],
  uses: usedCredential,
  people: {
    Ada: { username: 'SYMPHONY_BOT_USERNAME', ...Object.fromEntries(SOURCES.map(({ field, variable }) => [field, variable])) },
    Ben: { username: 'SYMPHONY_TEST_USER_NAME' },
    Cleo: { username: 'SYMPHONY_TEST_USER_NAME_2' },
  },
  needs: {
    'third-person': { means: 'a third person', variables: ['SYMPHONY_TEST_USER_NAME_2'] },
    'key-file': { means: 'a key in a file', variables: ['SYMPHONY_BOT_PRIVATE_KEY_PATH'] },
    'key-text': { means: 'a key as text', variables: ['SYMPHONY_BOT_PRIVATE_KEY_CONTENT'] },
    'certificate-file': { means: 'a certificate in a file', variables: ['SYMPHONY_BOT_COMBINED_CERT_PATH'] },
    'certificate-text': { means: 'a certificate as text', variables: ['SYMPHONY_BOT_COMBINED_CERT_CONTENT'] },
  },
  refusals,
  chat: async () => (await import('./platform')).symphony,
  skipReasonOf,
  testAccount: 'username or id of the service account',
  keeps: ['conversations with one or more people (their messages are suppressed)'],
  load: async () => (await import('./runtime')).runtime,
}

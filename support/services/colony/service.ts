import { url, uuid } from '../../config/variables'
import type { ServiceDefinition } from '../service'
import { skipReasonOf } from './failures'
import { refusals } from './refusals'

/** The Colony, a forum for agents. */
export const colony: ServiceDefinition = {
  name: 'colony',
  title: 'The Colony',
  address: { variable: 'COLONY_BASE_URL', fallback: 'https://thecolony.cc/api/v1' },
  variables: [
    {
      name: 'COLONY_TEST_API_KEY',
      role: 'credential',
      secret: true,
      means: 'API key of Ada’s account (`col_…`)',
      example: 'col_…',
    },
    {
      name: 'COLONY_TEST_API_KEY_2',
      role: 'credential',
      secret: true,
      means: 'API key of Ben’s account, for flows between two people',
    },
    { name: 'COLONY_TEST_REGISTER', role: 'option', means: '`1` registers a new account, which stays for good' },
    {
      name: 'COLONY_TEST_ROTATE_KEY',
      role: 'option',
      means: '`1` rotates Ada’s API key; the new one is saved in `.env.rotated`',
    },
    { name: 'COLONY_TEST_PERSIST', role: 'option', means: '`1` leaves posts, comments and a vote behind on purpose' },
    { name: 'COLONY_TEST_POLL_ID', role: 'option', means: 'id of a poll to vote on', schema: uuid },
    { name: 'COLONY_TEST_POLL_OPTION_ID', role: 'option', means: 'option of that poll' },
    { name: 'COLONY_BASE_URL', role: 'address', means: 'where The Colony is, with `/api/v1`', schema: url },
  ],
  required: ['COLONY_TEST_API_KEY'],
  people: { Ada: { apiKey: 'COLONY_TEST_API_KEY' }, Ben: { apiKey: 'COLONY_TEST_API_KEY_2' } },
  needs: {
    'second-account': { means: 'a second account', variables: ['COLONY_TEST_API_KEY_2'] },
    poll: { means: 'another account’s poll', variables: ['COLONY_TEST_POLL_ID', 'COLONY_TEST_POLL_OPTION_ID'] },
  },
  optIns: {
    register: { means: 'leave to register an account for good', variables: ['COLONY_TEST_REGISTER'] },
    'rotate-key': { means: 'leave to replace the API key', variables: ['COLONY_TEST_ROTATE_KEY'] },
    persist: { means: 'leave to leave things behind', variables: ['COLONY_TEST_PERSIST'], value: '1' },
  },
  testAccount: 'username or id',
  isUndivided: true,
  refusals,
  skipReasonOf,
  keeps: [
    'direct messages from Ada to Ben, each named with the run id',
    'votes on posts and comments of the run, and the karma they moved; a choice in the poll of `COLONY_TEST_POLL_ID`',
    'notifications of both accounts, and that they were marked as read',
    'with `COLONY_TEST_REGISTER=1` the account registered, with `COLONY_TEST_ROTATE_KEY=1` the new key',
    'with `COLONY_TEST_PERSIST=1` posts and comments in test-posts, and a vote on one of them',
    'posts and comments older than 15 minutes at the time of their removal: The Colony does not allow deleting them then',
  ],
  load: async () => (await import('./runtime')).runtime,
}

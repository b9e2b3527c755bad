import { z } from 'zod'
import { url } from '../../config/variables'
import type { ServiceDefinition, SkipReasonOf } from '../service'
import { refusals } from './refusals'

const NOT_ADMIN =
  /must be a site admin|only admins may create organizations|only site admins can|must be an admin of the organization or site-admin/

/** Live, a key whose account is not a site admin is not a defect of CoCalc. */
const skipReasonOf: SkipReasonOf = ({ says = '' }) =>
  NOT_ADMIN.test(says)
    ? { reason: 'the account of the key is no site admin', toSet: 'COCALC_API_KEY of a site admin' }
    : undefined

const port = z.coerce.number({ error: 'must be a port number' }).int().min(1).max(65_535)

/** CoCalc, collaborative calculation in projects. */
export const cocalc: ServiceDefinition = {
  name: 'cocalc',
  title: 'CoCalc',
  address: { variable: 'COCALC_HOST', fallback: 'http://localhost:5000' },
  variables: [
    {
      name: 'COCALC_API_KEY',
      role: 'credential',
      secret: true,
      means: 'API key of a site admin’s account (`sk-…`)',
      example: 'sk-…',
    },
    {
      name: 'COCALC_API_KEY_2',
      role: 'credential',
      secret: true,
      means: 'API key of Dan’s account, which is no site admin’s, for flows between two people',
    },
    {
      name: 'COCALC_TESTS_CLEANUP',
      role: 'option',
      means: '`false` leaves what a run made in the database (else it is removed)',
    },
    {
      name: 'PGHOST',
      role: 'option',
      means: 'CoCalc’s PostgreSQL: a host, or the folder of its socket',
      example: '/path/to/socket',
    },
    { name: 'PGPORT', role: 'option', means: 'its port (5432)', schema: port },
    { name: 'PGUSER', role: 'option', means: 'its user (`smc`)' },
    { name: 'PGDATABASE', role: 'option', means: 'its database (`smc`)' },
    { name: 'PGPASSWORD', role: 'option', secret: true, means: 'the user’s password, where one is asked for' },
    { name: 'COCALC_HOST', role: 'address', means: 'where CoCalc is', schema: url },
  ],
  required: ['COCALC_API_KEY'],
  people: { Ada: { apiKey: 'COCALC_API_KEY' }, Dan: { apiKey: 'COCALC_API_KEY_2' } },
  needs: {
    python: { means: 'Python', variables: [] },
    'second-account': { means: 'a second account', variables: ['COCALC_API_KEY_2'] },
  },
  refusals,
  skipReasonOf,
  keeps: ['the folders of removed projects on the server’s disk', 'how many unread messages Dan’s account is said to have'],
  testAccount: 'id or e-mail address',
  load: async () => (await import('./runtime')).runtime,
}

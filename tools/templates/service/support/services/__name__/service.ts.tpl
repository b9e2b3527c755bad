import type { ServiceDefinition } from '../service'
import { url } from '../../config/variables'
import { refusals } from './refusals'

/** What __title__ is, in a line. */
export const __name__: ServiceDefinition = {
  name: '__name__',
  title: '__title__',
  address: { variable: '__NAME___URL' },
  variables: [
    { name: '__NAME___TOKEN', role: 'credential', secret: true, means: 'token of Ada’s account' },
    { name: '__NAME___SECOND_TOKEN', role: 'credential', secret: true, means: 'token of Ben’s account, for flows between two people' },
    { name: '__NAME___URL', role: 'address', means: 'where __title__ is', schema: url },
  ],
  required: ['__NAME___TOKEN', '__NAME___URL'],
  people: { Ada: { token: '__NAME___TOKEN' }, Ben: { token: '__NAME___SECOND_TOKEN' } },
  needs: { 'second-account': { means: 'a second account', variables: ['__NAME___SECOND_TOKEN'] } },
  refusals,
  load: async () => (await import('./runtime')).runtime,
}

import type { Refused } from '../service'

/** What the words of a feature mean in CoCalc's responses, which have a text and no code. */
export const refusals: Readonly<Record<string, Refused>> = {
  'the API key is unknown': { code: ['sign-in'], says: /^must be signed in and MUST provide an api key/ },
  'the organization does not exist': { code: ['function'], says: /^Error: no org named 'nonexistent-org-for-testing-12345'/ },
  'the account belongs to another organization': { code: ['function'], says: /already member of another organization/ },
  'the name is taken': { says: /is already used by some account or organization|duplicate key value/ },
  'only admins of the organization may do this': {
    code: ['function'],
    says: /must be an admin of the organization or site-admin/,
  },
  'an admin cannot be removed from the organization': { code: ['function'], says: /admin cannot be removed from org/ },
  'Dan does not belong to the project': { code: ['function'], says: /does not have write access to project/ },
  'an owner cannot be removed': { code: ['function'], says: /^OwnershipError: Cannot remove an owner/ },
  'the command exceeded its time limit': { says: /^killed command '|^timeout - callHub: .*name='system\.exec'/ },
  'the target path leads out of its project': {
    code: ['function'],
    says: /target path must be contained in target project home dir/,
  },
  'the source path leads out of its project': { code: ['function'], says: /source path must be contained in project home dir/ },
}

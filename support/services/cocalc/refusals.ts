import type { Refused } from '../service'

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** What the words of a feature mean in CoCalc's responses, which have a text and no code. */
export const refusals: Readonly<Record<string, Refused>> = {
  'the API key is unknown': {
    code: ['sign-in'],
    says: /^must be signed in and MUST provide an api key \(cookies are not allowed\)$/,
  },
  'the organization does not exist': { code: ['function'], says: /^Error: no org named 'nonexistent-org-for-testing-12345'$/ },
  'the account belongs to another organization': {
    code: ['function'],
    says: /^Error: User '[^']+' is already member of another organization$/,
  },
  'the name is taken': {
    says: /^Error: name Botany .+ is already used by some account or organization$|^error: duplicate key value violates unique constraint/,
  },
  'only admins of the organization may do this': {
    code: ['function'],
    says: /^Error: user must be an admin of the organization or site-admin$/,
  },
  'an admin cannot be removed from the organization': {
    code: ['function'],
    says: /^Error: admin cannot be removed from org; first remove them from being an admin$/,
  },
  'Dan does not belong to the project': {
    code: ['function'],
    says: new RegExp(`^Error: user ${UUID} does not have write access to project ${UUID}$`),
  },
  'an owner cannot be removed': {
    code: ['function'],
    says: /^OwnershipError: Cannot remove an owner\. Demote to collaborator first\.$/,
  },
  'the command exceeded its time limit': { says: /^killed command '[^']*'$|^timeout - callHub: .*name='system\.exec'/ },
  'the source path leads out of its project': {
    code: ['function'],
    says: /^Error: source path must be contained in project home dir$/,
  },
  'the target path leads out of its project': {
    code: ['function'],
    says: /^Error: target path must be contained in target project home dir$/,
  },
}

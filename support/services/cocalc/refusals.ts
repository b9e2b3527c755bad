import type { Refused } from '../service'

/** What the words of a feature stand for in CoCalc's answers, which have a text and no code. */
export const refusals: Readonly<Record<string, Refused>> = {
  'the key is not known': { code: ['sign-in'], says: /^must be signed in and MUST provide an api key/ },
  'there is no such organization': { code: ['function'], says: /^Error: no org named/ },
  'they belong to another organization': { code: ['function'], says: /already member of another organization/ },
  'the name is taken': { says: /is already used by some account or organization|duplicate key value/ },
  'only the organization’s admins may': { code: ['function'], says: /must be an admin of the organization or site-admin/ },
  'they administer it': { code: ['function'], says: /admin cannot be removed from org/ },
  'they are not on the project': {
    code: ['function'],
    says: /does not have write access to project|must be collaborator on project|must be a collaborator/,
  },
  'an owner cannot be removed': { code: ['function'], says: /^OwnershipError: Cannot remove an owner/ },
  'the command failed': { code: ['command'], says: /exited with nonzero code 42/ },
  'it took too long': { says: /^killed command|^timeout - callHub/ },
  'the path leads out of the project': { code: ['function'], says: /must be contained in/ },
}

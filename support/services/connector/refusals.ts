import type { Refused } from '../service'

/** A handler that raises says no more than this, whatever was wrong. */
const RAISED = 'sql client authentication failed|authentication failed'
const login = (words: string): Refused => ({ status: [200, 401], says: new RegExp(`${words}|${RAISED}`, 'i') })

/** What the words of a feature stand for in a connector's answers. */
export const refusals: Readonly<Record<string, Refused>> = {
  'the login failed': { status: [200, 401] },
  'the password is wrong': login('password'),
  'nobody of that name may log in': login('password|role|user'),
  'the user may no longer log in': login('may not log in|not permitted'),
  'there is no such database': login('database .* does not exist'),
  'there is no such host': login('host .*not found|could not translate|not known'),
  'nothing listens there': login('refused'),
  'a credential is missing': login('missing|required'),
  'the authentication type is unknown': login('authentication type|auth ?type'),
  'a field is not as it must be': { status: [422, 500] },
  'there is no such run': { status: [404], says: /Workflow not found/ },
  'nothing is stored there': { status: [404], says: /Config not found/ },
  'the name is not allowed': { status: [422] },
  'there is no such entrypoint': { status: [400], says: /Invalid entrypoint/ },
  'there is no such call': { status: [404], says: /^Not Found$/ },
  'there is no manifest': { status: [404], says: /No manifest/ },
  'there is no input contract': { status: [404], says: /No input contract/ },
  'no file was sent': { status: [422] },
}

import type { Refused } from '../service'

/** A failed login: returned as 200 (before 3.2) or 401, or raised with the status of its category. */
const LOGIN = [200, 400, 401, 403, 404, 503, 504]

/** A handler that raises may give no other reason. */
const RAISED = 'sql client authentication failed|authentication failed'
const VERDICTS = ['failed', 'expired', 'invalid_credentials', 'raised']
const login = (words: string): Refused => ({ status: LOGIN, code: VERDICTS, says: new RegExp(`${words}|${RAISED}`, 'i') })

/** A 422 with one entry, which names a part of the request. */
function invalid(...location: readonly string[]): Refused {
  const named = JSON.stringify(location).replaceAll(/[[\]]/g, '\\$&')
  return { status: [422], says: new RegExp(`^(?=.*"type":"[\\w.]+")(?=.*"loc":${named})(?!.*"loc":.*"loc":)`, 's') }
}

/** A connector's responses for the reasons in features. */
export const refusals: Readonly<Record<string, Refused>> = {
  'the login failed': {
    status: LOGIN,
    code: VERDICTS,
    says: /^(?:SQL client )?[Aa]uthentication failed$|\b[Ll]og ?in\b|[Pp]assword/,
  },
  'the password is wrong': login('password'),
  'the user may not log in': login('password|role|user|may not log in|not permitted'),
  'the database does not exist': login('database .* does not exist'),
  'the host is not found': login('host .*not found|could not translate|not known'),
  'the connection is refused': login('refused'),
  'a credential is missing': login('missing|required'),
  'the authentication type is not supported': login('authentication type|auth ?type'),
  'there is no such run': { status: [404], says: /^Workflow not found: \S+$/ },
  'there is no such configuration': { status: [404], says: /^Config not found: \S+$/ },
  'the configuration name is not allowed': invalid('path', 'config_id'),
  'the entrypoint does not exist': { status: [400], says: /^Invalid entrypoint\.?$/ },
  'there is no such endpoint': { status: [404], says: /^Not Found$/ },
  'the entrypoint has no manifest': { status: [404], says: /^No manifest found for entrypoint '[\w-]+'$/ },
  'the entrypoint has no input contract': { status: [404], says: /^No input contract for entrypoint '[\w-]+'$/ },
}

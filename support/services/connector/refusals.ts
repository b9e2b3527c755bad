import type { Refused, RefusedIn } from '../service'
import { connectorOf } from './folders'
import { offered, settingsOf } from './settings'

/** A failed login: returned as 200 (before 3.2) or 401, or raised with the status of its category. */
const FAILED_LOGIN: Refused = {
  status: [200, 400, 401, 403, 404, 503, 504],
  code: ['failed', 'expired', 'invalid_credentials', 'raised'],
}

/** The SDK leaves the wording of a failed login to the app: it is in the settings of the folder. */
const login =
  (reason: string) =>
  (feature: string): Refused => {
    const connector = connectorOf(feature)
    const words = settingsOf(connector).refusals?.[reason]
    const expected = offered(connector, words, `is not known to refuse a login because ${reason}`, 'refusals')
    return { ...FAILED_LOGIN, says: new RegExp(expected, 'i') }
  }

const REASONS = [
  ...['the password is wrong', 'the user may not log in', 'the database does not exist', 'the host is not found'],
  ...['the connection is refused', 'a credential is missing', 'the authentication type is not supported'],
]

/** A 422 with one entry, which names a part of the request. */
function invalid(...location: readonly string[]): Refused {
  const named = JSON.stringify(location).replaceAll(/[[\]]/g, '\\$&')
  return { status: [422], says: new RegExp(`^(?=.*"type":"[\\w.]+")(?=.*"loc":${named})(?!.*"loc":.*"loc":)`, 's') }
}

/** A connector's responses for the reasons in features. */
export const refusals: Readonly<Record<string, RefusedIn>> = {
  'the login failed': FAILED_LOGIN,
  ...Object.fromEntries(REASONS.map((reason) => [reason, login(reason)])),
  'there is no such run': { status: [404], says: /^Workflow not found: \S+$/ },
  'there is no such configuration': { status: [404], says: /^Config not found: \S+$/ },
  'the configuration name is not allowed': invalid('path', 'config_id'),
  'the entrypoint does not exist': { status: [400], says: /^Invalid entrypoint\.?$/ },
  'there is no such endpoint': { status: [404], says: /^Not Found$/ },
  'the entrypoint has no manifest': { status: [404], says: /^No manifest found for entrypoint '[\w-]+'$/ },
  'the entrypoint has no input contract': { status: [404], says: /^No input contract for entrypoint '[\w-]+'$/ },
}

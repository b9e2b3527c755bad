import type { ConnectorState } from './state'

interface Login extends Record<string, string> {
  username: string
  password: string
}

/** What can be wrong with what an owner enters, in the owner's words. */
export const FLAWS: Readonly<Record<string, (state: ConnectorState) => Promise<void> | void>> = {
  'the password is wrong': changed({ password: 'not-the-password' }),
  'the user is unknown': changed({ username: 'nobody_of_that_name' }),
  'the user has left': retired,
  'the database does not exist': changed({ database: 'no_such_database', extra: { database: 'no_such_database' } }),
  'the host does not exist': changed({ host: 'no-such-host.invalid' }),
  'nothing listens at the port': changed({ port: 1 }),
  'the password is left out': changed({ password: undefined }),
  'the user name is left out': changed({ username: undefined }),
  'the host is left out': changed({ host: undefined }),
  'the authentication type is unheard of': changed({ authType: 'carrier_pigeon' }),
}

function changed(fields: Record<string, unknown>): (state: ConnectorState) => void {
  return ({ changes }) => void Object.assign(changes, fields)
}

/** Only a sandbox knows somebody whose password is right and who may not come in. */
async function retired({ world, changes }: ConnectorState): Promise<void> {
  const logins = await world.access.control?.get<{ retired: Login }>('/logins')
  if (!logins) throw new Error('Only the sandbox has a user who left.')
  world.access.learn(logins.retired.password)
  Object.assign(changes, logins.retired)
}

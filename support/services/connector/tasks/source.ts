import { lockTable, makeSchema } from '../source-postgres'
import type { ConnectorState } from '../state'

/** Maximum length of a name in the database. */
const LONGEST_NAME = 63

interface Login extends Record<string, string> {
  username: string
  password: string
}

type Change = (state: ConnectorState) => Promise<void> | void

/** The changes of the credentials for the words of the parameter type `loginChange`. */
const LOGIN_CHANGES: Readonly<Record<string, Change>> = {
  'the password is wrong': changed({ password: 'not-the-password' }),
  'the user is unknown': changed({ username: 'unknown_user' }),
  "the user's login was revoked": revoked,
  'the read-only user logs in': (state) => {
    state.otherLogin = state.source.readOnly()
  },
  'the database does not exist': changed({ database: 'no_such_database' }),
  'the host does not exist': changed({ host: 'no-such-host.invalid' }),
  'nothing listens at the port': changed({ port: 1 }),
  'the password is left out': changed({ password: undefined }),
  'the user name is left out': changed({ username: undefined }),
  'the host is left out': changed({ host: undefined }),
  'the authentication type is unsupported': changed({ authType: 'carrier_pigeon' }),
}

export function changeLogin(state: ConnectorState, words: string): Promise<void> | void {
  const change = LOGIN_CHANGES[words]
  if (!change) throw new Error(`No change of the login is called "${words}".`)
  return change(state)
}

/** A field that `extra` contains as well is changed there, too. */
function changed(fields: Record<string, unknown>): Change {
  return (state) => {
    const { extra } = state.source.credentials.evaluate()
    Object.assign(state.changes, fields)
    if (typeof extra !== 'object' || extra === null) return
    const shared = Object.entries(fields).filter(([name]) => name in extra)
    if (shared.length > 0) state.changes.extra = { ...extra, ...Object.fromEntries(shared) }
  }
}

/** Only a sandbox has a user with a correct password whose login was revoked. */
async function revoked({ world, changes }: ConnectorState): Promise<void> {
  const logins = await world.access.control?.get<{ retired: Login }>('/logins')
  if (!logins) throw new Error('Only the sandbox has a user whose login was revoked.')
  world.access.learn(logins.retired.password)
  Object.assign(changes, logins.retired)
}

/** The field of a run's input, and its value, for the words of the parameter type `inputFlaw`. */
const INPUT_FLAWS: Readonly<Record<string, Record<string, unknown>>> = {
  'a quote in the filter': { include_filter: { '^db$': ["^a' OR true$"] } },
  'a comment in the filter': { include_filter: { '^db$': ['^a--$'] } },
  'a second statement in the filter': { exclude_filter: { '^db$': ['^a; DROP TABLE b$'] } },
  'a block comment in the filter': { include_filter: { '^db$/*': [] } },
  'a filter that is a number': { include_filter: 7 },
  'a filter that nests too deep': { include_filter: { a: { b: { c: { d: { e: { f: [] } } } } } } },
  'a table pattern that is a number': { temp_table_regex: 7 },
  'a quote in the table pattern': { temp_table_regex: "tmp'" },
  'a connection that is plain text': { connection: 'xyz' },
}

export function spoilInput(state: ConnectorState, words: string): void {
  const flaw = INPUT_FLAWS[words]
  if (!flaw) throw new Error(`No flaw of an input is called "${words}".`)
  Object.assign(state.extras, flaw)
}

/** A small schema of the scenario, dropped after it. */
export async function makeOwnSchema(state: ConnectorState, name: string): Promise<void> {
  const { access } = state.world
  const { connector, source } = state
  const how = { by: 'Ada', data: { connector, source: source.place } }
  const unique = access.unique(name, LONGEST_NAME).replaceAll(/\W/g, '_')
  const made = await access.undo.create('connector.schema', unique, how, async (schema) => {
    await makeSchema(source, schema, ['CREATE TABLE parts (id int, label text)', 'CREATE VIEW labels AS SELECT label FROM parts'])
    return { id: schema }
  })
  state.schemas.remember(name, made.id)
}

/** Until the scenario ends, a run that reads the view's query has to wait. */
export async function lock(state: ConnectorState, name: string): Promise<void> {
  state.world.closeAfterScenario(await lockTable(state.source, state.schemaNamed(name), 'parts'))
}

import { expect } from '../../../assertions/chai-checks'
import { parseResponse } from '../../../assertions/contract'
import { wireOf } from '../client'
import { login } from '../contract'
import { preflightOf } from '../dialects'
import type { ConnectorState } from '../state'

/** Does what the form's "test" button does. */
export async function testLogin(state: ConnectorState): Promise<void> {
  const { data } = await state.api.post('/auth', wireOf('auth', state.input))
  state.examine(data)
}

export function tryToTestLogin(state: ConnectorState): Promise<void> {
  return state.world.attempt(() => testLogin(state))
}

export function expectLoggedIn(state: ConnectorState): void {
  parseResponse(login, state.answer, 'a login')
}

export async function checkSetUp(state: ConnectorState): Promise<void> {
  const { data } = await state.api.post('/check', wireOf('preflight', state.input))
  state.examine(data)
}

const VERDICTS: Readonly<Record<string, readonly string[]>> = {
  ready: ['ready'],
  'not ready': ['not_ready'],
  'partly ready': ['partial', 'not_ready'],
}

/** Where some checks pass, an app may call the whole partly ready or not ready. */
export function expectVerdict(state: ConnectorState, words: string): void {
  const { status, checks } = preflightOf(state.answer)
  const failed = checks.filter(({ passed }) => !passed).map(({ name, message }) => `${name}: ${message}`)
  expect(VERDICTS[words], `the verdict; failed: ${failed.join('; ') || 'nothing'}`).to.include(status)
}

const CHECKS: Readonly<Record<string, string>> = {
  names: 'databaseSchemaCheck',
  tables: 'tablesCheck',
  version: 'versionCheck',
}

export function expectCheck(state: ConnectorState, which: string, passes: boolean, about?: string): void {
  const { checks } = preflightOf(state.answer)
  const name = CHECKS[which] ?? which
  const check = checks.find((one) => one.name.toLowerCase() === name.toLowerCase())
  expect(check, `${name} among ${checks.map((one) => one.name).join(', ')}`).to.be.an('object')
  expect(check?.passed, `${name}: ${check?.message}`).to.equal(passes)
  if (about !== undefined) expect(check?.message, `what ${name} says`).to.contain(about)
}

export async function checkOnly(state: ConnectorState, which: string): Promise<void> {
  state.extras.checks_to_run = [CHECKS[which] ?? which]
  await checkSetUp(state)
}

export function expectChecks(state: ConnectorState, names: readonly string[]): void {
  const { checks } = preflightOf(state.answer)
  expect(checks.map(({ name }) => name)).to.have.members(names.map((name) => CHECKS[name] ?? name))
}

export async function listSchemas(state: ConnectorState): Promise<void> {
  state.examine({ success: true, data: await state.api.metadata(state.credentials) })
}

export function tryToListSchemas(state: ConnectorState): Promise<void> {
  return state.world.attempt(() => listSchemas(state))
}

export function expectSchemas(state: ConnectorState, wanted: readonly string[]): void {
  const rows = state.answerFields().data as { TABLE_CATALOG: string; TABLE_SCHEMA: string }[]
  for (const { TABLE_CATALOG } of rows) expect(TABLE_CATALOG, 'the database of a listed schema').to.equal(state.source.database)
  const listed = rows.map(({ TABLE_SCHEMA }) => TABLE_SCHEMA)
  expect(listed, 'the schemas listed').to.include.members(wanted.map((name) => state.schemaNamed(name)))
  expect(
    listed.filter((name) => /^pg_|^information_schema$/.test(name)),
    'schemas of the server itself',
  ).to.deep.equal([])
}

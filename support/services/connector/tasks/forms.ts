import { expect } from '../../../assertions/chai-checks'
import { promised } from '../../../assertions/contract'
import { wireOf } from '../client'
import { login } from '../contract'
import { preflightOf } from '../dialects'
import type { ConnectorScene } from '../state'

/** Does what the form's "test" button does. */
export async function testLogin(scene: ConnectorScene): Promise<void> {
  const { data } = await scene.api.post('/auth', wireOf('auth', scene.input))
  scene.examine(data)
}

export function tryToTestLogin(scene: ConnectorScene): Promise<void> {
  return scene.world.attempt(() => testLogin(scene))
}

export function expectLoggedIn(scene: ConnectorScene): void {
  promised(login, scene.answer, 'a login')
}

export async function checkSetUp(scene: ConnectorScene): Promise<void> {
  const { data } = await scene.api.post('/check', wireOf('preflight', scene.input))
  scene.examine(data)
}

const VERDICTS: Readonly<Record<string, readonly string[]>> = {
  ready: ['ready'],
  'not ready': ['not_ready'],
  'partly ready': ['partial', 'not_ready'],
}

/** Where some checks pass, an app may call the whole partly ready or not ready. */
export function expectVerdict(scene: ConnectorScene, words: string): void {
  const { status, checks } = preflightOf(scene.answer)
  const failed = checks.filter(({ passed }) => !passed).map(({ name, message }) => `${name}: ${message}`)
  expect(VERDICTS[words], `the verdict; failed: ${failed.join('; ') || 'nothing'}`).to.include(status)
}

const CHECKS: Readonly<Record<string, string>> = {
  names: 'databaseSchemaCheck',
  tables: 'tablesCheck',
  version: 'versionCheck',
}

export function expectCheck(scene: ConnectorScene, which: string, passes: boolean, about?: string): void {
  const { checks } = preflightOf(scene.answer)
  const name = CHECKS[which] ?? which
  const check = checks.find((one) => one.name.toLowerCase() === name.toLowerCase())
  expect(check, `${name} among ${checks.map((one) => one.name).join(', ')}`).to.be.an('object')
  expect(check?.passed, `${name}: ${check?.message}`).to.equal(passes)
  if (about !== undefined) expect(check?.message, `what ${name} says`).to.contain(about)
}

export async function checkOnly(scene: ConnectorScene, which: string): Promise<void> {
  scene.extras.checks_to_run = [CHECKS[which] ?? which]
  await checkSetUp(scene)
}

export function expectChecks(scene: ConnectorScene, names: readonly string[]): void {
  const { checks } = preflightOf(scene.answer)
  expect(checks.map(({ name }) => name)).to.have.members(names.map((name) => CHECKS[name] ?? name))
}

export async function listSchemas(scene: ConnectorScene): Promise<void> {
  scene.examine({ success: true, data: await scene.api.metadata(scene.credentials) })
}

export function tryToListSchemas(scene: ConnectorScene): Promise<void> {
  return scene.world.attempt(() => listSchemas(scene))
}

export function expectSchemas(scene: ConnectorScene, wanted: readonly string[]): void {
  const rows = scene.answerFields().data as { TABLE_CATALOG: string; TABLE_SCHEMA: string }[]
  for (const { TABLE_CATALOG } of rows) expect(TABLE_CATALOG, 'the database of a listed schema').to.equal(scene.source.database)
  const listed = rows.map(({ TABLE_SCHEMA }) => TABLE_SCHEMA)
  expect(listed, 'the schemas listed').to.include.members(wanted.map((name) => scene.schemaNamed(name)))
  expect(
    listed.filter((name) => /^pg_|^information_schema$/.test(name)),
    'schemas of the server itself',
  ).to.deep.equal([])
}

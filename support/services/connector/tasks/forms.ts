import { expect } from '../../../assertions/chai-checks'
import { parseResponse } from '../../../assertions/contract'
import { APIS, wireOf } from '../client'
import { login, type PreflightSummary } from '../contract'
import { isFields } from '../credentials'
import { preflightOf } from '../dialects'
import { refusingLogin } from '../failures'
import type { CheckOutcome, Verdict } from '../parameter-types'
import { type CheckMeaning, offered } from '../settings'
import type { ConnectorState } from '../state'

/** Sends the request of the form's "test" button; a refusal is examined by the next step. */
export function testLogin(state: ConnectorState): Promise<void> {
  return state.world.attempt(() =>
    refusingLogin(async () => state.examine((await state.api.post(APIS.auth, wireOf('auth', state.input))).data)),
  )
}

export function expectLoggedIn(state: ConnectorState): void {
  const refusal = state.world.takeRefusal()
  if (refusal) throw refusal
  const { data } = parseResponse(login, state.response, 'a login')
  const { username } = state.credentials
  if (data.identities.length > 0 && typeof username === 'string')
    expect(data.identities, 'the identities of the login').to.deep.equal([username])
}

/** An app may return a verdict or raise an error: both are responses to examine. */
export async function runPreflight(state: ConnectorState): Promise<void> {
  const { status, data } = await state.rawApi.post(APIS.preflight, wireOf('preflight', state.input))
  state.preflight = { status, document: data }
  state.examine(data)
}

function summaryOf(state: ConnectorState): PreflightSummary {
  const { status, document } = preflightIn(state)
  expect(status, `the status of POST /workflows/v1/check, which returned ${JSON.stringify(document)}`).to.equal(200)
  const summary = preflightOf(document)
  if (summary.status !== 'pending') expect(summary.checks, 'the checks of the preflight').to.not.have.length(0)
  expectAgreement(document, summary)
  return summary
}

function preflightIn({ preflight }: ConnectorState) {
  if (!preflight) throw new Error('The scenario has run no preflight.')
  return preflight
}

/**
 * Each check is in the response twice: in the list of the summary, and by its name in `data`. The message of a failed check is that of
 * its error.
 */
function expectAgreement(document: unknown, { checks }: PreflightSummary): void {
  for (const { name, message, error } of checks) if (error) expect(error.message, `the error of ${name}`).to.equal(message)
  const data = isFields(document) && isFields(document.preflight) ? document.data : undefined
  if (data === undefined) return
  const found = isFields(data)
    ? Object.entries(data).map(([name, check]) => [name, isFields(check) && { passed: check.success, message: check.message }])
    : []
  const listed = checks.map(({ name, passed, message }) => [name.charAt(0).toLowerCase() + name.slice(1), { passed, message }])
  expect(found, 'the checks by name').to.have.deep.members(listed)
}

const failedIn = ({ checks }: PreflightSummary): string[] =>
  checks.filter(({ passed }) => !passed).map(({ name, message }) => `${name}: ${message}`)

export function expectVerdict(state: ConnectorState, verdict: Verdict): void {
  if (verdict === 'is ready') expectReady(state)
  else if (verdict === 'is not ready') expectNotReady(state)
  else expectProblem(state)
}

function expectReady(state: ConnectorState): void {
  const summary = summaryOf(state)
  const { advisoryChecks = [] } = state.settings
  const failed = failedIn(summary).filter((line) => !advisoryChecks.some((name) => line.startsWith(`${name}:`)))
  expect(summary.status, `the verdict; failed: ${failed.join('; ') || 'nothing'}`).to.equal('ready')
  expect(failed, 'failed checks that advisoryChecks of settings.ts does not name').to.deep.equal([])
}

/** Statuses of a raised error about the login or the source. */
const RAISED = [400, 401, 403, 404, 412, 503, 504]

/** Returned as a verdict, or raised: since 3.52 with a verdict and the error, before only with the error. */
function expectNotReady(state: ConnectorState): void {
  const { status, document } = preflightIn(state)
  if (status === 200) {
    const summary = summaryOf(state)
    expect(failedIn(summary), 'the failed checks').to.not.have.length(0)
    const { refusedLogin = ['not_ready', 'partial', 'ready'] } = state.settings.verdicts ?? {}
    expect(refusedLogin, 'the verdict of a refused login').to.include(summary.status)
    return
  }
  expect(RAISED, `the status of POST /workflows/v1/check, which returned ${status}`).to.include(status)
  const { detail, preflight } = isFields(document) ? document : {}
  expect(detail, 'the error of the preflight').to.be.a('string').and.not.equal('')
  if (preflight !== undefined) expect(preflightOf(document).status, 'the verdict beside the error').to.equal('not_ready')
}

/** @throws NotOffered where the app's settings contain no such check */
function nameOf(state: ConnectorState, check: CheckMeaning): string {
  return offered(state.connector, state.settings.checks?.[check], `has no check of the ${check}`, `checks.${check}`)
}

/** A failed check does not determine the verdict: the app's settings contain it. */
function expectProblem(state: ConnectorState): void {
  nameOf(state, 'names')
  const summary = summaryOf(state)
  const { problem = ['ready', 'partial', 'not_ready'] } = state.settings.verdicts ?? {}
  expect(problem, 'the verdict where a name is missing').to.include(summary.status)
  expect(failedIn(summary), 'the failed checks').to.not.have.length(0)
}

export function expectCheck(state: ConnectorState, which: CheckMeaning, { passes, about = '' }: CheckOutcome): void {
  const name = nameOf(state, which)
  const { checks } = summaryOf(state)
  const found = checks.filter((one) => one.name.toLowerCase() === name.toLowerCase())
  expect(found, `${name} among ${checks.map((one) => one.name).join(', ')}`).to.have.length(1)
  const [check] = found
  expect(check?.passed, `${name}: ${check?.message}`).to.equal(passes)
  expect(check?.message, `the message of ${name}`).to.contain(about)
}

export async function runOnly(state: ConnectorState, which: CheckMeaning): Promise<void> {
  offered(state.connector, state.settings.runsSingleChecks, 'does not run single checks', 'runsSingleChecks')
  state.extras.checks_to_run = [nameOf(state, which)]
  await runPreflight(state)
}

export function expectOnly(state: ConnectorState, which: CheckMeaning): void {
  const names = summaryOf(state).checks.map(({ name }) => name.toLowerCase())
  expect(names, 'the checks that were run').to.deep.equal([nameOf(state, which).toLowerCase()])
}

export function listSchemas(state: ConnectorState): Promise<void> {
  return state.world.attempt(() =>
    refusingLogin(async () => state.examine({ success: true, data: await state.api.metadata(state.credentials) })),
  )
}

export function expectSchemas(state: ConnectorState, expected: readonly string[]): void {
  const refusal = state.world.takeRefusal()
  if (refusal) throw refusal
  const rows = state.responseFields().data as { TABLE_CATALOG: string; TABLE_SCHEMA: string }[]
  for (const { TABLE_CATALOG } of rows) expect(TABLE_CATALOG, 'the database of a listed schema').to.equal(state.source.database)
  const listed = rows.map(({ TABLE_SCHEMA }) => TABLE_SCHEMA)
  expect(listed, 'the schemas listed').to.include.members(expected.map((name) => state.schemaNamed(name)))
  expect(listed, 'the schemas listed, each once').to.have.length(new Set(listed).size)
  expect(
    listed.filter((name) => /^pg_|^information_schema$/.test(name)),
    'schemas of the server itself',
  ).to.deep.equal([])
}

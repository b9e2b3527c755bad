import { expect } from 'chai'
import { Hub } from '../client/client'
import { projectRetry, retry, serverRetry } from '../retry'
import { COCALC } from '../shared-project'
import type { CocalcState } from '../state'
import { insideOf } from './projects'

/** Starts a project that is not running; a server that is still starting is retried. */
export async function ping(state: CocalcState, who: string, target: string, times: number): Promise<void> {
  const { access } = state.world
  const [system, policy] =
    target === COCALC
      ? [(await state.as(who)).system, serverRetry(access)]
      : [(await insideOf(state, target, who)).system, projectRetry(access)]
  for (let sent = 0; sent < times; sent++) state.pings.push({ who, target, ...(await retry(() => system.ping(), policy)) })
}

/** The response of a project comes from that very project. */
export async function expectResponses(state: CocalcState, target: string, times: number): Promise<void> {
  const pings = state.pings.filter((ping) => ping.target === target)
  expect(pings, `responses of ${target}`).to.have.length(times)
  for (const { now } of pings) state.expectDuringScenario(now, `the time in the response of ${target}`)
  if (target !== COCALC) await expectIdentity(state, target, pings[0]?.who ?? 'Ada')
}

async function expectIdentity(state: CocalcState, name: string, who: string): Promise<void> {
  const project = await insideOf(state, name, who)
  const { project_id, server_time } = await project.system.test()
  expect(project_id, 'the project that responds').to.equal(project.projectId)
  state.expectDuringScenario(server_time, `the server time of ${name}`)
}

/** @param tokenOf whose sign-in token is used as the API key; a made-up key where there is none */
export async function tryPing(state: CocalcState, tokenOf: string | undefined): Promise<void> {
  const key = tokenOf === undefined ? 'invalid_key' : state.signInTokens.recall(tokenOf).token
  const hub = new Hub({ access: state.world.access, key })
  await state.world.attempt(() => hub.system.ping())
}

export async function queryFirstName(state: CocalcState, who: string): Promise<void> {
  const { accounts } = await (await state.as(who)).db.query({ accounts: { first_name: null } })
  state.firstName = (accounts as { first_name?: unknown } | undefined)?.first_name
}

/** Live, the name is known only from CoCalc itself, where `getNames` shows an account without any name as "No Name". */
export async function expectFirstName(state: CocalcState, who: string): Promise<void> {
  expect(state.firstName, 'the first name in the account').to.be.a('string')
  if (!state.world.access.isLive) {
    expect(state.firstName, 'the first name in the account').to.equal(who)
    return
  }
  const hub = await state.as(who)
  const id = await hub.account()
  const { first_name, last_name } = (await hub.system.getNames([id]))[id] ?? {}
  const shown = `${first_name} ${last_name}` === 'No Name' ? '' : first_name
  expect(String(state.firstName).trim(), 'the first name in the account').to.equal(shown)
}

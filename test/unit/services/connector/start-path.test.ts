import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { ConnectorSettings } from '../../../../support/services/connector/settings'
import { ConnectorState } from '../../../../support/services/connector/state'
import type { AcceptanceWorld } from '../../../../support/world'

function stateWith(settings: ConnectorSettings): ConnectorState {
  const state = new ConnectorState({ feature: 'features/connector/postgres/starting.feature' } as AcceptanceWorld)
  Object.defineProperty(state, 'settings', { value: settings })
  return state
}

describe('where a run starts', () => {
  // CON-679, CON-680
  test('the endpoint of the scenario, else its entrypoint, else that of the folder, else none', () => {
    expect(stateWith({}).startPath).to.equal('/start')
    expect(stateWith({ workflowEndpoint: '/begin?x=1' }).startPath).to.equal('/begin?x=1')
    const state = stateWith({ entrypoint: 'of the folder', workflowEndpoint: '/begin?x=1' })
    expect(state.startPath).to.equal('/begin?x=1&entrypoint=of%20the%20folder')
    state.entrypoint = 'mine'
    expect(state.startPath).to.equal('/begin?x=1&entrypoint=mine')
    state.endpoint = '/extract'
    expect(state.startPath).to.equal('/extract')
  })
})

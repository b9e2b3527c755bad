import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { closedGates } from '../../../../support/run/tags'
import { connector } from '../../../../support/services/connector/service'

const live = { kind: 'live' as const, missing: [], variables: {}, lacks: [], real: [] }
const gates = (tag: string, environment: Record<string, string>) =>
  closedGates([tag], { service: connector, resolved: live, environment, parallel: false, atTerminal: false })

describe('the description of the connector', () => {
  // CON-123
  test('a source that is not configured closes a gate, with the variables to set', () => {
    const [closed] = gates('@needs:postgres-source', { E2E_POSTGRES_HOST: 'h' })
    expect(closed).to.deep.equal({
      reason: 'it needs a source for postgres',
      toSet: 'E2E_POSTGRES_PORT and E2E_POSTGRES_USERNAME and E2E_POSTGRES_PASSWORD and E2E_POSTGRES_DATABASE',
    })
    const fields = ['HOST', 'PORT', 'USERNAME', 'PASSWORD', 'DATABASE']
    expect(
      gates('@needs:postgres-source', Object.fromEntries(fields.map((field) => [`E2E_POSTGRES_${field}`, 'x']))),
    ).to.deep.equal([])
    expect(gates('@opt-in:postgres-fixture', {})[0]?.toSet).to.equal('CONNECTOR_POSTGRES_FIXTURE')
  })

  // CON-161
  test('the listening address that an app prints is replaced by one that can be called', () => {
    const { from = (value: string) => value } = connector.address
    expect(from('http://0.0.0.0:8000')).to.equal('http://localhost:8000')
    expect(from('https://app.example:0/x')).to.equal('https://app.example:0/x')
  })

  test('only passwords are secrets', () => {
    const secrets = connector.variables.filter(({ secret }) => secret).map(({ name }) => name)
    expect(secrets).to.deep.equal(['E2E_POSTGRES_PASSWORD', 'CONNECTOR_POSTGRES_READ_ONLY_PASSWORD'])
  })

  // CON-021
  test('the example of the local file names every variable; the file itself stays out of the repository', () => {
    const example = readFileSync('.env.example', 'utf8')
    for (const { name } of connector.variables) expect(example).to.match(new RegExp(`^#${name}=`, 'm'))
    expect(readFileSync('.gitignore', 'utf8').split('\n')).to.include('.env')
  })
})

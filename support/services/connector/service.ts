import { z } from 'zod'
import { flag, seconds, url, type Variable } from '../../config/variables'
import type { Optional, ServiceDefinition } from '../service'
import { connectorNames, variableOf } from './folders'
import { refusals } from './refusals'

const SOURCE = ['HOST', 'PORT', 'USERNAME', 'PASSWORD', 'DATABASE']
const port = z.coerce.number({ error: 'must be a port number' }).int('must be a port number').min(1).max(65_535)

/** A connector app built on the application SDK. Each folder below `features/connector` is one connector with a source of its own. */
export const connector: ServiceDefinition = {
  name: 'connector',
  title: 'Connector app',
  // Apps print the address they listen at; nobody can call 0.0.0.0 everywhere.
  address: { variable: 'CONNECTOR_URL', from: (value) => value.replace('//0.0.0.0', '//localhost') },
  variables: [
    {
      name: 'CONNECTOR_URL',
      role: 'credential',
      means: 'where the app’s handler API is, without `/workflows/v1`; makes the connector run live',
      schema: url,
      example: 'http://localhost:8000',
    },
    {
      name: 'CONNECTOR_TIMEOUT',
      role: 'option',
      means: 'seconds one call to the app may take (30)',
      schema: seconds,
    },
    {
      name: 'CONNECTOR_RUN_TIMEOUT',
      role: 'option',
      means: 'seconds a run may take to its end (300)',
      schema: seconds,
    },
    {
      name: 'CONNECTOR_OUTPUT_PATH',
      role: 'option',
      means: 'folder below which the app leaves what its runs extract: `…/artifacts/apps/<app>/workflows`',
    },
    ...connectorNames().flatMap(variablesOf),
  ],
  required: ['CONNECTOR_URL'],
  people: {},
  needs: { output: { means: 'the folder of the app’s output', variables: ['CONNECTOR_OUTPUT_PATH'] }, ...eachConnector(needsOf) },
  optIns: eachConnector(optInsOf),
  refusals,
  keeps: [
    'the record of every run in the app’s workflow history',
    'credentials in the app’s local vault, for which there is no call to remove them',
    'uploaded files',
  ],
  load: async () => (await import('./runtime')).runtime,
}

function variablesOf(name: string): Variable[] {
  const option = (field: string, means: string, more: Partial<Variable> = {}): Variable => {
    return { name: variableOf(name, field), role: 'option', means, ...more }
  }
  return [
    option('HOST', `host of the source of ${name}`),
    option('PORT', `its port`, { schema: port }),
    option('USERNAME', 'user the connector logs in as'),
    option('PASSWORD', 'password of that user', { secret: true }),
    option('DATABASE', 'database to read'),
    option('READ_ONLY_USERNAME', 'a user who may read everything and make nothing'),
    option('READ_ONLY_PASSWORD', 'password of that user', { secret: true }),
    option('FIXTURE', '`1` lets the suite make schemas of its own in the source, and drop them again', { schema: flag }),
  ]
}

function needsOf(name: string): Record<string, Optional> {
  const variables = (...fields: string[]): string[] => fields.map((field) => variableOf(name, field))
  return {
    [`${name}-source`]: { means: `a source for ${name}`, variables: variables(...SOURCE) },
    [`${name}-read-only-user`]: {
      means: `a read-only user of the source of ${name}`,
      variables: variables('READ_ONLY_USERNAME', 'READ_ONLY_PASSWORD'),
    },
  }
}

function optInsOf(name: string): Record<string, Optional> {
  return {
    [`${name}-fixture`]: {
      means: `leave to make schemas of our own in the source of ${name}`,
      variables: [variableOf(name, 'FIXTURE')],
    },
  }
}

function eachConnector(make: (name: string) => Record<string, Optional>): Record<string, Optional> {
  return Object.assign({}, ...connectorNames().map(make))
}

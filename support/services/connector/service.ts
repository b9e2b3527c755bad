import { z } from 'zod'
import { flag, seconds, url, type Variable } from '../../config/variables'
import type { Optional, ServiceDefinition } from '../service'
import { lackingIn } from './failures'
import { connectorNames, optionOf, variableOf } from './folders'
import { refusals } from './refusals'
import { settingsOf } from './settings'

/** Other requirements of a source are in its folder's settings; every `E2E_<NAME>_<FIELD>` that is set is a field of the credentials. */
const MEANINGS: Readonly<Record<string, string>> = {
  HOST: 'host of the source',
  PORT: 'port of the source',
  USERNAME: 'user the connector logs in as',
  PASSWORD: 'password of that user',
  DATABASE: 'database to read',
}

const port = z.coerce.number({ error: 'must be a port number' }).int('must be a port number').min(1).max(65_535)

/** A connector app built on the application SDK. Each folder below `features/connector` is one connector with a source of its own. */
export const connector: ServiceDefinition = {
  name: 'connector',
  title: 'Connector app',
  // Apps print their listening address, to which not every system can connect.
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
      name: 'CONNECTOR_OBJECT_STORE',
      role: 'option',
      means: 'root folder of the app’s object store on this machine, below which runs leave `artifacts/apps/…`',
    },
    ...connectorNames().flatMap(variablesOf),
  ],
  required: ['CONNECTOR_URL'],
  people: {},
  needs: {
    output: { means: 'the folder of the app’s object store', variables: ['CONNECTOR_OBJECT_STORE'] },
    ...eachConnector(needsOf),
  },
  optIns: eachConnector(optInsOf),
  refusals,
  skipReasonOf: lackingIn,
  keeps: [
    'the record of every run in the app’s workflow history',
    'credentials in the app’s local vault, which no call removes',
    'uploaded files',
  ],
  load: async () => (await import('./runtime')).runtime,
}

function variablesOf(name: string): Variable[] {
  const option = (field: string, means: string, more: Partial<Variable> = {}): Variable => {
    return { name: optionOf(name, field), role: 'option', means, ...more }
  }
  const fields = settingsOf(name).variables ?? []
  return [
    ...fields.map((field): Variable => {
      const means = `${MEANINGS[field] ?? `\`${field.toLowerCase()}\` of the credentials`} (${name})`
      const open = ['HOST', 'USERNAME', 'DATABASE'].includes(field)
        ? {}
        : field === 'PORT'
          ? { schema: port }
          : { secret: true as const }
      return { name: variableOf(name, field), role: 'option', means, ...open }
    }),
    option('URL', `where the app of ${name} is, where it is another one than \`CONNECTOR_URL\``, { schema: url }),
    option('READ_ONLY_USERNAME', 'a user who may read everything and create nothing'),
    option('READ_ONLY_PASSWORD', 'password of that user', { secret: true }),
    option('FIXTURE', '`1` lets the suite create schemas of its own in the source, and drop them again', { schema: flag }),
  ]
}

function needsOf(name: string): Record<string, Optional> {
  return {
    [`${name}-source`]: {
      means: `a source for ${name}`,
      variables: (settingsOf(name).variables ?? []).map((field) => variableOf(name, field)),
    },
    [`${name}-read-only-user`]: {
      means: `a read-only user of the source of ${name}`,
      variables: [optionOf(name, 'READ_ONLY_USERNAME'), optionOf(name, 'READ_ONLY_PASSWORD')],
    },
  }
}

function optInsOf(name: string): Record<string, Optional> {
  return {
    [`${name}-fixture`]: {
      means: `permission to create schemas of our own in the source of ${name}`,
      variables: [optionOf(name, 'FIXTURE')],
    },
  }
}

function eachConnector(make: (name: string) => Record<string, Optional>): Record<string, Optional> {
  return Object.assign({}, ...connectorNames().map(make))
}

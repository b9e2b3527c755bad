import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { ConnectorApp } from '../service/app'
import { entrypoint, shell } from './support/service'

const asked = async (app: Partial<ConnectorApp>, path: string) => (await shell({ app })).get(path)

describe('forms', () => {
  // CON-269
  test('a form is wrapped as a config map inside the envelope', async () => {
    const { status, body } = await asked({ generated: { 'a/form.json': { config: { x: 1 } } } }, '/configmap/form')
    expect([status, body]).to.deep.equal([
      200,
      {
        success: true,
        data: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'form' }, data: { config: '{"x":1}' } },
        message: 'ConfigMap fetched successfully',
      },
    ])
  })

  // CON-270
  test('with its default connector type where it has one', async () => {
    const { body } = await asked({ generated: { 'form.json': { defaultConnectorType: 'postgres' } } }, '/configmap/form')
    expect(body.data.data.defaultConnectorType).to.equal('postgres')
  })

  const files = {
    'manifest.json': {},
    'atlan-connectors-x.json': { t: 1 },
    'a/form.json': { of: 'a' },
    'flat.json': { of: 'flat' },
  }
  const found: [what: string, app: Partial<ConnectorApp>, id: string, config: object | undefined][] = [
    // CON-271, CON-275
    ['an unknown id: the default entrypoint’s own', { entrypoints: [entrypoint('a')], generated: files }, 'app-id', { of: 'a' }],
    // CON-272
    ['an exact name first', { entrypoints: [entrypoint('a')], generated: files }, 'flat', { of: 'flat' }],
    ['a manifest by its exact name', { entrypoints: [entrypoint('a')], generated: files }, 'manifest', {}],
    ['a template by its exact name', { entrypoints: [entrypoint('a')], generated: files }, 'atlan-connectors-x', { t: 1 }],
    // CON-274
    [
      'the flat one of an app with one entrypoint',
      { entrypoints: [entrypoint('b')], generated: { 'flat.json': { of: 'flat' } } },
      'id',
      { of: 'flat' },
    ],
    // CON-273, CON-276
    [
      'manifests and templates are no forms',
      {
        entrypoints: [entrypoint('a')],
        generated: { 'manifest.json': {}, 'a/manifest.json': {}, 'atlan-connectors-x.json': {}, 'csa-connectors-y.json': {} },
      },
      'id',
      undefined,
    ],
    // CON-277, CON-268
    ['no folder', { entrypoints: [entrypoint('a')] }, 'id', undefined],
  ]
  for (const [what, app, id, config] of found) {
    test(what, async () => {
      const { status, body } = await asked(app, `/configmap/${id}`)
      if (config === undefined) expect([status, body]).to.deep.equal([404, { detail: `ConfigMap '${id}' not found` }])
      else expect([status, JSON.parse(body.data.data.config)]).to.deep.equal([200, config])
    })
  }

  // CON-278, CON-344, CON-345, CON-346
  test('the list: nested ones too, each once, no manifests', async () => {
    const generated = { 'manifest.json': {}, 'b.json': {}, 'x/manifest.json': {}, 'x/a.json': {}, 'y/a.json': {} }
    expect((await asked({ generated }, '/configmaps')).body).to.deep.equal({
      success: true,
      data: { configmaps: ['a', 'b'] },
      message: 'ConfigMaps listed successfully',
    })
  })

  // CON-279
  test('the list without a folder', async () => {
    expect((await asked({}, '/configmaps')).body.data).to.deep.equal({ configmaps: [] })
  })
})

describe('input contracts', () => {
  const schema = { title: 'Own', type: 'object' }
  const contracts: [what: string, app: Partial<ConnectorApp>, query: string, status: number, body: object][] = [
    // CON-450, CON-456
    ['of the only entrypoint: its input type', { entrypoints: [entrypoint('a', { schema })] }, '', 200, schema],
    // CON-451
    ['by name', { entrypoints: [entrypoint('a'), entrypoint('b', { schema })] }, '?entrypoint=b', 200, schema],
    // CON-452
    ['of the first by name', { entrypoints: [entrypoint('b'), entrypoint('a', { schema })] }, '', 200, schema],
    // CON-459
    [
      'of the one that is marked',
      { entrypoints: [entrypoint('a'), entrypoint('b', { schema, isDefault: true })] },
      '',
      200,
      schema,
    ],
    // CON-455
    [
      'generated, before the input type',
      { entrypoints: [entrypoint('a', { schema })], generated: { 'a/input_contract.json': { title: 'Generated' } } },
      '',
      200,
      { title: 'Generated' },
    ],
    // CON-483
    [
      'of a marketplace entrypoint, from its folder',
      { entrypoints: [], generated: { 'm/input_contract.json': { title: 'M' } } },
      '?entrypoint=m',
      200,
      { title: 'M' },
    ],
    // CON-453, CON-484
    [
      'of no entrypoint',
      { entrypoints: [entrypoint('a', { schema })] },
      '?entrypoint=z',
      404,
      { detail: "No input contract for entrypoint 'z'" },
    ],
    // CON-485
    [
      'of a folder without one',
      { entrypoints: [], generated: { 'm/form.json': {} } },
      '?entrypoint=m',
      404,
      { detail: "No input contract for entrypoint 'm'" },
    ],
    ['of an app without entrypoints', { entrypoints: [] }, '', 404, { detail: "No input contract for entrypoint ''" }],
    // CON-454
    ['of no name', { entrypoints: [entrypoint('a', { schema })] }, '?entrypoint=..', 400, { detail: 'Invalid entrypoint name' }],
  ]
  for (const [what, app, query, status, body] of contracts) {
    test(what, async () => {
      const answer = await asked(app, `/input-contract${query}`)
      expect([answer.status, answer.body]).to.deep.equal([status, body])
    })
  }
})

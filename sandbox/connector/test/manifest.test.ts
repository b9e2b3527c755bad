import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { ConnectorApp } from '../service/app'
import { entrypoint, shell } from './support/service'

const NAMES = { app: '{app_name}', queue: 'atlan-{app_name}-{deployment_name}' }
const FILLED = { app: 'test', queue: 'atlan-test-local' }
const none = { detail: 'No manifest available' }
const noneFor = (name: string) => ({ detail: `No manifest found for entrypoint '${name}'` })

describe('which manifest is served, with its placeholders replaced', () => {
  const served: [what: string, app: Partial<ConnectorApp>, query: string, status: number, body: object][] = [
    // CON-290, CON-296
    ['one made by code', { manifest: { by: 'code', ...NAMES } }, '', 200, { by: 'code', ...FILLED }],
    // CON-291, CON-292, CON-294, CON-308
    ['a file', { generated: { 'manifest.json': NAMES } }, '', 200, FILLED],
    // CON-293
    [
      'a baked name is kept',
      { generated: { 'manifest.json': { app: 'baked', queue: 'x-{deployment_name}' } } },
      '',
      200,
      { app: 'baked', queue: 'x-local' },
    ],
    // CON-295
    [
      'a name that cannot be resolved stays visible',
      { name: '', generated: { 'manifest.json': NAMES } },
      '',
      200,
      { app: '{app_name}', queue: 'atlan-{app_name}-local' },
    ],
    // CON-297
    [
      'so it does in one made by code',
      { name: '', manifest: NAMES },
      '',
      200,
      { app: '{app_name}', queue: 'atlan-{app_name}-local' },
    ],
    // CON-298
    [
      'code wins over the file',
      { manifest: { by: 'code' }, generated: { 'manifest.json': { by: 'file' } } },
      '',
      200,
      { by: 'code' },
    ],
    // CON-299
    ['none at all', {}, '', 404, none],
    // CON-300, CON-309
    [
      'the default entrypoint’s, without one at the root',
      { entrypoints: [entrypoint('a')], generated: { 'a/manifest.json': { of: 'a' } } },
      '',
      200,
      { of: 'a' },
    ],
    // CON-302, CON-343
    [
      'the root wins over it',
      { entrypoints: [entrypoint('a')], generated: { 'manifest.json': { of: 'root' }, 'a/manifest.json': { of: 'a' } } },
      '',
      200,
      { of: 'root' },
    ],
    // CON-303
    ['its folder holds none', { entrypoints: [entrypoint('a')], generated: { 'a/form.json': {} } }, '', 404, none],
    // CON-304
    ['there is no folder', { entrypoints: [entrypoint('a')] }, '', 404, none],
    // CON-305
    [
      'run() and others: one that is named',
      { entrypoints: [entrypoint('run'), entrypoint('b')], generated: { 'b/manifest.json': { of: 'b' } } },
      '',
      200,
      { of: 'b' },
    ],
    // CON-306
    ['run() and others, without files', { entrypoints: [entrypoint('run'), entrypoint('b')], generated: {} }, '', 404, none],
    // CON-307
    [
      'several, none marked',
      { entrypoints: [entrypoint('b'), entrypoint('c')], generated: { 'c/manifest.json': { of: 'c' } } },
      '',
      200,
      { of: 'c' },
    ],
    // CON-486
    [
      'a bundle without entrypoints of its own',
      { entrypoints: [], generated: { 'x/manifest.json': { of: 'x' } } },
      '',
      404,
      none,
    ],
    // CON-336, CON-337
    [
      'by name',
      { entrypoints: [entrypoint('a'), entrypoint('b')], generated: { 'b/manifest.json': NAMES } },
      '?entrypoint=b',
      200,
      FILLED,
    ],
    // CON-301
    [
      'by name, from the flat file',
      { entrypoints: [entrypoint('a')], generated: { 'manifest.json': { of: 'root' } } },
      '?entrypoint=a',
      200,
      { of: 'root' },
    ],
    // CON-338, CON-341
    ['a name that is not there', { generated: { 'a/manifest.json': {} } }, '?entrypoint=z', 404, noneFor('z')],
    ['the flat file serves any name', { generated: { 'manifest.json': { of: 'root' } } }, '?entrypoint=z', 200, { of: 'root' }],
    // CON-339
    [
      'a folder without a file',
      { entrypoints: [entrypoint('a')], generated: { 'a/form.json': {} } },
      '?entrypoint=a',
      404,
      noneFor('a'),
    ],
    // CON-340
    [
      'no name at all',
      { generated: { 'manifest.json': {} } },
      '?entrypoint=..%2Fetc',
      400,
      { detail: 'Invalid entrypoint name' },
    ],
  ]
  for (const [what, app, query, status, body] of served) {
    test(what, async () => {
      const made = await shell({ app })
      // CON-342, CON-469, CON-473
      for (const path of ['/workflows/v1/manifest', '/manifest']) {
        const got = await made.ask('GET', path + query)
        expect([got.status, got.body], path).to.deep.equal([status, body])
        const name = new URLSearchParams(query).get('entrypoint')
        const posted = await made.ask('POST', path, name === null ? {} : { entrypoint: name })
        expect([posted.status, posted.body], `POST ${path}`).to.deep.equal([status, body])
      }
    })
  }
})

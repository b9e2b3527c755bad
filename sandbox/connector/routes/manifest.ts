import type { FastifyRequest } from 'fastify'
import { Refusal } from '../../kit/refusal'
import type { ConnectorApp } from '../service/app'
import { type Body, isObject, parsed } from '../service/credentials'
import { checkedName, defaultEntrypoint, moduleFunction } from '../service/dispatch'
import { AppError, detail, masked } from '../service/errors'
import { bytesOf, envelope, jsonOr } from '../service/http'
import { isNew, type Routes, type Service } from '../service/route'
import { configMapNames, configMapOf } from './config-maps'

const LARGEST_INPUTS = 8192

interface ManifestQuestion {
  entrypoint: string
  /** The fields that the form contains so far. */
  feInputs: Body
}

interface Query {
  Querystring: { entrypoint?: string; fe_inputs?: string }
}

/** How an app describes itself to the marketplace: its manifest, the shape of its input, and its forms. Manifests have no envelope. */
export const manifestRoutes: Routes = async (app, { service }) => {
  for (const path of ['/workflows/v1/manifest', '/manifest']) {
    app.get<Query>(path, async ({ query }) =>
      manifestOf(service, { entrypoint: query.entrypoint ?? '', feInputs: feInputsOf(service.app, query) }),
    )
    app.post(path, async (request) => manifestOf(service, questionOf(bodyOf(request))))
  }
  app.get<Query>('/workflows/v1/input-contract', async ({ query }) => inputContract(service.app, query.entrypoint))
  app.get<{ Params: { id: string } }>('/workflows/v1/configmap/:id', async ({ params }) =>
    configMapOf(service.app, params.id, isNew(service)),
  )
  app.get('/workflows/v1/configmaps', async () =>
    envelope(true, { configmaps: configMapNames(service.app) }, 'ConfigMaps listed successfully'),
  )
}

/** An empty body is the same as a GET without a query. */
function bodyOf(request: FastifyRequest): unknown {
  if (bytesOf(request).toString().trim() === '') return undefined
  return jsonOr(request, () => detail(400, 'Request body is not valid JSON'))
}

/** The generated contract where there is one, else the entrypoint's own input type. */
function inputContract(app: ConnectorApp, asked?: string): Body {
  const name = asked === undefined ? (defaultEntrypoint(app.entrypoints)?.name ?? '') : checkedName(asked)
  const generated = app.generated?.[`${name}/input_contract.json`]
  const own = app.entrypoints.find((one) => one.name === name)?.schema
  const found = generated ?? own
  if (found === undefined) throw detail(404, `No input contract for entrypoint '${name}'`)
  return found as Body
}

/** Query of a GET: limited and parsed only where the app computes its manifest. */
function feInputsOf(app: ConnectorApp, { entrypoint = '', fe_inputs: text }: Query['Querystring']): Body {
  if (text === undefined || text === '' || !hookOf(app, entrypoint)) return {}
  if (Buffer.byteLength(text) > LARGEST_INPUTS) throw detail(413, `fe_inputs exceeds the ${LARGEST_INPUTS}-byte limit`)
  const inputs = parsed(text)
  if (inputs === undefined) throw detail(400, 'fe_inputs is not valid JSON')
  if (!isObject(inputs)) throw detail(400, 'fe_inputs must be a JSON object')
  return inputs
}

/** Body of a POST: any size; no body, null and `{}` are the same as a GET without a query. */
function questionOf(body: unknown): ManifestQuestion {
  if (body === undefined || body === null) return { entrypoint: '', feInputs: {} }
  if (!isObject(body)) throw detail(400, 'Request body must be a JSON object')
  const { entrypoint = '', fe_inputs: inputs } = body
  if (entrypoint !== null && typeof entrypoint !== 'string') throw detail(400, 'entrypoint must be a string')
  if (inputs !== undefined && inputs !== null && !isObject(inputs)) throw detail(400, 'fe_inputs must be a JSON object')
  return { entrypoint: entrypoint ?? '', feInputs: isObject(inputs) ? inputs : {} }
}

async function manifestOf(service: Service, { entrypoint, feInputs }: ManifestQuestion): Promise<Body> {
  const { app } = service
  if (entrypoint !== '') checkedName(entrypoint)
  const hook = hookOf(app, entrypoint)
  if (hook) return filled(service, await computed(() => hook(feInputs), isNew(service)))
  const found =
    entrypoint === '' ? bareManifest(app) : (app.generated?.[`${entrypoint}/manifest.json`] ?? app.generated?.['manifest.json'])
  if (found === undefined)
    throw detail(404, entrypoint === '' ? 'No manifest available' : `No manifest found for entrypoint '${entrypoint}'`)
  return filled(service, found as Body)
}

function hookOf(app: ConnectorApp, entrypoint: string) {
  return moduleFunction(app, entrypoint, 'compute_manifest')
}

/** An error of a hook is not shown to the caller, unless it is a response. */
async function computed(compute: () => Promise<unknown>, isNewRelease: boolean): Promise<Body> {
  try {
    const manifest = await compute()
    if (isObject(manifest)) return manifest
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (error instanceof AppError && isNewRelease) throw detail(error.status, masked(error.message))
  }
  throw detail(500, 'Internal server error')
}

/** Made by code, else the file at the root, else that of the default entrypoint or the first that has one. */
function bareManifest(app: ConnectorApp): unknown {
  const root = app.manifest ?? app.generated?.['manifest.json']
  if (root !== undefined) return root
  const first = defaultEntrypoint(app.entrypoints)?.name
  const names = app.entrypoints.map(({ name }) => name).sort()
  const order = [...(first === undefined ? [] : [first]), ...names]
  return order.map((name) => app.generated?.[`${name}/manifest.json`]).find((manifest) => manifest !== undefined)
}

/** Placeholders that were not resolved at build time; one that cannot be resolved stays in the text. */
function filled({ app, infrastructure }: Service, manifest: Body): Body {
  const text = JSON.stringify(manifest)
    .replaceAll('{deployment_name}', infrastructure.deployment)
    .replaceAll('{app_name}', app.name || '{app_name}')
  return JSON.parse(text) as Body
}

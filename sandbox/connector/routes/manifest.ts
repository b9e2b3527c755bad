import type { FastifyRequest } from 'fastify'
import type { Body } from '../service/credentials'
import { checkedName, defaultEntrypoint } from '../service/dispatch'
import { detail } from '../service/errors'
import { bytesOf, envelope, jsonOr } from '../service/http'
import { isNew, type Routes } from '../service/route'
import { configMapNames, configMapOf } from './config-maps'
import { feInputsOf, type ManifestQuestion, manifestOf, questionOf } from './manifest-answer'

interface Query {
  Querystring: { entrypoint?: string; fe_inputs?: string }
}

/** How an app describes itself to the marketplace: its manifest, the shape of its input, and its forms. Manifests have no envelope. */
export const manifestRoutes: Routes = async (app, { service }) => {
  for (const path of ['/workflows/v1/manifest', '/manifest']) {
    app.get<Query>(path, async ({ query }) => {
      const question: ManifestQuestion = { entrypoint: query.entrypoint ?? '', feInputs: feInputsOf(service.app, query) }
      return manifestOf(service, question)
    })
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
function inputContract(app: Parameters<Routes>[1]['service']['app'], asked?: string): Body {
  const name = asked === undefined ? (defaultEntrypoint(app.entrypoints)?.name ?? '') : checkedName(asked)
  const generated = app.generated?.[`${name}/input_contract.json`]
  const own = app.entrypoints.find((one) => one.name === name)?.schema
  const found = generated ?? own
  if (found === undefined) throw detail(404, `No input contract for entrypoint '${name}'`)
  return found as Body
}

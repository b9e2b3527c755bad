import { z } from 'zod'
import { checked } from '../../kit/fastapi'
import { Refusal } from '../../kit/refusal'
import { crashed, detail } from '../service/errors'
import { anyJsonOf, bytesOf, envelope, isStorable } from '../service/http'
import { isNew, type Routes, type Service } from '../service/route'
import type { ObjectStore } from '../service/stores'

/** Written as in the SDK, whose refusals quote it. */
const NAME = String.raw`^[a-zA-Z0-9_\-]{1,128}$`
const name = z.string().regex(new RegExp(NAME))
const parameters = z.object({ path: z.object({ config_id: name }), query: z.object({ type: name.default('workflows') }) })

interface ConfigRoute {
  Params: { configId: string }
  Querystring: { type?: string }
}

/** Configuration documents of any JSON value, separate for each type. A POST replaces a document; there is no deletion. */
export const configRoutes: Routes = async (app, { service }) => {
  const store = (): ObjectStore => {
    if (!service.infrastructure.objects) throw detail(503, 'No object store configured')
    return service.infrastructure.objects
  }
  const path = '/workflows/v1/config/:configId'
  app.get<ConfigRoute>(path, async ({ params, query }) => {
    const [id, type] = named(params, query)
    const document = read(service, () => store().document(service.app.name, type, id))
    if (document === undefined || document === null) throw detail(404, `Config not found: ${id}`)
    return envelope(true, document, 'Workflow configuration fetched successfully')
  })
  app.post<ConfigRoute>(path, async (request) => {
    const [id, type] = named(request.params, request.query)
    const objects = store()
    const document = anyJsonOf(request)
    if (!isStorable(bytesOf(request).toString())) throw crashed()
    objects.putDocument(service.app.name, type, id, document)
    return envelope(true, document, 'Workflow configuration updated successfully')
  })
}

/** Before 3.52 a store that cannot respond, or an object that cannot be read, was treated as a missing one. */
function read(service: Service, ask: () => unknown): unknown {
  try {
    return ask()
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (isNew(service)) throw detail(503, 'Object store unavailable')
    return undefined
  }
}

function named(params: ConfigRoute['Params'], query: ConfigRoute['Querystring']): [id: string, type: string] {
  const { path, query: rest } = checked(parameters, { path: { config_id: params.configId }, query }, 'request')
  return [path.config_id, rest.type]
}

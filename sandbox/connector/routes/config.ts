import { Refusal } from '../../kit/refusal'
import { crashed, detail } from '../service/errors'
import { anyJsonOf, bytesOf, envelope, type InvalidParameter, invalidParameters, isStorable } from '../service/http'
import { isNew, type Routes, type Service } from '../service/service'
import type { ObjectStore } from '../service/stores'

const NAME = '^[a-zA-Z0-9_\\-]{1,128}$'

interface ConfigRoute {
  Params: { configId: string }
  Querystring: { type?: string }
}

/** Configuration documents of any JSON value; types are kept apart. A post replaces, and nothing deletes. */
export const configRoutes: Routes = async (app, { service }) => {
  const store = (): ObjectStore => {
    if (!service.infrastructure.objects) throw detail(503, 'No object store configured')
    return service.infrastructure.objects
  }
  const path = '/workflows/v1/config/:configId'
  app.get<ConfigRoute>(path, async ({ params, query }) => {
    const [id, type] = named(params.configId, query.type)
    const document = read(service, () => store().document(service.app.name, type, id))
    if (document === undefined || document === null) throw detail(404, `Config not found: ${id}`)
    return envelope(true, document, 'Workflow configuration fetched successfully')
  })
  app.post<ConfigRoute>(path, async (request) => {
    const [id, type] = named(request.params.configId, request.query.type)
    const objects = store()
    const document = anyJsonOf(request)
    if (!isStorable(bytesOf(request).toString())) throw crashed()
    objects.putDocument(service.app.name, type, id, document)
    return envelope(true, document, 'Workflow configuration updated successfully')
  })
}

/** A store that cannot answer, or an object that cannot be read, was taken for a missing one before 3.52. */
function read(service: Service, ask: () => unknown): unknown {
  try {
    return ask()
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (isNew(service)) throw detail(503, 'Object store unavailable')
    return undefined
  }
}

function named(id: string, type = 'workflows'): [id: string, type: string] {
  const faults = [...faultOf(id, ['path', 'config_id']), ...faultOf(type, ['query', 'type'])]
  if (faults.length > 0) throw invalidParameters(...faults)
  return [id, type]
}

function faultOf(text: string, loc: [string, string]): InvalidParameter[] {
  if (new RegExp(NAME).test(text)) return []
  const msg = `String should match pattern '${NAME}'`
  return [{ type: 'string_pattern_mismatch', loc, msg, input: text, ctx: { pattern: NAME } }]
}

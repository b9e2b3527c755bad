import { isRecord } from './tree'
import type { Call, Wire } from './wire'

const READS = new Set([
  ...['ping', 'system.ping', 'system.test', 'system.getNames', 'system.userSearch', 'system.getCustomize', 'projects.state'],
  ...['projects.status', 'jupyter.kernels', 'sync.history', 'messages.get', 'org.getAll', 'org.get', 'org.getUsers'],
  ...['system.listJupyterKernels', 'system.version', 'system.listing', 'system.readTextFileFromProject', 'editor.jupyterKernels'],
])

/** CoCalc: two endpoints behind which every function has a name; errors with status 200. */
export const wire: Wire = {
  operation: ({ path, method, request }) => {
    const endpoint = path.split('/').at(-1) ?? ''
    const { body } = request.tree
    return /^\/api\/conat\//.test(path) ? `${endpoint} ${nameIn(body)}` : `${method} ${path}`
  },
  writes: ({ operation, request }: Call) => {
    const name = nameIn(request.tree.body)
    return operation.includes(' ') && !READS.has(name) && !name.startsWith('db.userQuery get ')
  },
  isFailure: ({ status, body }) => status >= 400 || (isRecord(body.tree) && typeof body.tree.error === 'string'),
  fail: (reply) => {
    reply.status = 500
    reply.body.tree = 'Internal Server Error'
  },
  refuseOtherwise: (reply) => {
    reply.body.tree = { error: 'Error: the database is in recovery mode' }
  },
  promisedNames: ['query', 'projects', 'projects_all', 'accounts', 'organizations'],
  sandboxServes: 20,
  unpromised: [{ field: 'request body.timeout', because: 'how long the bridge waits is the suite’s own choice' }],
  eventually: 3_000,
}

function nameIn(body: unknown): string {
  if (!isRecord(body)) return ''
  const name = String(body.name)
  return name === 'db.userQuery' ? `${name} ${queryIn(body.args)}` : name
}

/** What a query asks for or sets, and of which table. */
function queryIn(args: unknown): string {
  const [first] = Array.isArray(args) ? args : []
  const query: unknown = isRecord(first) ? first.query : undefined
  const kind = JSON.stringify(query ?? null).includes('null') ? 'get' : 'set'
  return `${kind} ${isRecord(query) ? Object.keys(query).join() : ''}`
}

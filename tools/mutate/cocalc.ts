import { isRecord } from './tree'
import type { Call, Wire } from './wire'

const READS = new Set([
  ...['ping', 'system.ping', 'system.test', 'system.getNames', 'system.userSearch', 'system.getCustomize', 'projects.state'],
  ...['projects.status', 'jupyter.kernels', 'sync.history', 'messages.get', 'org.getAll', 'org.get', 'org.getUsers'],
  ...['system.listJupyterKernels', 'system.version', 'system.listing', 'system.readTextFileFromProject', 'editor.jupyterKernels'],
])

/** Functions that are called with only an empty object. */
const WITHOUT_ARGUMENTS = [
  ...['hub system.ping', 'hub system.test', 'hub org.getAll'],
  ...['project system.ping', 'project system.test', 'project system.listJupyterKernels'],
]

/** CoCalc: two endpoints for functions with names; errors have status 200. */
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
  unpromised: [
    { field: 'request body.timeout', because: 'how long the bridge waits is the suite’s own choice' },
    { field: 'request body.args[].timeout', because: 'how long a command or cell may take is the suite’s own choice' },
    ...WITHOUT_ARGUMENTS.flatMap((on) =>
      ['request body.args', 'request body.args[]'].map((field) => ({
        on,
        field,
        because: 'the function has no arguments: CoCalc takes a missing list for an empty object',
      })),
    ),
    {
      on: 'hub org.getAll',
      field: 'response (whole)',
      change: 'one invented',
      because: 'a site has organizations of others, which no scenario can know',
    },
  ],
  eventually: 3_000,
}

function nameIn(body: unknown): string {
  if (!isRecord(body)) return ''
  const name = String(body.name)
  return name === 'db.userQuery' ? `${name} ${queryIn(body.args)}` : name
}

/** The table of a query, and whether it reads or writes. */
function queryIn(args: unknown): string {
  const [first] = Array.isArray(args) ? args : []
  const query: unknown = isRecord(first) ? first.query : undefined
  const kind = JSON.stringify(query ?? null).includes('null') ? 'get' : 'set'
  return `${kind} ${isRecord(query) ? Object.keys(query).join() : ''}`
}

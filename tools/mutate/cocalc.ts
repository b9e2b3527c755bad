import { isRecord } from './tree'
import type { Call, Wire } from './wire'

const READS = new Set([
  ...['ping', 'system.ping', 'system.test', 'system.getNames', 'system.userSearch', 'system.getCustomize', 'projects.state'],
  ...['projects.status', 'jupyter.kernels', 'sync.history', 'messages.get', 'org.getAll', 'org.get', 'org.getUsers'],
  'jupyter.execute',
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
      field: 'request body.args',
      change: 'one invented',
      because: 'a function takes one object and passes over a second one',
    },
    ...['hub org.getAll', 'hub jupyter.kernels'].map((on) => ({
      on,
      field: 'response (whole)',
      change: 'one invented',
      because: 'a site has organizations and kernels of others, which no scenario can know',
    })),
    ...['projects', 'projects_all'].map((table) => ({
      on: `hub db.userQuery get ${table}`,
      field: `response ${table}`,
      change: 'one invented',
      because: 'an account has projects of other scenarios and runs, which no scenario can know',
    })),
    ...[
      ...[
        'hub org.getAll',
        'hub org.getUsers',
        'hub messages.get',
        'hub db.userQuery get projects',
        'hub db.userQuery get projects_all',
      ],
      ...['project system.listJupyterKernels', 'hub jupyter.kernels'],
    ].map((on) => ({ on, change: 'reversed', because: 'the list has no promised order' })),
    ...['hub system.ping', 'project system.ping'].map((on) => ({
      on,
      change: 'stale',
      because: 'two pings within a millisecond are answered with the same time: that it is the current time is compared',
    })),
    {
      on: 'hub sync.history',
      field: 'request body.args[].path',
      because: 'the history is that of a file which was never opened in the editor: any such file has an empty one',
    },
    { on: 'hub messages.get', field: 'response [].deleted', because: 'no feature deletes a message' },
    {
      on: 'hub jupyter.kernels',
      field: 'response [].display_name',
      change: 'lengthened',
      because: 'the name shown for a kernel may say more than its language',
    },
    ...['request body.args[].expire', 'response *'].map((field) => ({
      on: 'hub system.manageApiKeys',
      field,
      because: 'the key proves which database the server writes to: it is compared there, and deleted at once',
    })),
    {
      on: 'hub messages.send',
      field: 'response (whole)',
      change: 'missing',
      because: 'a creation whose response says nothing is looked for, and found by its subject',
    },
    {
      on: 'project system.exec',
      field: 'request body.args[].bash',
      because: 'a command line that is no single word is run by a shell, whether it is asked for or not',
    },
    {
      on: 'project system.exec',
      field: 'request body.args[].err_on_exit',
      because: 'how the suite treats a failure of its own preparation is its own choice',
    },
    {
      on: 'project system.jupyterExecute',
      field: 'response [].traceback*',
      because: 'a traceback is for people: that it names the error and its reason is checked',
    },
    {
      on: 'hub system.userSearch',
      field: 'request body.args[].query',
      change: 'in capitals',
      because: 'accounts are found whatever the case of the search',
    },
    {
      on: 'hub db.userQuery get projects',
      field: 'request *.deleted',
      change: 'missing',
      because: 'a list leaves out what is null, and so that a project is not deleted',
    },
    ...[
      ...['plus one', 'minus one', 'ten times', 'zero'].map((change) => ({ field: 'response project.pid', change })),
      ...['plus one', 'minus one'].map((change) => ({ field: 'response start_ts', change })),
    ].map((figure) => ({
      on: 'hub projects.status',
      ...figure,
      because: 'the number of a process and the millisecond of its start are the host’s: the time is compared with the run',
    })),
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

const ON_DISK = 'a command reads the very disk it writes to'
const STRANGER = '0b6f3f5e-7f0e-4a57-8a1e-5a2f4c1b9e10'

/** One flow of CoCalc, and what can be broken in it. */
export interface Flow {
  flow: string
  /** What is read in it, and a field that the response promises. */
  read: string
  field: string
  blamesMissing: RegExp
  others: Record<string, unknown>
  othersOn?: string
  blamesOthers: RegExp
  /** What is written in it, and what is read to see that. */
  write?: string
  blamesLost?: RegExp
  seenBy?: string
  blamesStale?: RegExp
  /** Why a stale read cannot befall it though something is written. */
  neverStale?: string
}

const EVERY_PROJECT = 'hub db.userQuery get projects_all'

export const FLOWS: readonly Flow[] = [
  {
    flow: 'getting-in',
    read: 'hub system.ping',
    field: 'now',
    blamesMissing: /the response to a ping breaks its contract: now/,
    othersOn: 'hub db.userQuery get accounts',
    others: { 'accounts.first_name': 'Eve' },
    blamesOthers: /the first name in the account: expected 'Eve'/,
  },
  {
    flow: 'people',
    read: 'hub system.userSearch',
    field: '*.account_id',
    blamesMissing: /people found breaks its contract: 0\.account_id/,
    others: { '*.account_id': STRANGER },
    blamesOthers: /the accounts found/,
    write: 'hub org.createUser',
    blamesLost: /the accounts found/,
    seenBy: 'hub system.userSearch',
    blamesStale: /the accounts found/,
  },
  {
    flow: 'projects',
    read: EVERY_PROJECT,
    field: 'projects_all.*.title',
    blamesMissing: /the project listed/,
    others: { 'projects_all.*.title': 'Another project' },
    blamesOthers: /the project listed/,
    write: 'hub projects.createProject',
    blamesLost: /rows of the project|must be collaborator on project/,
    seenBy: EVERY_PROJECT,
    blamesStale: /rows of the project|whether Herbarium is deleted/,
  },
  {
    flow: 'running',
    read: 'hub projects.state',
    field: 'state',
    blamesMissing: /the state of a project breaks its contract: state/,
    others: { state: 'archived' },
    blamesOthers: /the state of the project: expected 'archived'|the state of Herbarium/,
    write: 'hub projects.stop',
    blamesLost: /the state of Herbarium/,
    seenBy: 'hub projects.state',
    blamesStale: /the state of Herbarium|the state of the project/,
  },
  {
    flow: 'collaborators',
    read: EVERY_PROJECT,
    field: 'projects_all.*.users',
    blamesMissing: /who belongs to the project Herbarium/,
    others: { 'projects_all.*.users': { [STRANGER]: { group: 'owner' } } },
    blamesOthers: /who belongs to the project Herbarium/,
    write: 'hub projects.addCollaborator',
    blamesLost: /who belongs to the project Herbarium/,
    seenBy: EVERY_PROJECT,
    blamesStale: /who belongs to the project Herbarium/,
  },
  {
    flow: 'files',
    read: 'hub sync.history',
    field: 'patches',
    blamesMissing: /the history of a file breaks its contract/,
    othersOn: 'project system.exec',
    others: { stdout: 'heather of another project\n' },
    blamesOthers: /the content of (?:copies\/)?plants\.txt/,
    write: 'hub projects.copyPathBetweenProjects',
    blamesLost: /No such file or directory/,
    neverStale: ON_DISK,
  },
  {
    flow: 'commands',
    read: 'project system.exec',
    field: 'exit_code',
    blamesMissing: /a command that ran breaks its contract: exit_code/,
    others: { stdout: '2001-01-01T00:00:00+00:00\n' },
    blamesOthers: /the time that date prints/,
    neverStale: ON_DISK,
  },
  {
    flow: 'kernels',
    read: 'project system.listJupyterKernels',
    field: '*.pid',
    blamesMissing: /kernels that run breaks its contract: 0\.pid/,
    othersOn: 'hub jupyter.kernels',
    others: { '*.name': 'sagemath' },
    blamesOthers: /the kernel python3 among those offered/,
    write: 'project system.stopJupyterKernel',
    blamesLost: /the running kernels/,
    seenBy: 'project system.listJupyterKernels',
    blamesStale: /the running kernels|the first running kernel/,
  },
  {
    flow: 'notebooks',
    read: 'hub jupyter.execute',
    field: 'output',
    blamesMissing: /an execution breaks its contract: output/,
    others: { 'output.*.data': { 'text/plain': '4951' } },
    blamesOthers: /the output of the cell/,
  },
  {
    flow: 'messages',
    read: 'hub messages.get',
    field: '*.subject',
    blamesMissing: /messages breaks its contract: 0\.subject/,
    others: { '*.to_ids': [STRANGER] },
    blamesOthers: /the recipients of/,
    write: 'hub messages.send',
    blamesLost: /among the messages/,
    seenBy: 'hub messages.get',
    blamesStale: /among the messages/,
  },
  {
    flow: 'organizations',
    read: 'hub org.get',
    field: 'title',
    blamesMissing: /an organization breaks its contract: title/,
    others: { title: 'Institute of Zoology' },
    blamesOthers: /how Botany is described/,
    write: 'hub org.set',
    blamesLost: /how Botany is described/,
    seenBy: 'hub org.get',
    blamesStale: /how Botany is described/,
  },
  {
    flow: 'members',
    read: 'hub org.getUsers',
    field: '*.email_address',
    blamesMissing: /members of an organization breaks its contract: 0\.email_address/,
    others: { '*.account_id': STRANGER },
    blamesOthers: /the members of Botany/,
    write: 'hub org.createUser',
    blamesLost: /the members of Botany|no such account/,
    seenBy: 'hub org.getUsers',
    blamesStale: /the members of Botany/,
  },
  {
    flow: 'announcements',
    read: 'hub messages.get',
    field: '*.to_ids',
    blamesMissing: /messages breaks its contract: 0\.to_ids/,
    others: { '*.body': 'Another message' },
    blamesOthers: /the body of/,
    write: 'hub org.message',
    blamesLost: /among the messages sent/,
    seenBy: 'hub messages.get',
    blamesStale: /among the messages sent/,
  },
]

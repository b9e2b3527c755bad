import { z } from 'zod'

/** CoCalc checks only the format of an id, not its version. */
export const id = z.guid()
const moment = z.number().int().positive()
/** By how much the clocks of the server and of this machine may differ; ms. */
const CLOCK_TOLERANCE = 180_000
const now = moment.refine((at) => Math.abs(at - Date.now()) < CLOCK_TOLERANCE, 'it is not the current time')
const time = z.iso.datetime()

export const pong = z.looseObject({ now })

export const whoAmI = z.looseObject({ account_id: id, server_time: now })

export const ownAccount = z.looseObject({
  account_id: id,
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email_address: z.string().nullable(),
})

export const apiKey = z.looseObject({ id: z.int().positive(), name: z.string().nullable() })

export const newKey = z.looseObject({ id: z.int().positive(), secret: z.string().min(1) })

export const whichProject = z.looseObject({ project_id: id, server_time: now })

export const names = z.record(id, z.looseObject({ first_name: z.string(), last_name: z.string() }))

export const found = z.array(
  z.looseObject({
    account_id: id,
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    /** The user name, which is optional. */
    name: z.string().nullable(),
    email_address: z.string().optional(),
    created: z.union([z.iso.datetime(), moment]).nullish(),
  }),
)

/** A list leaves out what is null, so all but the id may be absent. */
export const project = z.looseObject({
  project_id: id,
  title: z.string().optional(),
  description: z.string().optional(),
  deleted: z.boolean().optional(),
  users: z.record(z.string(), z.looseObject({ group: z.string() })).optional(),
  state: z.looseObject({ state: z.string() }).optional(),
  last_edited: time.optional(),
  created: time.optional(),
})

export const state = z.looseObject({ state: z.string().min(1) })

export const status = z.looseObject({
  'project.pid': z.int().positive().optional(),
  start_ts: moment.optional(),
  version: z.number().optional(),
  disk_MB: z.number().positive().optional(),
  memory: z.looseObject({}).optional(),
  project: z.looseObject({ pid: z.int().positive() }).optional(),
})

export const history = z.union([z.array(z.unknown()), z.looseObject({ patches: z.array(z.unknown()) })])

export const message = z.looseObject({
  id: z.int().positive(),
  subject: z.string(),
  body: z.string(),
  from_id: id,
  to_ids: z.array(id),
  sent: time,
})

export const collaboratorsAdded = z.looseObject({ project_id: z.array(id) })

export const messageNumber = z.int().positive().nullable()

/** CoCalc accepts an organization without a name. */
export const listedOrganization = z.looseObject({
  name: z.string().nullable(),
  title: z.string().nullable(),
  admin_account_ids: z.array(id).nullable(),
})

export const organization = z.looseObject({
  name: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  link: z.string().nullable(),
  email_address: z.string().nullable(),
  admin_account_ids: z.array(id).nullable(),
})

export const member = z.looseObject({
  account_id: id,
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email_address: z.string().nullable(),
})

export const token = z.looseObject({ token: z.string().min(1), url: z.string().startsWith('http') })

export const ran = z.looseObject({ stdout: z.string(), stderr: z.string(), exit_code: z.int() })

export const kernelSpec = z.looseObject({ name: z.string().min(1), display_name: z.string(), language: z.string() })

export const kernel = z.looseObject({ pid: z.int().positive(), connectionFile: z.string().min(1) })

export const stopped = z.looseObject({ success: z.boolean() })

export const output = z.looseObject({
  data: z.looseObject({ 'text/plain': z.string().optional() }).optional(),
  name: z.string().optional(),
  text: z.union([z.string(), z.array(z.string())]).optional(),
  ename: z.string().optional(),
  evalue: z.string().optional(),
  traceback: z.array(z.string()).optional(),
})

export const executed = z.looseObject({ output: z.array(output), created: time })

export type NewKey = z.infer<typeof newKey>
export type Project = z.infer<typeof project>
export type Found = z.infer<typeof found>[number]
export type Message = z.infer<typeof message>
export type Executed = Partial<Pick<z.infer<typeof executed>, 'created'>> & { output: Output[] }
export type ListedOrganization = z.infer<typeof listedOrganization>
export type Organization = z.infer<typeof organization>
export type Member = z.infer<typeof member>
export type Token = z.infer<typeof token>
export type Ran = z.infer<typeof ran>
export type Kernel = z.infer<typeof kernel>
export type KernelSpec = z.infer<typeof kernelSpec>
export type Output = z.infer<typeof output>

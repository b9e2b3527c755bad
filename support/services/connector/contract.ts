import { z } from 'zod'

const text = z.string()
const data = <T extends z.ZodType>(inner: T) => z.looseObject({ success: z.literal(true), data: inner })

/** Both lists may be empty, and so may the time at which the login ends. */
const identity = {
  identities: z.array(text),
  scopes: z.array(text),
  expires_at: z
    .literal('')
    .or(z.iso.datetime({ offset: true }))
    .optional(),
}

/** A login that succeeded. */
export const login = z.looseObject({
  success: z.literal(true),
  data: z.looseObject({ status: z.literal('success'), ...identity }),
})

/** One that was refused by a verdict, as against one whose handler raised an error, which is `{"detail": …}`. */
export const refusedLogin = z.looseObject({
  success: z.literal(false),
  message: text,
  data: z.looseObject({ status: z.enum(['failed', 'expired', 'invalid_credentials']), message: text, ...identity }),
})

const preflightCheck = z.looseObject({
  name: text.min(1),
  passed: z.boolean(),
  message: text,
  error: z.looseObject({ message: text }).optional(),
})
export const preflightSummary = z.looseObject({
  status: z.enum(['ready', 'not_ready', 'partial', 'pending']),
  checks: z.array(preflightCheck),
})
export type PreflightSummary = z.infer<typeof preflightSummary>

/** Releases between 3.0 and 3.21 return only the checks, by name. */
export const checksByName = z.record(text, z.looseObject({ success: z.boolean(), message: text }))

export const sqlRows = data(z.array(z.looseObject({ TABLE_CATALOG: text, TABLE_SCHEMA: text })))
export const started = z.looseObject({
  success: z.literal(true),
  data: z.looseObject({ workflow_id: text.min(1), run_id: text.min(1) }),
  correlation_id: text.min(1),
})
/** Reserved since 3.52; the identity is the data of a form, or the form itself. */
export const buildIdentity = data(
  z
    .looseObject({ data: z.looseObject({ app_name: text.min(1), build_id: text }) })
    .or(z.looseObject({ app_name: text.min(1), build_id: text })),
)
export const runStatus = data(
  z.looseObject({ workflow_id: text, run_id: text, status: text, execution_duration_seconds: z.number().int().nonnegative() }),
)
export const runResult = z.looseObject({
  success: z.boolean(),
  data: z.looseObject({
    status: text,
    workflow_id: text,
    result: z.record(text, z.unknown()).optional(),
    error: text.optional(),
  }),
})
export const provisioned = data(z.looseObject({ credential_guid: text.regex(/^[0-9a-f]{32}$/) }))
export const stored = data(z.unknown())
export const uploaded = data(
  z.looseObject({
    id: text.min(1),
    rawName: text,
    fileName: text.optional(),
    key: text.min(1),
    extension: text,
    contentType: text,
    fileSize: z.number(),
  }),
)
export const stopped = z.looseObject({ success: z.literal(true) })
export const eventTaken = z.looseObject({
  status: z.literal('SUCCESS'),
  workflow_id: text.min(1),
  run_id: text.min(1),
  correlation_id: text.min(1),
})
export const health = z.looseObject({ status: z.literal('healthy') })
export const configMap = data(
  z.looseObject({ kind: z.literal('ConfigMap'), metadata: z.looseObject({ name: text }), data: z.looseObject({ config: text }) }),
)
export const configMaps = data(z.looseObject({ configmaps: z.array(text) }))
/** JSON Schema of an entrypoint's input, without an envelope. */
export const inputContract = z.looseObject({
  type: z.literal('object'),
  properties: z.record(
    text,
    z.looseObject({
      type: z.enum(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']).optional(),
      description: text.optional(),
    }),
  ),
})
/** A manifest has no envelope. */
export const manifest = z.looseObject({ dag: z.record(text, z.unknown()).optional() })

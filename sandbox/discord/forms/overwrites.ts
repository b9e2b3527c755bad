import { z } from 'zod'
import type { Overwrite } from '../model'
import { bits, choice, list, maybe, snowflake } from '../validation'

const overwrite = z.object({ id: snowflake, type: choice(0, 1), allow: maybe(bits), deny: maybe(bits) })

export const overwrites = list(overwrite, 1_000)

export const overwritesOf = (wanted: z.infer<typeof overwrites>): Overwrite[] =>
  wanted.map(({ id, type, allow = 0n, deny = 0n }) => ({ id, type: type === 1 ? 1 : 0, allow, deny }))

import { z } from 'zod'

/** Unknown fields pass; what stands here is parseResponse. */
export const thing = z.looseObject({ id: z.string().min(1), title: z.string(), owner: z.string() })

export type Thing = z.infer<typeof thing>

import type { Wire } from './wire'

/** The Orbital Manager backend: JSON over HTTP. */
export const wire: Wire = {
  unpromised: [{ field: 'request query.limit', because: 'how many are asked for at a time is the suite’s own choice' }],
  eventually: 3_000,
}

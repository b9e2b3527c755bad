import type { Wire } from './wire'

/** How __title__ speaks for `npm run mutate`, and what of it is not promised, each with its reason. */
export const wire: Wire = {
  routes: ['/things/:id'],
  unpromised: [],
}

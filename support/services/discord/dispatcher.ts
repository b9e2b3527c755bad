import { createRequire } from 'node:module'
import type { RESTOptions } from '@discordjs/rest'

type Dispatcher = NonNullable<RESTOptions['agent']>

/**
 * A dispatcher of the library's own undici. Left to itself it takes the one all versions of undici in a process share, and that of
 * another library (Slack's, say) refuses its forms.
 */
export function newDispatcher(): Dispatcher {
  const own = createRequire(require.resolve('@discordjs/rest'))('undici') as { Agent: new () => Dispatcher }
  return new own.Agent()
}

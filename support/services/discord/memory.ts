import type { SessionInfo } from '@discordjs/ws'

/**
 * The library's own memory of sessions is one for the whole process. Once the session is over, it is not told of any: a library
 * that is stopped while it waits for READY would connect again.
 */
export class Memory {
  isOver = false
  private info: SessionInfo | null = null

  readonly options = {
    retrieveSessionInfo: (): SessionInfo | null | Promise<never> => (this.isOver ? NEVER : this.info),
    updateSessionInfo: (_shard: number, latest: SessionInfo | null): void => {
      this.info = latest
    },
  }
}

const NEVER = new Promise<never>(() => undefined)

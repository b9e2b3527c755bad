import type { SessionInfo } from '@discordjs/ws'

/**
 * The library's own store of sessions is one for the whole process. After the session is closed, reading this one never resolves:
 * a library that is stopped while it waits for READY would reconnect otherwise.
 */
export class SessionStore {
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

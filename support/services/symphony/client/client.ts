import { parseResponse } from '../../../assertions/contract'
import type { Http } from '../../../http/client'
import { ApiError } from '../../../http/errors'
import type { ServiceAccess } from '../../service'
import { agentsFor } from '../agents'
import { agentInfo, type User, user } from '../contract'
import { hostsFrom } from '../hosts'
import { classifyFailure } from '../http'
import { Session, type Tokens } from '../sessions'
import { FeedsClient } from './feeds'
import { MessagesClient } from './messages'
import { PeopleClient } from './people'
import { StreamsClient } from './streams'

interface Parts {
  session: Session
  pod: Http
  agent: Http
  sessionAuth: Http
}

/** One bot's client of a pod: a method per endpoint, by resource. */
export class SymphonyClient {
  readonly people: PeopleClient
  readonly streams: StreamsClient
  readonly messages: MessagesClient
  readonly feeds: FeedsClient

  private constructor(
    readonly access: ServiceAccess,
    private readonly parts: Parts,
  ) {
    const { pod, agent } = parts
    this.people = new PeopleClient(pod)
    this.streams = new StreamsClient(pod)
    this.messages = new MessagesClient(agent, pod)
    this.feeds = new FeedsClient(agent)
  }

  /** @param who the bot Ada by default; on a sandbox anyone who was created as a bot */
  static async of(access: ServiceAccess, who = 'Ada'): Promise<SymphonyClient> {
    const hosts = hostsFrom(access.setting, access.address)
    const agents = await agentsFor(access)
    const session = await Session.of(access, who)
    const parts = {
      session,
      pod: access.http({ baseURL: `${hosts.pod}/pod`, agents, classifyFailure, authorization: session.forPod }),
      agent: access.http({ baseURL: `${hosts.agent}/agent`, agents, classifyFailure, authorization: session }),
    }
    const sessionAuth = access.http({ baseURL: `${hosts.sessionAuth}/sessionauth`, agents, classifyFailure })
    return new SymphonyClient(access, { ...parts, sessionAuth })
  }

  /** Ends a session: the bot's own, unless another is given. */
  async signOut(tokens?: Tokens): Promise<void> {
    const { sessionToken = '' } = tokens ? { sessionToken: tokens.session } : await this.parts.session.headers()
    await this.parts.sessionAuth.post('/v1/logout', undefined, { headers: { sessionToken } })
  }

  /** Ends a session, the current one unless another is given; a session that has already ended is no error. */
  async leave(tokens?: Tokens): Promise<void> {
    try {
      await this.signOut(tokens)
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error
    }
  }

  /** Later calls use a session of this client's own. */
  useSession(tokens: Tokens): void {
    this.parts.session.useSession(tokens)
  }

  /** The account of a session, which is not renewed if it has expired. */
  async meIn({ session }: Tokens): Promise<User> {
    const headers = { sessionToken: session }
    return parseResponse(
      user,
      (await this.parts.pod.get('/v2/sessioninfo', { anonymous: true, headers })).data,
      'the bot’s account',
    )
  }

  /** Lists datafeeds with both tokens of a session, because the agent needs both. @throws ApiError 401 if one is invalid */
  async assertAgentAccepts({ session, keyManager }: Tokens): Promise<void> {
    const headers = { sessionToken: session, keyManagerToken: keyManager }
    await this.parts.agent.get('/v5/datafeeds', { anonymous: true, headers })
  }

  /** The current token, to be compared with a later one. */
  async sessionToken(): Promise<string> {
    return (await this.parts.session.headers()).sessionToken ?? ''
  }

  async agentVersion(): Promise<string> {
    return parseResponse(agentInfo, (await this.parts.agent.get('/v1/info', { anonymous: true })).data, 'the agent’s description')
      .version
  }
}

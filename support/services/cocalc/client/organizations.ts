import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import type { Bridge, Repeats } from '../bridge'
import {
  id,
  type ListedOrganization,
  listedOrganization,
  type Member,
  member,
  type Organization,
  organization,
  type Token,
  token,
} from '../contract'

export interface NewUser {
  firstName?: string
  lastName?: string
  password?: string
}

export type OrganizationProfile = Partial<Pick<Organization, 'title' | 'description' | 'email_address' | 'link'>>

/** Organizations are named by their name, people by account id or exact e-mail address. Most calls are for site admins only. */
export class Organizations {
  constructor(private readonly bridge: Bridge) {}

  async getAll(): Promise<ListedOrganization[]> {
    return parseResponse(z.array(listedOrganization), await this.bridge.call('org.getAll'), 'all organizations')
  }

  /** @param name up to 39 characters, unique whatever its case. @returns the organization's id */
  async create(name: string, repeats: Repeats = {}): Promise<string> {
    return parseResponse(id, await this.bridge.call('org.create', { name }, {}, repeats), 'the id of a new organization')
  }

  async get(name: string): Promise<Organization> {
    return parseResponse(organization, await this.bridge.call('org.get', { name }), 'an organization')
  }

  async set(name: string, profile: OrganizationProfile): Promise<void> {
    await this.bridge.call('org.set', { name, ...profile })
  }

  async addAdmin(name: string, user: string): Promise<void> {
    await this.bridge.call('org.addAdmin', { name, user })
  }

  /** Moves a user here from any other organization. */
  async addUser(name: string, user: string): Promise<void> {
    await this.bridge.call('org.addUser', { name, user })
  }

  /** Creates an account, which gets a first project shortly afterwards. @returns its id */
  async createUser(name: string, email: string, user: NewUser = {}): Promise<string> {
    return parseResponse(id, await this.bridge.call('org.createUser', { name, email, ...user }), 'the id of a new account')
  }

  /** A token to sign in as the user; it is not an API key. */
  async createToken(user: string): Promise<Token> {
    return parseResponse(token, await this.bridge.call('org.createToken', { user }), 'a sign-in token')
  }

  async expireToken(signInToken: string): Promise<void> {
    await this.bridge.call('org.expireToken', { token: signInToken })
  }

  async getUsers(name: string): Promise<Member[]> {
    return parseResponse(z.array(member), await this.bridge.call('org.getUsers', { name }), 'members of an organization')
  }

  async removeUser(name: string, user: string): Promise<void> {
    await this.bridge.call('org.removeUser', { name, user })
  }

  async removeAdmin(name: string, user: string): Promise<void> {
    await this.bridge.call('org.removeAdmin', { name, user })
  }

  /** To all members. CoCalc does not return the id of the message. */
  async message(name: string, subject: string, body: string): Promise<void> {
    await this.bridge.call('org.message', { name, subject, body })
  }
}

import { after, before } from 'node:test'
import type { Anything } from '../../../colony/test/support/server'
import type { RunningSandbox, SandboxOptions } from '../../../kit/sandbox'
import { startCocalc } from '../../server'

export interface CocalcWire extends RunningSandbox {
  /** Calls a function of the hub; as the site admin unless given. @returns the body */
  hub(name: string, args?: unknown, more?: CallOptions): Promise<Anything>
  /** Calls a function of a project. */
  project(id: string | undefined, name: string, args?: unknown, more?: CallOptions): Promise<Anything>
  raw(path: string, init?: RequestInit): Promise<Response>
  callControl(path: string, body: unknown): Promise<Anything>
  /** The keys of all rows, by table. */
  rows(): Promise<Record<string, string[]>>
  /** An account of its own, without any project. */
  person(name: string): Promise<{ id: string; email: string; apiKey: string }>
}

export interface CallOptions {
  key?: string
  authorization?: string
  timeout?: number
}

/** A new CoCalc, called over plain HTTP. One object as `args` is sent alone, a list as it is. */
export async function bareCocalc(options: SandboxOptions = {}): Promise<CocalcWire> {
  const cocalc = await startCocalc(options)
  const json = { 'content-type': 'application/json' }
  const raw = (path: string, init?: RequestInit) => fetch(`${cocalc.address}${path}`, init)
  const post = async (url: string, headers: Record<string, string>, body: unknown): Promise<Anything> => {
    const answer = await fetch(url, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) })
    const text = await answer.text()
    return text === '' ? undefined : JSON.parse(text)
  }
  const call = (where: string, body: Record<string, unknown>, { key, authorization, timeout }: CallOptions) => {
    const header = authorization ?? `Bearer ${key ?? cocalc.variables.COCALC_API_KEY}`
    return post(`${cocalc.address}/api/conat/${where}`, { authorization: header }, { ...body, timeout })
  }
  const listed = (args: unknown) => (Array.isArray(args) ? args : [args])
  const callControl = (path: string, body: unknown) => post(`${cocalc.control}${path}`, {}, body)
  return {
    ...cocalc,
    raw,
    callControl,
    hub: (name, args = {}, more = {}) => call('hub', { name, args: listed(args) }, more),
    project: (id, name, args = {}, more = {}) => call('project', { name, args: listed(args), project_id: id }, more),
    rows: async () => (await fetch(`${cocalc.control}/rows`)).json() as Promise<Record<string, string[]>>,
    person: async (name) => (await callControl('/people', { people: [{ name }] })).people[name],
  }
}

/** One for a whole test file, started before its first test and stopped after its last. @param ready creates what they need */
export function ownCocalc(ready: (cocalc: CocalcWire) => Promise<void> | void = () => undefined): CocalcWire {
  const cocalc = {} as CocalcWire
  before(async () => {
    Object.assign(cocalc, await bareCocalc())
    await ready(cocalc)
  })
  after(() => cocalc.stop())
  return cocalc
}

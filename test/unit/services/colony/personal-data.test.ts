import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ColonyClient, register } from '../../../../support/services/colony/client/client'
import { PersonalDataRefused, personalFields } from '../../../../support/services/colony/personal-data'
import { accessTo } from '../../../support/access'
import { filesBelow, ROOT } from '../../../support/runner'
import { serve } from '../../../support/server'

/** Arguments of every method: each contains everything that must not be sent, at the top and below. */
const FIELDS = {
  lightning_address: 'ada@example.com',
  nostr_pubkey: '0'.repeat(64),
  npub: 'npub1',
  evm_address: `0x${'0'.repeat(40)}`,
  email: 'ada@example.com',
  emailAddress: 'ada@example.com',
  wallet: 'any',
  social_links: { website: 'https://example.com' },
  bridge_to_nostr: true,
  capabilities: { payment: { lnurl: 'any' } },
}
const NAMES = Object.keys(FIELDS).filter((name) => name !== 'capabilities')

const methodsOf = (client: object): string[] => {
  const names = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(client)))
  return names.flatMap(([name, { value }]) => (typeof value === 'function' && name !== 'constructor' ? [name] : []))
}

/** A Colony that records all requests except the exchange of the API key. */
async function listening(isLive: boolean) {
  const seen: { path: string; body: string }[] = []
  const origin = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const isExchange = request.url === '/auth/token'
    if (!isExchange) seen.push({ path: `${request.method} ${request.url}`, body })
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isExchange ? { access_token: 'token', token_type: 'bearer' } : {}))
  })
  const { access } = accessTo(origin, { Ada: { apiKey: 'col_ada' } })
  const live = { ...access, isLive, keep: async <T>(_key: string, open: () => Promise<T>) => open(), once: exchangeFor(origin) }
  return { access: live, client: await ColonyClient.of(live, 'Ada'), seen }
}

/** Shared things of a run: here the access token alone. */
function exchangeFor(origin: string) {
  return async <T>(): Promise<T> => {
    await fetch(`${origin}/auth/token`)
    return { value: 'token', expires: Date.now() + 60_000 } as T
  }
}

describe('payment and identity data', () => {
  test('no method of a live client sends any of it, wherever it is', async () => {
    const { client, access, seen } = await listening(true)
    const parts: Record<string, object> = {
      client,
      people: client.people,
      inbox: client.inbox,
      webhooks: client.webhooks,
      views: client.views,
    }
    const refused: string[] = []
    for (const [part, holder] of Object.entries(parts)) {
      for (const name of methodsOf(holder)) {
        const method = (holder as Record<string, (...given: unknown[]) => Promise<unknown>>)[name]
        for (const given of [[FIELDS], ['id', FIELDS]]) {
          const error = await method?.apply(holder, given).catch((reason: Error) => reason)
          if (error instanceof PersonalDataRefused) refused.push(`${part}.${name}`)
        }
      }
    }
    const error = await register(access, { username: 'dan', display_name: 'Dan', ...FIELDS }).catch((reason: Error) => reason)
    expect(error).to.be.instanceOf(PersonalDataRefused)
    for (const { path, body } of seen)
      for (const name of NAMES) expect(`${path} ${body}`, `what was sent to ${path}`).to.not.contain(name)
    expect(refused).to.include.members([
      'client.createPost',
      'client.updatePost',
      'people.directory',
      'webhooks.create',
      'webhooks.update',
    ])
  })

  test('each field is refused, and the error contains the field and the reason', async () => {
    const { client, seen } = await listening(true)
    for (const field of ['lightning_address', 'nostr_pubkey', 'evm_address', 'social_links']) {
      const error = await client.people
        .updateProfile({ bio: 'x', [field]: FIELDS[field as keyof typeof FIELDS] })
        .catch((reason: Error) => reason)
      expect(error)
        .to.be.instanceOf(PersonalDataRefused)
        .and.have.property('message')
        .that.matches(new RegExp(`^PUT /users/me was not sent: live, .*others would pay or trust.*\\(${field}\\)`))
    }
    await client.createPost({ title: 'x', body: 'x', colony_id: 'x', metadata: { tip: { Lightning_Address: 'x' } } }).then(
      () => expect.fail('it was sent'),
      (error: Error) => expect(error.message).to.contain('(metadata.tip.Lightning_Address)'),
    )
    expect(seen).to.deep.equal([])
  })

  test('a sandbox may be sent it', async () => {
    const { client, seen } = await listening(false)
    await client.people.updateProfile({ lightning_address: 'ada@example.com' }).catch(() => undefined)
    expect(seen.map(({ body }) => body)).to.deep.equal(['{"lightning_address":"ada@example.com"}'])
  })

  test('no step, task or feature of The Colony names such a field', () => {
    const own = ['features/colony', 'support/services/colony'].flatMap((folder) =>
      Object.entries(filesBelow(`${ROOT}/${folder}`)),
    )
    const steps = Object.entries(filesBelow(`${ROOT}/steps`)).filter(([path]) => path.startsWith('colony'))
    const naming = [...own, ...steps].flatMap(([path, text]) => {
      const words = Object.fromEntries((text.match(/[A-Za-z_]+/g) ?? []).map((word) => [word, '']))
      return personalFields(words).length > 0 ? [path] : []
    })
    expect(naming.sort()).to.deep.equal(['client/people.ts', 'personal-data.ts'])
  })
})

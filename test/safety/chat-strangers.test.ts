import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startDiscord } from '../../sandbox/discord/server'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'
import { startSlack } from '../../sandbox/slack/server'
import { startSymphony } from '../../sandbox/symphony/server'
import type { Ended } from '../support/runner'
import { SuiteCopy } from '../support/suite-copy'

type Settings = Record<string, string>
type Rows = [string, unknown][]
type State = Record<string, Rows>
type CallControl = <Answer extends object>(path: string, body: unknown) => Promise<Answer>

interface Platform {
  service: string
  start(): Promise<RunningSandbox>
  /** Steps of one scenario that makes every kind of thing there is. */
  steps: readonly string[]
  /** Where the suite runs live, and as another account of the same service. */
  settings(sandbox: RunningSandbox, callControl: CallControl): Promise<{ own: Settings; other: Settings }>
  /** Others write, react and open things where the suite does. */
  settle(state: State, callControl: CallControl): Promise<void>
  /** Collections without created things. */
  passing: readonly string[]
  /** Removes from a row the fields that change with every message and every sign-in. */
  lasting(row: string): string
}

/** A mark of another run, whose things are others' as well. */
const OTHERS = 'One red glove 1600000000-fedcba-1'
const rowsOf = <T>(state: State, name: string): [string, T][] => (state[name] ?? []) as [string, T][]

const discord: Platform = {
  service: 'discord',
  start: startDiscord,
  steps: [
    'Given Ada sent "One red glove"',
    'And Ada started the thread "Whose is it?" on "One red glove"',
    'And Ada sent "Not mine" in the thread "Whose is it?"',
    'And Ada reacted to "One red glove" with thumbs up and heart',
    'When Ada sends "I found your glove" to Ben directly',
    'Then only Ben can read "I found your glove"',
  ],
  settings: async ({ variables }, callControl) => {
    const wanted = { group: 'residents', people: [{ name: 'Robot', bot: true }] }
    const { people } = await callControl<{ people: Record<string, Settings> }>('/people', wanted)
    return { own: { ...variables }, other: { ...variables, DISCORD_BOT_TOKEN: people.Robot?.token ?? '' } }
  },
  settle: async (state, callControl) => {
    const channel = rowsOf<{ name: string; id: string }>(state, 'channels').find(([, { name }]) => name === 'acceptance')?.[0]
    const ben = rowsOf<{ bot: boolean; username: string }>(state, 'users').find(([, { username }]) =>
      username.startsWith('ben'),
    )?.[0]
    const bots = rowsOf<{ bot: boolean }>(state, 'users').filter(([, { bot }]) => bot)
    for (const as of [ben, ...bots.map(([id]) => id)]) {
      const { id: message } = await callControl<{ id: string }>('/say', { as, channel, content: OTHERS })
      for (const emoji of ['👍', '❤️']) await callControl('/react', { as, channel, message, emoji })
      await callControl('/threads', { as, channel, message, name: OTHERS })
    }
  },
  passing: ['presences'],
  lasting: (row) => row.replaceAll(/"lastMessageId":[^,]+,/g, ''),
}

const slack: Platform = {
  service: 'slack',
  start: startSlack,
  steps: [
    'Given Ada sent "One red glove"',
    'And Ben sent "Mine!"',
    'And Ada reacted to "One red glove" with thumbs up and heart',
    'And Ada sends "This is the glove" with these files:',
    '  | glove.txt | text |',
    'When Ada sends "I found your glove" to Ben directly',
    'Then only Ben can read "I found your glove"',
  ],
  settings: async ({ variables }, callControl) => {
    const wanted = { group: 'another workspace', people: [{ name: 'Ada' }, { name: 'Ben' }] }
    const { Ada, Ben } = (await callControl<{ people: Record<string, Settings> }>('/people', wanted)).people
    const other = {
      ...variables,
      SLACK_BOT_TOKEN: Ada?.botToken ?? '',
      SLACK_APP_TOKEN: Ada?.appToken ?? '',
      SLACK_USER_TOKEN: Ben?.userToken ?? '',
      SLACK_TEST_USER_NAME: Ben?.userName ?? '',
    }
    return { own: { ...variables }, other }
  },
  settle: async (state, callControl) => {
    const team = rowsOf<{ group: string }>(state, 'teams').find(([, { group }]) => group === 'seeded')?.[0]
    const here = <T>(name: string) =>
      rowsOf<T & { teamId: string; name: string }>(state, name).filter(([, row]) => row.teamId === team)
    const channelId = here('channels').find(([, { name }]) => name === 'acceptance')?.[0]
    const people = here<{ isBot: boolean }>('users').filter(([, { name }]) => ['ada', 'ben.okafor', 'maya'].includes(name))
    for (const [userId] of people) {
      const { ts } = await callControl<{ ts: string }>('/messages', { channelId, userId, text: OTHERS })
      for (const name of ['thumbsup', 'heart']) await callControl('/reactions', { channelId, ts, userId, name })
      await callControl('/messages', { channelId, userId, text: OTHERS, threadTs: ts })
    }
  },
  passing: [],
  lasting: (row) => row,
}

const symphony: Platform = {
  service: 'symphony',
  start: startSymphony,
  steps: [
    'Given Ada created the room "Lost gloves"',
    'And Ada sent "One red glove"',
    'And Ada sends "Welcome" in the room "Lost gloves"',
    'When Ada sends "I found your glove" to Ben directly',
    'Then only Ben can read "I found your glove"',
  ],
  settings: async ({ variables }, callControl) => {
    const { SYMPHONY_HOST = '', SYMPHONY_BOT_USERNAME = '', SYMPHONY_BOT_PRIVATE_KEY_PATH = '' } = variables
    const { SYMPHONY_TEST_ROOM_NAME = '', SYMPHONY_TEST_USER_NAME = '' } = variables
    const wanted = { group: 'main', people: [{ name: 'Robot', kind: 'bot' }] }
    const { people } = await callControl<{ people: Record<string, Settings> }>('/people', wanted)
    const { username = '', keyContent = '' } = people.Robot ?? {}
    const both = { SYMPHONY_HOST, SYMPHONY_TEST_ROOM_NAME, SYMPHONY_TEST_USER_NAME }
    return {
      own: { ...both, SYMPHONY_BOT_USERNAME, SYMPHONY_BOT_PRIVATE_KEY_PATH },
      other: { ...both, SYMPHONY_BOT_USERNAME: username, SYMPHONY_BOT_PRIVATE_KEY_CONTENT: keyContent },
    }
  },
  settle: async (state, callControl) => {
    const [streamId] = rowsOf<unknown>(state, 'streams')[0] ?? []
    for (const [, { username }] of rowsOf<{ username: string }>(state, 'users'))
      await callControl('/messages', { username, streamId, message: `<messageML>${OTHERS}</messageML>` })
  },
  passing: ['sessions', 'feeds'],
  lasting: (row) => row.replaceAll(/"(?:lastMessageAt|timestamp)":\d+/g, ''),
}

const SIGNALS = ['SIGINT', 'SIGKILL'] as const
/** After everything was created, the process receives a signal and creates nothing more. */
const STEPS = `
import { When } from '@cucumber/cucumber'
When('the process ends by {word}', async (signal) => {
  process.kill(process.pid, signal)
  await new Promise(() => undefined)
})
`

for (const platform of [discord, slack, symphony]) {
  describe(`things of others on ${platform.service}`, () => {
    const scenario = (title: string, steps: readonly string[]): string =>
      `  Scenario: ${title}\n${steps.map((step) => `    ${step}`).join('\n')}\n`
    const scenarios = [
      ...['is 0', 'is 1'].map((which) => scenario(`Everything there ${which}`, platform.steps)),
      ...SIGNALS.map((signal) => scenario(`Ended by ${signal}`, [...platform.steps, `When the process ends by ${signal}`])),
    ]
    const suite = new SuiteCopy({
      [`${platform.service}/all.feature`]: `Feature: All\n${scenarios.join('\n')}`,
      [`${platform.service}/hooks.ts`]: STEPS,
    })
    const kept = mkdtempSync(join(tmpdir(), 'journal-'))
    let sandbox: RunningSandbox
    let accounts: { own: Settings; other: Settings }
    let theirs: State

    const state = async (): Promise<State> => (await (await fetch(`${sandbox.control}/state`)).json()) as State
    const callControl: CallControl = async <Answer extends object>(path: string, body: unknown): Promise<Answer> => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${sandbox.control}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      expect(answer.status, `${path}: ${JSON.stringify(body)}`).to.be.lessThan(300)
      return (answer.status === 204 ? {} : await answer.json()) as Answer
    }

    before(async () => {
      sandbox = await platform.start()
      accounts = await platform.settings(sandbox, callControl)
      await platform.settle(await state(), callControl)
      theirs = await state()
    })
    after(async () => {
      await sandbox.stop()
      suite.remove()
      rmSync(kept, { recursive: true, force: true })
    })

    const withoutPassing = (all: State): string =>
      platform.lasting(JSON.stringify(Object.entries(all).filter(([name]) => !platform.passing.includes(name))))

    /** Everything that was there before the first run, row by row, is there as it was. */
    async function expectTheirsUntouched(): Promise<void> {
      const now = await state()
      for (const [name, rows] of Object.entries(theirs).filter(([one]) => !platform.passing.includes(one))) {
        const known = new Map(now[name] ?? [])
        for (const [key, row] of rows)
          expect(platform.lasting(JSON.stringify(known.get(key))), `${name} ${key}`).to.equal(
            platform.lasting(JSON.stringify(row)),
          )
      }
    }

    async function expectNothingLeft(run: Ended): Promise<void> {
      const runId = /Acceptance run (\S+)/.exec(run.stdout)?.[1] ?? ''
      expect(runId, run.stdout + run.stderr).to.match(/^\d{10}-/)
      const { existing } = (await (await fetch(`${sandbox.control}/existing?runId=${runId}`)).json()) as { existing: unknown }
      expect(existing, run.stderr).to.deep.equal([])
    }

    const interrupted = (signal: (typeof SIGNALS)[number]): Promise<Ended> =>
      suite.run(['--name', `Ended by ${signal}`], accounts.own)

    test('is as it was after a whole run', async () => {
      const run = await suite.run(['--name', 'is [01]$'], { ...accounts.own, ACCEPTANCE_STRICT_CLEANUP: '1' })
      expect(run.code, run.stdout + run.stderr).to.equal(0)
      await expectNothingLeft(run)
      await expectTheirsUntouched()
    })

    test('is as it was after SIGINT', async () => {
      const run = await interrupted('SIGINT')
      expect(run.code, run.stdout + run.stderr).to.equal(130)
      await expectNothingLeft(run)
      await expectTheirsUntouched()
      expect(suite.journals()).to.deep.equal([])
    })

    test('are unchanged after SIGKILL and a sweep; a sweep as another account changes nothing and keeps the journal', async () => {
      const run = await interrupted('SIGKILL')
      const [journal = ''] = suite.journals()
      copyFileSync(journal, join(kept, basename(journal)))
      const killed = await state()
      const asOther = await suite.tool('sweep', [], accounts.other)
      expect(withoutPassing(await state()), asOther.stdout).to.equal(withoutPassing(killed))
      expect(asOther.stdout).to.match(/left alone|Not searched/)
      expect(suite.journals()).to.deep.equal([journal])
      const swept = await suite.tool('sweep', [], accounts.own)
      expect(swept.code, swept.stdout + swept.stderr).to.equal(0)
      expect(suite.journals()).to.deep.equal([])
      await expectNothingLeft(run)
      await expectTheirsUntouched()
    })

    test('is as it was when an old journal is swept again', async () => {
      for (const file of readdirSync(kept)) copyFileSync(join(kept, file), join(suite.folder, '.acceptance', 'journal', file))
      const before = await state()
      const swept = await suite.tool('sweep', [], accounts.own)
      expect(swept.code, swept.stdout + swept.stderr).to.equal(0)
      expect(withoutPassing(await state())).to.equal(withoutPassing(before))
    })
  })
}

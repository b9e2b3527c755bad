import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'
import { sandboxes } from '../../sandbox/sandboxes'
import { serviceNamed } from '../../support/services'
import { OrbitalHoldings } from '../support/orbital-holdings'
import { featuresOf, SuiteCopy } from '../support/suite-copy'
import { type WeatherFault, type WeatherLine, WeatherProxy } from '../support/weather-proxy'

interface Existing {
  /** What no call removes is `kept`. */
  existing: { kind: string; name: string; kept?: boolean }[]
}

/** The errors of calls that could not be had. */
const NAMES_A_CALL = /(?:ApiError|ConnectionError|UnreadableResponseError): [A-Z]+ \S+|cannot be reached|not reachable since/

/** The console's blocks of failures, each with the step and its error. */
function failuresIn(stdout: string): string[] {
  return stdout.split(/^(?=\d+\) )/m).slice(1)
}

/** What is left of a run, without what no call removes; of Orbital Manager everything that its servers hold. */
async function leftOf(name: string, { control, variables }: RunningSandbox, runId: string): Promise<unknown> {
  if (name === 'orbital') return new OrbitalHoldings(variables).look()
  const { existing } = (await (await fetch(`${control}/existing?runId=${runId}`)).json()) as Existing
  return existing.filter(({ kept }) => !kept)
}

/** Services whose calls go over HTTP to one address; how many seeds each is tried with. */
const SERVICES = (process.env.WEATHER_SERVICES ?? 'colony').split(',')
const SEEDS = Number(process.env.WEATHER_SEEDS ?? 1)
const FIRST = Number(process.env.WEATHER_FIRST ?? 1)
/** What happens to every call the first time that it is sent, such as `reset`, instead of to one in twenty. */
const FIRST_TIME = process.env.WEATHER_EVERY as WeatherFault | undefined

/** How many more things than a quiet run a run may create. */
const MOST_CREATIONS = 1.2

for (const name of SERVICES) {
  describe(`${name} over a line on which one call in twenty goes wrong`, () => {
    const suite = new SuiteCopy(featuresOf(name))
    let sandbox: RunningSandbox
    /** What a run creates if no call goes wrong. */
    let quiet = 0

    const runOver = async (line: WeatherLine) => {
      const { origin, pathname } = new URL(sandbox.address)
      const proxy = new WeatherProxy(origin, line)
      const { variable } = serviceNamed(name)?.address ?? { variable: '' }
      const environment = { ...sandbox.variables, [variable]: `${await proxy.start()}${pathname.replace(/\/$/, '')}` }
      const ended = await suite.run([], environment)
      proxy.stop()
      return { ...ended, proxy, creations: sum(Object.values(proxy.creations())) }
    }

    before(async () => {
      const load = sandboxes[name]
      if (!load) throw new Error(`there is no sandbox called ${name}`)
      sandbox = await (await load())({})
      const { code, stdout, stderr, creations } = await runOver({ seed: 0, share: 0 })
      expect(code, stdout + stderr).to.equal(0)
      expect(creations, 'things that a quiet run creates').to.be.greaterThan(0)
      quiet = creations
    })
    after(async () => {
      await sandbox.stop()
      suite.remove()
    })

    for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
      test(`seed ${seed}: what fails names the call, and nothing is left after one sweep`, async (context) => {
        const clean = await leftOf(name, sandbox, 'before')
        const { stdout, stderr, proxy, creations } = await runOver({ seed, first: FIRST_TIME })
        const summary = /^\d+ scenarios \(.*\)$/m.exec(stdout)?.[0] ?? stdout + stderr
        const wrong = proxy.calls.filter(({ fault }) => fault).length
        const made = `${creations} creations, ${quiet} in a quiet run`
        context.diagnostic(`${name} seed ${seed}: ${summary}; ${wrong} of ${proxy.calls.length} calls went wrong; ${made}`)
        if (process.env.WEATHER_SHOW) context.diagnostic(stdout.slice(stdout.indexOf('\n1) ')))
        for (const failure of failuresIn(stdout)) expect(failure).to.match(NAMES_A_CALL)
        await suite.tool('sweep', [], sandbox.variables)
        const [, runId = ''] = /Acceptance run (\d{10}-\S+)/.exec(stdout) ?? []
        expect(runId, stdout + stderr).to.not.equal('')
        expect(await leftOf(name, sandbox, runId), stdout + stderr).to.deep.equal(clean)
        expect(creations, JSON.stringify(proxy.creations())).to.be.at.most(MOST_CREATIONS * quiet)
      })
    }
  })
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

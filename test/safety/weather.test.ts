import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'
import { sandboxes } from '../../sandbox/sandboxes'
import { serviceNamed } from '../../support/services'
import { filesBelow, ROOT } from '../support/runner'
import { SuiteCopy } from '../support/suite-copy'
import { type WeatherFault, WeatherProxy } from '../support/weather-proxy'

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

/** Services whose calls go over HTTP to one address; how many seeds each is tried with. */
const SERVICES = (process.env.WEATHER_SERVICES ?? 'colony').split(',')
const SEEDS = Number(process.env.WEATHER_SEEDS ?? 1)
const FIRST = Number(process.env.WEATHER_FIRST ?? 1)
/** What happens to every call the first time that it is sent, such as `reset`, instead of to one in twenty. */
const FIRST_TIME = process.env.WEATHER_EVERY

for (const name of SERVICES) {
  describe(`${name} over a line on which one call in twenty goes wrong`, () => {
    const own = Object.entries(filesBelow(`${ROOT}/features/${name}`)).map(([path, text]) => [`${name}/${path}`, text])
    const suite = new SuiteCopy(Object.fromEntries(own))
    let sandbox: RunningSandbox
    before(async () => {
      const load = sandboxes[name]
      if (!load) throw new Error(`there is no sandbox called ${name}`)
      sandbox = await (await load())({})
    })
    after(async () => {
      await sandbox.stop()
      suite.remove()
    })

    for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
      test(`seed ${seed}: what fails names the call, and nothing is left after one sweep`, async (context) => {
        const { origin, pathname } = new URL(sandbox.address)
        const proxy = new WeatherProxy(origin, seed, undefined, FIRST_TIME as WeatherFault | undefined)
        const { variable } = serviceNamed(name)?.address ?? { variable: '' }
        const environment = { ...sandbox.variables, [variable]: `${await proxy.start()}${pathname.replace(/\/$/, '')}` }
        const { stdout, stderr } = await suite.run([], environment)
        const summary = /^\d+ scenarios \(.*\)$/m.exec(stdout)?.[0] ?? stdout + stderr
        const wrong = proxy.calls.filter(({ fault }) => fault).length
        context.diagnostic(`${name} seed ${seed}: ${summary}; ${wrong} of ${proxy.calls.length} calls went wrong`)
        if (process.env.WEATHER_SHOW) context.diagnostic(stdout.slice(stdout.indexOf('\n1) ')))
        proxy.stop()
        for (const failure of failuresIn(stdout)) expect(failure).to.match(NAMES_A_CALL)
        await suite.tool('sweep', [], sandbox.variables)
        const [, runId = ''] = /Acceptance run (\d{10}-\S+)/.exec(stdout) ?? []
        expect(runId, stdout + stderr).to.not.equal('')
        const { existing } = (await (await fetch(`${sandbox.control}/existing?runId=${runId}`)).json()) as Existing
        expect(
          existing.filter(({ kept }) => !kept),
          stdout + stderr,
        ).to.deep.equal([])
      })
    }
  })
}

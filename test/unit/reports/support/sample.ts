import type { Screen } from '../../../../support/reports/console/layout'
import type { RunFacts } from '../../../../support/reports/facts'
import type { StepFailure } from '../../../../support/reports/failure'
import type { RunReport, ScenarioReport, Verdict } from '../../../../support/reports/run-report'

/** A screen without colours. */
export function plainScreen(columns = 80): Screen {
  return { columns, style: (_format, text) => text }
}

export const FACTS: RunFacts = {
  runId: '1795533520-07135c',
  startedAt: new Date('2026-11-24T12:00:00Z'),
  services: [
    { service: 'colony', target: 'live', address: 'https://colony.example.org/api/v1', backing: [], scenarios: 3 },
    {
      service: 'cocalc',
      target: 'sandbox',
      address: 'http://127.0.0.1:4102',
      backing: ['PostgreSQL 17.10, embedded', 'Redis, emulated'],
      scenarios: 12,
    },
    { service: 'slack', target: 'none', backing: [], scenarios: 2 },
  ],
  plannedSkips: [
    { reason: 'it takes minutes', toSet: 'ACCEPTANCE_SLOW=1', scenarios: 1 },
    { reason: 'it cannot be undone', toSet: 'ALLOW_DESTRUCTIVE=colony', scenarios: 2 },
  ],
  leftovers: [],
  kept: 0,
  notes: [],
  failures: [],
}

export const ASSERTION: StepFailure = {
  step: 'Then Ada can read "One red glove"',
  definition: 'steps/colony/posts.steps.ts:54',
  status: 'failed',
  type: 'AssertionError',
  message: "the title: expected 'Two red gloves' to equal 'One red glove'",
  diff: ['-Two red gloves', '+One red glove'],
  stack: ['support/services/colony/tasks/posts.ts:48:18'],
  calls: {
    earlier: 2,
    calls: [
      {
        method: 'POST',
        url: 'https://colony.example.org/api/v1/posts',
        status: 201,
        milliseconds: 12,
        requestBody: '{"title":"One red glove"}',
        response: '{"id":"42"}',
        curl: `curl -X POST 'https://colony.example.org/api/v1/posts' -H "authorization: Bearer $TOKEN" -d '{"title":"One red glove"}'`,
        times: 1,
      },
      {
        method: 'GET',
        url: 'https://colony.example.org/api/v1/posts/42?fields=title',
        status: 200,
        milliseconds: 7,
        requestId: 'req_1',
        requestBody: '',
        response: '{"id":"42","title":"Two red gloves"}',
        curl: `curl -X GET 'https://colony.example.org/api/v1/posts/42?fields=title' -H "authorization: Bearer $TOKEN"`,
        times: 3,
      },
    ],
  },
}

export function scenario(service: string, verdict: Verdict, more: Partial<ScenarioReport> = {}): ScenarioReport {
  const name = more.name ?? 'A post reads as it was written'
  const uri = `features/${service}/posts.feature`
  return {
    key: `${uri} > Anyone may read > ${name}`,
    service,
    target: service === 'colony' ? 'live' : service === 'slack' ? 'none' : 'sandbox',
    uri,
    line: 12,
    feature: 'Writing posts',
    rule: 'Anyone may read',
    name,
    tags: ['@smoke'],
    verdict,
    isFlaky: false,
    attempts: 1,
    why: '',
    seconds: 0.25,
    steps: [{ keyword: 'Then', text: 'Ada can read "One red glove"', status: verdict }],
    failures: verdict === 'failed' ? [ASSERTION] : [],
    ...more,
  }
}

export function report(scenarios: ScenarioReport[], more: Partial<RunReport> = {}): RunReport {
  return {
    facts: FACTS,
    startedAt: Date.parse('2026-11-24T12:00:00Z'),
    finishedAt: Date.parse('2026-11-24T12:01:06Z'),
    scenarios,
    failures: [],
    features: [],
    definitions: [],
    matches: {},
    ...more,
  }
}

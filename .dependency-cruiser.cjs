/** Who may import whom, from top to bottom: each room imports only from the rooms below it. Types may be imported from anywhere. */
const rooms = {
  features: { path: '^features/' },
  steps: { path: '^steps/' },
  'tasks and what a run loads of a service': { path: '^support/services/[^/]+/(?:tasks/|runtime|probe)' },
  services: { path: '^support/services[./]', pathNot: '^support/services/[^/]+/(?:tasks/|runtime|probe)' },
  chat: { path: '^support/chat/' },
  'assertions and undo': { path: '^support/(?:assertions|undo)/' },
  http: { path: '^support/http/' },
  config: { path: '^support/config/' },
}
/** What Cucumber loads, and what runs it: the top of support, which may import all of it. */
const TOP = '^support/(?:run/|world|hooks|parameter-types)'
const REPORTS = '^support/reports/'
const PLUGIN = '^support/run/environment\\.plugin\\.ts$'

/** What a file needs to load: types are not there at run time, and what `import()` names is loaded only when it is asked for. */
const values = { dependencyTypesNot: ['type-only', 'dynamic-import'] }

const upwards = Object.entries(rooms).flatMap(([name, room], at, all) =>
  at === 0
    ? []
    : [
        {
          name: `${name.replaceAll(' ', '-')}-import-nothing-above`,
          severity: 'error',
          from: room,
          to: { ...values, path: [...all.slice(0, at).map(([, { path }]) => path), ...(at > 1 ? [TOP, REPORTS] : [])] },
        },
      ],
)

module.exports = {
  forbidden: [
    {
      name: 'no-cycles-of-values',
      comment: 'Two files that need each other to load are one subject, or the shared part belongs below both.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: values },
    },
    {
      name: 'sandbox-stands-alone',
      comment: 'A sandbox imports nothing of the suite: a shared type would let both be wrong together.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(?:features|steps|support|tools|test)/' },
    },
    {
      name: 'suite-knows-no-sandbox',
      comment: 'Only the plugin, which starts them, the tools and the tests import sandboxes.',
      severity: 'error',
      from: { path: '^(?:support|steps|features)/', pathNot: PLUGIN },
      to: { path: '^sandbox/' },
    },
    {
      name: 'reports-know-no-run',
      severity: 'error',
      from: { path: REPORTS },
      to: { ...values, path: [TOP, rooms.features.path, rooms.steps.path] },
    },
    ...upwards,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^tools/templates/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
}
